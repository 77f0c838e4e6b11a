/**
 * A host whose clock jumps: time passes only while every program rests, and then at once to the next
 * thing that happens. Runs repeat exactly. Several programs can share one virtual host.
 */

import type { Wait } from "../core/wait.js";
import { Agenda } from "./agenda.js";
import { passSync } from "./drive.js";
import type { Files } from "./files.js";
import { type Host, type InputSource, Stalled, TimeIsUp } from "./host.js";
import { interrupts } from "./interrupts.js";
import { MemoryFiles } from "./memory-files.js";
import { MemoryNetwork } from "./memory-network.js";
import type { Network } from "./network.js";
import { RandomSequence } from "./random-sequence.js";
import type { Signal } from "./signal.js";

export interface VirtualOptions {
  write?: (data: string | Uint8Array) => void;
  writeError?: (data: string | Uint8Array) => void;
  /** Stops the run at this time (milliseconds). */
  until?: number;
  /** The wall clock at time 0, in milliseconds since 1970. */
  startDate?: number;
  seed?: number;
  environment?: Record<string, string>;
  input?: InputSource;
  files?: Files;
  network?: Network;
  /** Gives the real host a turn now and then, so that it can interrupt a long run. */
  breathe?: () => Promise<void>;
  /**
   * The run is led from outside: it pauses where time would pass beyond the horizon, which advance()
   * moves. Starts at time 0.
   */
  stepped?: boolean;
  onInterrupt?: (interrupt: () => void) => () => void;
  /** Looks whether the program is to be interrupted, while it works without a rest. */
  poll?: () => boolean;
}

/** So much unrested work makes a millisecond pass (see Host.work). */
const WORK_PER_MILLISECOND = 10_000;
const RESTS_PER_BREATH = 1000;
const DEFAULT_START = Date.UTC(2025, 0, 1);

interface Sleeper {
  until: number | null;
  signal: Signal;
  resolve: () => void;
  reject: (error: unknown) => void;
}

export class VirtualHost implements Host {
  readonly virtual = true;
  readonly agenda = new Agenda();
  readonly environment: Readonly<Record<string, string>>;
  readonly input: InputSource | null;
  readonly files: Files;
  readonly network: Network;
  readonly tls = null;
  private clock = 0;
  private unrested = 0;
  private rests = 0;
  private programs = 0;
  private shared = false;
  private readonly sleepers = new Set<Sleeper>();
  private horizon = Number.POSITIVE_INFINITY;
  /** Lets the paused program go on; null while it runs. */
  private goOn: (() => void) | null = null;
  /** Tells advance() that the program has paused or ended. */
  private paused: (() => void) | null = null;
  private readonly sequence: RandomSequence;

  constructor(private readonly options: VirtualOptions = {}) {
    this.environment = options.environment ?? {};
    this.input = options.input ?? null;
    this.files = options.files ?? new MemoryFiles(() => this.wallClock());
    this.network = options.network ?? new MemoryNetwork();
    this.sequence = new RandomSequence(options.seed ?? 1);
    if (options.stepped) this.horizon = 0;
  }

  /**
   * Lets a stepped run go on until `time` (milliseconds): everything that is due by then happens.
   * Resolves when the program rests there, or has ended.
   */
  async advance(time: number): Promise<void> {
    this.horizon = Math.max(this.horizon, time);
    const { goOn } = this;
    this.goOn = null;
    if (goOn !== null) {
      const stopped = new Promise<void>((resolve) => {
        this.paused = resolve;
      });
      goOn();
      await stopped;
    }
    if (this.programs === 0) this.passAlone();
  }

  /** Resolves when a stepped program rests for the first time, or has ended. */
  settled(): Promise<void> {
    if (this.goOn !== null || this.programs === 0) return Promise.resolve();
    return new Promise((resolve) => {
      this.paused = resolve;
    });
  }

  now(): number {
    return this.clock;
  }

  wallClock(): number {
    return (this.options.startDate ?? DEFAULT_START) + this.clock;
  }

  timeZone(): number {
    return 0;
  }

  work(amount: number): boolean {
    this.unrested += amount;
    if (this.unrested < WORK_PER_MILLISECOND) return false;
    this.options.poll?.();
    const target = Math.floor(this.clock) + 1;
    while (this.agenda.next < target) {
      this.moveTo(this.agenda.next);
      this.agenda.runDue(this.clock);
    }
    this.moveTo(target);
    this.agenda.runDue(this.clock);
    return true;
  }

  rest(until: number | null, signal: Signal): undefined | Promise<void> {
    if (!this.shared) {
      // Programs that are started together must all have joined before time passes.
      this.shared = true;
      return Promise.resolve();
    }
    if (this.programs > 1) return this.restTogether(until, signal);
    if (this.isBeyond(until)) return this.pause(signal);
    this.jump(until);
    if (this.options.breathe && ++this.rests % RESTS_PER_BREATH === 0) {
      return this.options.breathe();
    }
    return undefined;
  }

  restSync(until: number | null, _signal: Signal): boolean {
    this.jump(until);
    return true;
  }

  blockSync(wait: Wait): boolean {
    return passSync(wait, this, interrupts());
  }

  onInterrupt(interrupt: () => void): () => void {
    return this.options.onInterrupt?.(interrupt) ?? (() => {});
  }

  join(): void {
    this.programs += 1;
  }

  leave(): void {
    this.programs -= 1;
    this.advanceWhenAllRest();
    if (this.programs === 0) this.tellPaused();
  }

  write(data: string | Uint8Array): void {
    this.options.write?.(data);
  }

  writeError(data: string | Uint8Array): void {
    this.options.writeError?.(data);
  }

  random(bytes: Uint8Array): void {
    this.sequence.fill(bytes);
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

  private pause(signal: Signal): undefined | Promise<void> {
    if (signal.raised) return undefined;
    this.moveTo(this.horizon);
    return new Promise((resolve) => {
      this.goOn = resolve;
      this.tellPaused();
    });
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
      const sleeper: Sleeper = { until, signal, resolve, reject };
      this.sleepers.add(sleeper);
      signal.listen(() => this.wake(sleeper));
      this.advanceWhenAllRest();
    });
  }

  private wake(sleeper: Sleeper): void {
    sleeper.signal.listen(null);
    this.sleepers.delete(sleeper);
    sleeper.resolve();
  }

  private advanceWhenAllRest(): void {
    while (this.sleepers.size > 0 && this.sleepers.size >= this.programs) {
      let until = Number.POSITIVE_INFINITY;
      for (const sleeper of this.sleepers) until = Math.min(until, sleeper.until ?? until);
      try {
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
}
