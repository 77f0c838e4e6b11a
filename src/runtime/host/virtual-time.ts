/**
 * A clock that jumps: time passes only while every program rests, and then at once to the next thing that
 * happens. Runs repeat exactly. Each VirtualHost has one; hosts that share one run in step, each with a
 * board, files and output of its own.
 */

import { Agenda } from "./agenda.js";
import { Stalled, TimeIsUp } from "./host.js";
import type { Signal } from "./signal.js";

export interface VirtualTimeOptions {
  /** Stops the run at this time (milliseconds). */
  until?: number;
  /** Gives the real host a turn now and then, so that it can interrupt a long run. */
  breathe?: () => Promise<void>;
  /** Looks whether the program is to be interrupted, while it works without a rest. */
  poll?: () => boolean;
  /**
   * The run is led from outside: it pauses where time would pass beyond the horizon, which advance()
   * moves. Starts at time 0.
   */
  stepped?: boolean;
}

/** So much unrested work makes time pass at all (see Host.work). */
const PATIENCE = 10_000;
/** What a poll of a pin or the clock takes from then on: so much work, so many microseconds. */
const STEP_WORK = 50;
const STEP_US = 5;
const RESTS_PER_BREATH = 1000;

interface Sleeper {
  until: number | null;
  signal: Signal;
  /** Its signal was raised while the run was paused. */
  signalled: boolean;
  resolve: () => void;
  reject: (error: unknown) => void;
}

export class VirtualTime {
  readonly agenda = new Agenda();
  private clock = 0;
  private unrested = 0;
  private rests = 0;
  private programs = 0;
  private begun = false;
  private readonly sleepers = new Set<Sleeper>();
  private horizon = Number.POSITIVE_INFINITY;
  /** Whether all programs rest at the horizon. */
  private halted = false;
  /** Tells advance() that the programs have paused or ended. */
  private paused: (() => void) | null = null;

  constructor(private readonly options: VirtualTimeOptions = {}) {
    if (options.stepped) this.horizon = 0;
  }

  now(): number {
    return this.clock;
  }

  /**
   * Lets a stepped run go on until `time` (milliseconds): everything that is due by then happens.
   * Resolves when all programs rest there, or have ended.
   */
  async advance(time: number): Promise<void> {
    this.horizon = Math.max(this.horizon, time);
    if (this.halted) {
      this.halted = false;
      const stopped = new Promise<void>((resolve) => {
        this.paused = resolve;
      });
      for (const sleeper of this.sleepers) if (sleeper.signalled) this.wake(sleeper);
      this.advanceWhenAllRest();
      await stopped;
    }
    if (this.programs === 0) this.passAlone();
  }

  /** Resolves when the stepped programs rest for the first time, or have ended. */
  settled(): Promise<void> {
    if (this.halted || this.programs === 0) return Promise.resolve();
    return new Promise((resolve) => {
      this.paused = resolve;
    });
  }

  /** See Host.work. */
  work(amount: number): boolean {
    this.unrested += amount;
    const steps = Math.floor((this.unrested - PATIENCE) / STEP_WORK);
    if (steps < 0) return false;
    // A whole number of steps since time 0, so that every millisecond begins with one.
    const done = Math.floor((this.clock * 1000) / STEP_US + 1e-6);
    const target = ((done + steps + 1) * STEP_US) / 1000;
    const isNewMillisecond = Math.floor(target) > Math.floor(this.clock);
    const happens = this.agenda.next <= target;
    if (isNewMillisecond) this.options.poll?.();
    const unrested = this.unrested - (steps + 1) * STEP_WORK;
    while (this.agenda.next < target) {
      this.moveTo(this.agenda.next);
      this.agenda.runDue(this.clock);
    }
    this.moveTo(target);
    if (happens) this.agenda.runDue(this.clock);
    this.unrested = unrested;
    return happens || isNewMillisecond;
  }

  /** See Host.rest. */
  rest(until: number | null, signal: Signal): undefined | Promise<void> {
    if (!this.begun) {
      // Programs that are started together must all have joined before time passes.
      this.begun = true;
      return Promise.resolve();
    }
    if (this.programs > 1 || this.isBeyond(until)) {
      return signal.raised ? Promise.resolve() : this.restTogether(until, signal);
    }
    this.jump(until);
    if (this.options.breathe && ++this.rests % RESTS_PER_BREATH === 0) {
      return this.options.breathe();
    }
    return undefined;
  }

  /** See Host.restSync. */
  restSync(until: number | null): boolean {
    this.jump(until);
    return true;
  }

  join(): void {
    this.programs += 1;
  }

  leave(): void {
    this.programs -= 1;
    this.advanceWhenAllRest();
    if (this.programs === 0) this.tellPaused();
  }

  /** Jumps to `until` or to the next thing on the agenda, and runs what is due then. */
  private jump(until: number | null): void {
    const next = Math.min(until ?? Number.POSITIVE_INFINITY, this.agenda.next);
    if (next === Number.POSITIVE_INFINITY) throw new Stalled();
    this.moveTo(next);
    this.agenda.undisturbed = Math.min(until ?? Number.POSITIVE_INFINITY, this.horizon);
    try {
      this.agenda.runDue(this.clock);
    } finally {
      this.agenda.undisturbed = Number.NEGATIVE_INFINITY;
    }
  }

  private isBeyond(until: number | null): boolean {
    return Math.min(until ?? Number.POSITIVE_INFINITY, this.agenda.next) > this.horizon;
  }

  private tellPaused(): void {
    const { paused } = this;
    this.paused = null;
    paused?.();
  }

  /** No program is left: what the outside world has booked happens all the same. */
  private passAlone(): void {
    while (this.agenda.next <= this.horizon) this.jump(null);
    this.moveTo(this.horizon);
  }

  private moveTo(time: number): void {
    const limit = this.options.until;
    if (limit !== undefined && time > limit) {
      this.clock = Math.max(this.clock, limit);
      throw new TimeIsUp(limit);
    }
    if (time <= this.clock) return;
    this.clock = time;
    this.unrested = 0;
  }

  private restTogether(until: number | null, signal: Signal): Promise<void> {
    return new Promise((resolve, reject) => {
      const sleeper: Sleeper = { until, signal, signalled: false, resolve, reject };
      this.sleepers.add(sleeper);
      signal.listen(() => {
        // Nothing happens between two advances.
        if (this.halted) sleeper.signalled = true;
        else this.wake(sleeper);
      });
      this.advanceWhenAllRest();
    });
  }

  private wake(sleeper: Sleeper): void {
    sleeper.signal.listen(null);
    this.sleepers.delete(sleeper);
    sleeper.resolve();
  }

  private advanceWhenAllRest(): void {
    while (!this.halted && this.sleepers.size > 0 && this.sleepers.size >= this.programs) {
      let until = Number.POSITIVE_INFINITY;
      for (const sleeper of this.sleepers) until = Math.min(until, sleeper.until ?? until);
      try {
        if (this.isBeyond(until)) {
          // Who only gave the others a turn goes on with the next advance, too.
          this.halt();
          return;
        }
        this.jump(until);
      } catch (error) {
        for (const sleeper of this.sleepers) sleeper.reject(error);
        this.sleepers.clear();
        return;
      }
      for (const sleeper of this.sleepers) {
        if (sleeper.until !== null && sleeper.until <= this.clock) this.wake(sleeper);
      }
    }
  }

  private halt(): void {
    this.moveTo(this.horizon);
    this.halted = true;
    this.tellPaused();
  }
}
