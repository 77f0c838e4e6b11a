/**
 * A line of a simulated board: what the program configured and wrote, what the outside world drives,
 * and the level that follows. Lines that are wired together form one net and share a level.
 */

import {
  DEFAULT_DRIVE,
  type Level,
  type PinLine,
  type PinMode,
  type Pull,
  type PwmSignal,
  type Roles,
} from "../../machine/hal.js";
import type { PinData } from "../board-data.js";

/** The supply of the simulated boards, in volts. */
export const SUPPLY = 3.3;

/** The leg of a part, soldered to a line. */
export interface Leg {
  /** What it drives the line to; null: nothing. */
  drives: Level | null;
  /** The weak level that it gives the line, through a resistor. */
  pulls: Level | null;
  /** Told when the level of the line has changed. */
  changed?: (level: Level) => void;
}

/** Lines that are connected: one level for all. */
export class Net {
  level: Level = 0;

  constructor(readonly lines: SimLine[]) {}

  /** Puts the lines of `other` on this net. */
  join(other: Net): void {
    if (other === this) return;
    for (const line of other.lines) {
      line.net = this;
      this.lines.push(line);
    }
    this.settle();
  }

  /** Finds the level anew and tells the lines when it has changed. */
  settle(): void {
    const level = this.resolve();
    if (level === this.level) return;
    this.level = level;
    for (const line of this.lines) line.changed(level);
  }

  /** What drives wins over what pulls; of two that drive, the one to ground. */
  private resolve(): Level {
    let driven: Level | null = null;
    let pulled: Level | null = null;
    for (const line of this.lines) {
      const { output, external, pull, idle } = line;
      if (output !== null && driven !== 0) driven = output;
      if (external !== null && driven !== 0) driven = external;
      for (const leg of line.legs) {
        if (leg.drives !== null && driven !== 0) driven = leg.drives;
        if (leg.pulls !== null && pulled === null) pulled = leg.pulls;
      }
      if (pull === "up" || pull === "both") pulled = 1;
      else if (pull === "down" && pulled === null) pulled = 0;
      if (idle !== null && pulled === null) pulled = idle;
    }
    return driven ?? pulled ?? 0;
  }
}

export class SimLine implements PinLine {
  mode: PinMode | null = null;
  pull: Pull;
  latch: Level = 0;
  functionNumber = 0;
  strength = DEFAULT_DRIVE;
  modulation: PwmSignal | null = null;
  /** What the outside world drives the line to; null: nothing. */
  external: Level | null = null;
  /** The weak level that the outside world gives it. */
  idle: Level | null = null;
  /** The voltage that the outside world gives it. */
  externalVolts: number | null = null;
  readonly legs: Leg[] = [];
  net = new Net([this]);
  private function: number | null = null;
  private ownVolts: number | null = null;
  private listener: ((level: Level) => void) | null = null;
  private readonly configured = new Set<() => void>();
  private readonly devices: { [R in keyof Roles]?: Roles[R][] } = {};

  constructor(
    readonly data: PinData,
    private readonly implicitOutput: boolean,
    private readonly traced: (line: SimLine, level: Level) => void,
    private readonly clock: () => number,
    private readonly modulated: (line: SimLine, signal: PwmSignal | null) => void = () => {},
  ) {
    this.pull = data.resetPull ?? "none";
    this.mode = data.resetMode ?? null;
  }

  get alternate(): number | null {
    return this.function;
  }

  set alternate(number: number | null) {
    this.function = number;
    if (number !== null) this.functionNumber = number;
  }

  /** What the program drives the line to; null: nothing. */
  get output(): Level | null {
    if (this.mode === "out") return this.latch;
    return this.mode === "open-drain" && this.latch === 0 ? 0 : null;
  }

  configure(mode: PinMode | null, pull: Pull | null, latch: Level | null): void {
    if (latch !== null) this.latch = latch;
    if (mode !== null) {
      this.mode = mode;
      this.alternate = null;
      if (this.modulation !== null && mode !== "alt") this.modulate(null);
    }
    if (pull !== null) this.pull = pull;
    this.net.settle();
    this.tellConfigured();
  }

