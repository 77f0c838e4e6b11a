/**
 * The loop's view of the host's clock. Before each step the loop must know whether a sleeper is due,
 * but reading the real clock costs more than a short step; so while steps are short it is read only now
 * and then, and before every step as soon as they are not. A virtual clock costs nothing to read. What
 * else the loop does now and then it does at the same times.
 */

import type { Host } from "../host/host.js";

/** At most so many short steps between two readings. */
const MOST_STEPS = 32;
/** Steps are short while so much time (milliseconds) passes between two readings. */
const SHORT = 0.2;

export class LoopClock {
  /** The latest reading, in whole milliseconds. */
  time = 0;
  private exact = 0;
  private interval = 1;
  private left = 0;

  constructor(private readonly host: Host) {
    this.read();
  }

  read(): number {
    this.exact = this.host.now();
    this.time = Math.floor(this.exact);
    return this.time;
  }

  /** Told of each step: whether to look() before it. */
  step(): boolean {
    this.left -= 1;
    return this.left <= 0;
  }

  /** Steps since the last look. */
  get steps(): number {
    return this.interval;
  }

  look(): void {
    const before = this.exact;
    this.read();
    const isShort = !this.host.virtual && this.exact - before < SHORT;
    this.interval = isShort ? Math.min(MOST_STEPS, 2 * this.interval) : 1;
    this.left = this.interval;
  }
}
