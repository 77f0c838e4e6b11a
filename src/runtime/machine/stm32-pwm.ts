/** PWM of an STM32: a timer's period is that of all its channels. */

import { ValueError } from "../core/exceptions.js";
import { index } from "../core/numbers.js";
import type { Value } from "../core/values.js";
import type { PinLine } from "./hal.js";
import {
  type Duty,
  FULL,
  modulate,
  NS,
  type PwmGiven,
  type PwmSource,
  sharedUnits,
} from "./pwm-source.js";
import { pwmTimerPin, type TimerPin } from "./timer-pins.js";

/** Timers on the faster bus, and those that count 32 bits. */
const FAST = [1, 8, 9, 10, 11];
const WIDE = [2, 5];
const CLOCK = 84_000_000;
const LARGEST_PERIOD = 0xffff;
const CHANNELS = 4;

interface Channel {
  duty: Duty | null;
  inverted: boolean;
  line: PinLine | null;
}

interface TimerUnit {
  readonly clock: number;
  readonly wide: boolean;
  prescaler: number;
  /** Counts; 0: no frequency is set. */
  period: number;
  readonly channels: Map<number, Channel>;
}

const timerOf = sharedUnits(
  (id): TimerUnit => ({
    clock: FAST.includes(id) ? 2 * CLOCK : CLOCK,
    wide: WIDE.includes(id),
    prescaler: 1,
    period: 0,
    channels: new Map(),
  }),
);

/** A number that was given; -1 is as none. */
function given(value: Value): number | undefined {
  return value === undefined || index(value) === -1 ? undefined : index(value);
}

function timerPin(line: PinLine): TimerPin {
  const pin = pwmTimerPin(line);
  if (pin !== undefined) return pin;
  throw new ValueError(`Pin(${line.data.name}) doesn't have PWM capabilities`);
}

export class Stm32Pwm implements PwmSource {
  private readonly timer: TimerUnit;
  private readonly channel: Channel;
  private readonly name: string;

  /** The number of the channel that the pin follows, of any timer. */
  static unitOf(line: PinLine): number {
    const { timer, channel } = timerPin(line);
    return CHANNELS * timer + channel - 1;
  }

  constructor(line: PinLine) {
    const pin = timerPin(line);
    this.timer = timerOf(pin.timer);
    const known = this.timer.channels.get(pin.channel);
    this.channel = known ?? { duty: null, inverted: false, line };
    this.channel.line = line;
    this.timer.channels.set(pin.channel, this.channel);
    this.name = `TIM${pin.timer}_CH${pin.channel}`;
  }

  /** Forgets what a former object was told; the constructor does, when it is told anything. */
  reset(): void {
    this.channel.duty = null;
    this.channel.inverted = false;
  }

  configure({ freq, duty_u16, duty_ns, invert }: PwmGiven): void {
    if (invert !== undefined) this.channel.inverted = index(invert) !== 0;
    const [hz, u16, ns] = [freq, duty_u16, duty_ns].map(given);
    if (hz !== undefined) this.divide(hz);
    if (u16 !== undefined) this.channel.duty = { kind: "u16", value: u16 };
    if (ns !== undefined) this.channel.duty = { kind: "ns", value: ns };
    this.apply();
  }

  stop(): void {
    this.channel.line?.modulate(null);
  }

  freq(): number {
    const { clock, prescaler, period } = this.timer;
    return period === 0 ? 0 : Math.floor(clock / (prescaler * period));
  }

  setFreq(hz: number): void {
    this.divide(hz);
    this.apply();
  }

  u16(): number {
    const { level } = this;
    const { period } = this.timer;
    return level === null ? 0 : Math.floor((level * FULL + Math.floor(period / 2)) / period);
  }

  setU16(duty: number): void {
    this.channel.duty = { kind: "u16", value: duty };
    this.apply();
  }

  ns(): number {
    const { level } = this;
    return level === null ? 0 : Math.floor((level * NS + Math.floor(this.count / 2)) / this.count);
  }

  setNs(width: number): void {
    this.channel.duty = { kind: "ns", value: width };
    this.apply();
  }

  duty(): number {
    return 0;
  }

  setDuty(): void {}

  print(): string {
    return `<PWM ${this.name}>`;
  }

  /** Counts in a second. */
  private get count(): number {
    return Math.floor(this.timer.clock / this.timer.prescaler);
  }

  /** The count at which the signal falls; null while there is none. */
  private get level(): number | null {
    const { duty } = this.channel;
    const { period } = this.timer;
    if (duty === null || period === 0) return null;
    // Numbers have no sign here.
    const value = duty.value >>> 0;
    const level =
      duty.kind === "u16"
        ? Math.floor((value * period + Math.floor(FULL / 2)) / FULL)
        : Math.floor((value * this.count + NS / 2) / NS);
    return Math.min(level, period);
  }

  private divide(hz: number): void {
    const { timer } = this;
    if (hz <= 0) throw new ValueError("freq too small");
    let prescaler = 1;
    let period = Math.floor((timer.clock + Math.floor(hz / 2)) / hz);
    while (!timer.wide && period > LARGEST_PERIOD) {
      const by = period % 5 === 0 ? 5 : period % 3 === 0 ? 3 : 2;
      prescaler *= by;
      period = Math.floor(period / by);
    }
    if (period <= 1) throw new ValueError("freq too large");
    Object.assign(timer, { prescaler, period });
  }

  private apply(): void {
    const hz = this.freq();
    if (hz === 0) return;
    for (const { duty, inverted, line } of this.timer.channels.values()) {
      if (duty !== null && line !== null) modulate(line, hz, duty, inverted);
    }
  }
}
