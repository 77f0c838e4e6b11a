/**
 * A simulated pin: what the program configured and wrote, what the outside world drives, and the level
 * that follows. Lines that are wired together form one net and share a level.
 */

import type { Level, PinLine, PinMode, Pull } from "../../machine/hal.js";
import type { PinData } from "../board-data.js";

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
      for (const level of [line.output, line.external]) {
        if (level !== null && driven !== 0) driven = level;
      }
      const { pull } = line;
      if (pull === "up" || pull === "both") pulled = 1;
      else if (pull === "down" && pulled === null) pulled = 0;
      if (line.idle !== null && pulled === null) pulled = line.idle;
    }
    return driven ?? pulled ?? 0;
  }
}

export class SimLine implements PinLine {
  mode: PinMode | null = null;
  pull: Pull = "none";
  latch: Level = 0;
  /** What the outside world drives the line to; null: nothing. */
  external: Level | null = null;
  /** The weak level that the outside world gives it. */
  idle: Level | null = null;
  net = new Net([this]);
  private listener: ((level: Level) => void) | null = null;

  constructor(
    readonly data: PinData,
    private readonly implicitOutput: boolean,
    private readonly traced: (line: SimLine, level: Level) => void,
  ) {}

  /** What the program drives the line to; null: nothing. */
  get output(): Level | null {
    if (this.mode === "out") return this.latch;
    return this.mode === "open-drain" && this.latch === 0 ? 0 : null;
  }

  configure(mode: PinMode | null, pull: Pull | null, latch: Level | null): void {
    if (latch !== null) this.latch = latch;
    if (mode !== null) this.mode = mode;
    if (pull !== null) this.pull = pull;
    this.net.settle();
  }

  write(level: Level): void {
    this.latch = level;
    if (this.mode === null && this.implicitOutput) this.mode = "out";
    this.net.settle();
  }

  read(): Level {
    return this.net.level;
  }

  onEdge(listener: ((level: Level) => void) | null): void {
    this.listener = listener;
  }

  /** Drives the line from outside; null lets go of it. */
  drive(level: Level | null): void {
    this.external = level;
    this.net.settle();
  }

  changed(level: Level): void {
    this.traced(this, level);
    this.listener?.(level);
  }
}
