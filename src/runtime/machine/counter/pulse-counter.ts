/**
 * A unit of the chip that counts edges: two channels, each with a pin whose edges count and one whose
 * level says how. `machine.Counter`, `machine.Encoder` and `esp32.PCNT` are views of it.
 */

import { currentBoard } from "../bus-unit.js";
import type { Level, PinLine } from "../hal.js";

export type EdgeAction = -1 | 0 | 1;
/** What the second pin's level does to the action: nothing, turn it round, hold it. */
export type LevelMode = "normal" | "reverse" | "hold";
export type CounterEvent = "zero" | "min" | "max" | "threshold0" | "threshold1";

export interface CounterChannel {
  pin: PinLine | null;
  rising: EdgeAction;
  falling: EdgeAction;
  modePin: PinLine | null;
  low: LevelMode;
  high: LevelMode;
}

export class PulseCounter {
  count = 0;
  running = false;
  /** Limits, at which the count starts again from zero; 0: none. */
  min = 0;
  max = 0;
  thresholds: [number | null, number | null] = [null, null];
  listener: (event: CounterEvent) => void = () => {};
  readonly channels: readonly [CounterChannel, CounterChannel] = [channel(), channel()];
  private readonly ends: [() => void, () => void] = [() => {}, () => {}];

  constructor() {
    currentBoard().onReset(() => this.release());
  }

  configure(number: 0 | 1, settings: Partial<CounterChannel>): void {
    const target = this.channels[number];
    Object.assign(target, settings);
    if (!("pin" in settings)) return;
    this.ends[number]();
    const { pin } = target;
    this.ends[number] = pin === null ? () => {} : pin.watch((level) => this.edge(target, level));
  }

  release(): void {
    this.running = false;
    for (const number of [0, 1] as const) {
      this.ends[number]();
      this.ends[number] = () => {};
      Object.assign(this.channels[number], channel());
    }
  }

  private edge({ rising, falling, modePin, low, high }: CounterChannel, level: Level): void {
    if (!this.running) return;
    let action: number = level === 1 ? rising : falling;
    const mode = modePin === null ? "normal" : modePin.read() === 1 ? high : low;
    if (mode === "hold") action = 0;
    else if (mode === "reverse") action = -action;
    if (action !== 0) this.step(action);
  }

  private step(by: number): void {
    this.count += by;
    const { count, min, max, thresholds, listener } = this;
    if (count === thresholds[0]) listener("threshold0");
    if (count === thresholds[1]) listener("threshold1");
    if (min < 0 && count <= min) this.wrap("min");
    else if (max > 0 && count >= max) this.wrap("max");
    else if (count === 0) listener("zero");
  }

  private wrap(event: "min" | "max"): void {
    this.count = 0;
    this.listener(event);
    this.listener("zero");
  }
}

function channel(): CounterChannel {
  return { pin: null, rising: 0, falling: 0, modePin: null, low: "normal", high: "normal" };
}
