/**
 * A simulated board: the lines of its pins on a host's clock, the parts that are wired to it, and who
 * observes it. Wiring and events from outside come from apply-wiring.ts or from calls of an embedding
 * program.
 */

import type { Alarm } from "../../host/agenda.js";
import type { Host } from "../../host/host.js";
import type { Board, EventValue, Level, PwmSignal } from "../../machine/hal.js";
import type { ResetCause } from "../../machine/reset.js";
import type { BoardData } from "../board-data.js";
import { SimLine } from "./line.js";
import type { Part } from "./part.js";
import type { TraceSink } from "./trace.js";

export class SimBoard implements Board {
  readonly lines: readonly SimLine[];
  /** By the ids that the wiring gives them. */
  readonly parts = new Map<string, Part>();
  /** How many of each kind, by the wiring's name of it. */
  readonly partCounts = new Map<string, number>();
  /** The lines that LEDs of the wiring are on, by the LED's id. */
  readonly ledPins = new Map<string, SimLine>();
  readonly backup = new Map<string, unknown>();
  resetCause: ResetCause = "PWRON_RESET";
  private readonly byId = new Map<number | string, SimLine>();
  private readonly sinks: TraceSink[] = [];
  private releases: (() => void)[] = [];
  /** Counts resets. */
  private life = 0;

  constructor(
    readonly data: BoardData,
    private readonly host: Pick<Host, "now" | "agenda">,
  ) {
    const traced = (line: SimLine, level: Level): void => {
      if (this.sinks.length > 0) this.trace(line.data.label, level);
    };
    const clock = (): number => host.now();
    const modulated = ({ data: { label } }: SimLine, signal: PwmSignal | null): void => {
      this.report(label, "pwm", signal && { ...signal });
    };
    this.lines = data.pins.map(
      (pin) => new SimLine(pin, data.implicitOutput, traced, clock, modulated),
    );
    for (const line of this.lines) {
      const { number, name, aliases } = line.data;
      if (number !== null) this.byId.set(number, line);
      for (const id of [name, ...aliases]) this.byId.set(id, line);
    }
    // The switch is at rest until somebody presses it.
    if (data.button !== null) this.pin(data.button).idle = 1;
    for (const line of this.lines) line.net.settle();
  }

  line(id: number | string): SimLine | undefined {
    return this.byId.get(id);
  }

  /** A pin by name; an error of the embedding program when there is none. */
  pin(id: number | string): SimLine {
    const line = this.byId.get(id);
    if (line === undefined) throw new RangeError(`board ${this.data.name} has no pin ${id}`);
    return line;
  }

  /** Connects two pins. */
  wire(a: number | string, b: number | string): void {
    this.pin(a).net.join(this.pin(b).net);
  }

  get now(): number {
    return this.host.now();
  }

  get quietUntil(): number {
    const { next, undisturbed } = this.host.agenda;
    return Math.min(next, undisturbed);
  }

  /** Books something of the outside world, which a reset of the chip does not end. */
  book(time: number, action: () => void): Alarm {
    return this.host.agenda.at(time, action);
  }

  at(time: number, action: () => void): Alarm {
    const { life } = this;
    return this.host.agenda.at(time, () => {
      if (life === this.life) action();
    });
  }

  onReset(release: () => void): void {
    this.releases.push(release);
  }

  /** The chip starts anew: pins let go, what drivers have booked ends. What is wired stays. */
  reset(cause: ResetCause): void {
    this.life += 1;
    const { releases } = this;
    this.releases = [];
    for (const release of releases) release();
    for (const line of this.lines) line.reset();
    this.resetCause = cause;
    this.report("board", "reset", cause);
  }

  addSink(sink: TraceSink): void {
    this.sinks.push(sink);
  }

  trace(label: string, level: number): void {
    for (const sink of this.sinks) sink.change(this.host.now(), label, level);
  }

  report(source: string, kind: string, value: EventValue): void {
    if (this.sinks.length === 0) return;
    for (const sink of this.sinks) sink.event?.(this.host.now(), source, kind, value);
  }
}