  write(level: Level): void {
    this.latch = level;
    if (this.mode === null && this.implicitOutput) this.mode = "out";
    this.net.settle();
    this.tellConfigured();
  }

  read(): Level {
    const { net } = this;
    for (const line of net.lines) {
      const { modulation } = line;
      if (modulation !== null) return phase(modulation, this.clock());
    }
    return net.level;
  }

  onEdge(listener: ((level: Level) => void) | null): void {
    this.listener = listener;
  }

  watch(changed: (level: Level) => void): () => void {
    const leg: Leg = { drives: null, pulls: null, changed };
    this.legs.push(leg);
    return () => {
      const at = this.legs.indexOf(leg);
      if (at >= 0) this.legs.splice(at, 1);
    };
  }

  modulate(signal: PwmSignal | null): void {
    this.modulation = signal;
    for (const receiver of this.wired("pwm")) receiver.pwm(signal);
    this.modulated(this, signal);
  }

  drivesVolts(volts: number | null): void {
    this.ownVolts = volts;
  }

  get volts(): number {
    const { lines } = this.net;
    for (const line of lines) {
      const volts = line.ownVolts ?? line.externalVolts;
      if (volts !== null) return volts;
    }
    for (const { volts } of this.wired("analog")) if (volts !== null) return volts;
    const { modulation } = this;
    return SUPPLY * (modulation === null ? this.net.level : modulation.duty);
  }

  wired<R extends keyof Roles>(role: R): Roles[R][] {
    const { lines } = this.net;
    if (lines.length === 1) return (this.devices[role] as Roles[R][] | undefined) ?? [];
    return lines.flatMap((line) => (line.devices[role] as Roles[R][] | undefined) ?? []);
  }

  connect<R extends keyof Roles>(role: R, device: Roles[R]): () => void {
    const list = ((this.devices[role] as Roles[R][] | undefined) ?? []) as Roles[R][];
    list.push(device);
    (this.devices as Record<string, unknown>)[role] = list;
    return () => {
      const at = list.indexOf(device);
      if (at >= 0) list.splice(at, 1);
    };
  }

  /** Calls `changed` after the chip has configured or written the line; returns what ends that. */
  whenConfigured(changed: () => void): () => void {
    this.configured.add(changed);
    return () => {
      this.configured.delete(changed);
    };
  }

  private tellConfigured(): void {
    if (this.configured.size === 0) return;
    for (const changed of [...this.configured]) changed();
  }

  /** Solders a part's leg to the line. */
  solder(changed?: (level: Level) => void, pulls: Level | null = null): LegHandle {
    const leg: Leg = { drives: null, pulls, ...(changed && { changed }) };
    this.legs.push(leg);
    this.net.settle();
    return {
      drive: (level) => {
        leg.drives = level;
        this.net.settle();
      },
      pull: (level) => {
        leg.pulls = level;
        this.net.settle();
      },
      level: () => this.net.level,
    };
  }

  /** Drives the line from outside; null lets go of it. */
  drive(level: Level | null): void {
    this.external = level;
    this.net.settle();
  }

  /** Back to how the chip comes up. */
  reset(): void {
    this.mode = this.data.resetMode ?? null;
    this.alternate = null;
    this.functionNumber = 0;
    this.strength = DEFAULT_DRIVE;
    this.pull = this.data.resetPull ?? "none";
    this.latch = 0;
    this.listener = null;
    this.ownVolts = null;
    if (this.modulation !== null) this.modulate(null);
    this.net.settle();
  }

  changed(level: Level): void {
    this.traced(this, level);
    for (const leg of [...this.legs]) leg.changed?.(level);
    this.listener?.(level);
  }
}

/** What a part does with one of its legs. */
export interface LegHandle {
  drive(level: Level | null): void;
  pull(level: Level | null): void;
  level(): Level;
}

/** The level of a modulated line at a time (milliseconds). */
function phase({ frequency, duty }: PwmSignal, now: number): Level {
  const at = (now * frequency) / 1000;
  return at - Math.floor(at) < duty ? 1 : 0;
}
