/**
 * What hosts in real time share: performance.now() is the clock, timers of the platform wake the
 * program, and the platform's own event loop goes on while it rests. NodeHost and BrowserHost add
 * where output goes and what else the platform has.
 */

import type { Wait } from "../core/blocking/wait.js";
import { Agenda } from "./agenda.js";
import { passSync } from "./drive.js";
import type { Files } from "./files.js";
import type { Host, InputSource } from "./host.js";
import { interrupts } from "./interrupts.js";
import type { Network } from "./network.js";
import type { Signal } from "./signal.js";
import type { Tls } from "./tls.js";

/** The longest time that a timer takes. */
const LONGEST_TIMER = 2 ** 31 - 1;
/** So much unrested work until the agenda is looked at, and until interrupts are. */
const WORK_PER_LOOK = 50;
const LOOKS_PER_TURN = 100;

export abstract class RealTimeHost implements Host {
  readonly virtual = false;
  readonly agenda = new Agenda();
  abstract readonly environment: Readonly<Record<string, string>>;
  abstract readonly input: InputSource | null;
  abstract readonly files: Files | null;
  abstract readonly network: Network | null;
  abstract readonly tls: Tls | null;
  /** The platform's, kept here: under Node the global is a getter, which takes as long as a reading. */
  private readonly performance = performance;
  private readonly started = performance.now();
  /** Wakes the programs that rest: hardly ever more than one. */
  private readonly resting: (() => void)[] = [];
  /** Keeps the platform alive while programs wait for no time; a timer for each rest would cost more. */
  private staying: ReturnType<typeof setInterval> | undefined;
  private unlooked = 0;
  private looks = 0;
  private programs = 0;

  constructor() {
    this.agenda.onEarlier = () => {
      for (const wake of [...this.resting]) wake();
    };
  }

  /** Calls `run` when the platform has had a turn; returns what takes that back. */
  protected abstract soon(run: () => void): () => void;

  /** Stops everything for `ms` milliseconds; false when the platform must not be stopped so long. */
  protected abstract stopFor(ms: number): boolean;

  /** Lets go of what would keep the platform alive: the last program has ended. */
  protected left(): void {}

  /** Looks for what only another thread knows of; true when it has interrupted the program. */
  protected poll(): boolean {
    return false;
  }

  /** Makes what was written visible, before a rest. */
  protected flush(): void {}

  now(): number {
    return this.performance.now() - this.started;
  }

  wallClock(): number {
    return Date.now();
  }

  timeZone(ms: number): number {
    return -new Date(ms).getTimezoneOffset();
  }

  rest(until: number | null, signal: Signal): Promise<void> {
    this.flush();
    return new Promise((resolve) => {
      const time = Math.min(until ?? Number.POSITIVE_INFINITY, this.agenda.next);
      let timer: ReturnType<typeof setTimeout> | undefined;
      let takeBack: (() => void) | undefined;
      const wake = (): void => {
        if (timer !== undefined) clearTimeout(timer);
        takeBack?.();
        signal.listen(null);
        this.resting.splice(this.resting.indexOf(wake), 1);
        if (this.agenda.next !== Number.POSITIVE_INFINITY) this.agenda.runDue(this.now());
        resolve();
      };
      this.resting.push(wake);
      // What happens at the same time is seen at the same time, as poll() reports it.
      signal.listen(() => {
        takeBack ??= this.soon(wake);
      });
      if (signal.raised) {
        takeBack = this.soon(wake);
      } else if (time === Number.POSITIVE_INFINITY) {
        this.staying ??= setInterval(() => {}, LONGEST_TIMER);
      } else {
        const delay = time - this.now();
        if (delay <= 0) takeBack = this.soon(wake);
        else timer = setTimeout(wake, Math.min(Math.ceil(delay), LONGEST_TIMER));
      }
    });
  }

  restSync(until: number | null, _signal: Signal): boolean {
    const time = Math.min(until ?? Number.POSITIVE_INFINITY, this.agenda.next);
    if (time === Number.POSITIVE_INFINITY) return false;
    this.flush();
    const delay = time - this.now();
    if (delay > 0 && !this.stopFor(delay)) return false;
    this.agenda.runDue(this.now());
    return true;
  }

  blockSync(wait: Wait): boolean {
    return passSync(wait, this, interrupts());
  }

  work(amount: number): boolean {
    this.unlooked += amount;
    if (this.unlooked < WORK_PER_LOOK) return false;
    this.unlooked = 0;
    this.looks += 1;
    if (this.poll()) return true;
    const { next } = this.agenda;
    // The clock costs more to read than anything else here.
    if (next !== Number.POSITIVE_INFINITY && next <= this.now())
      return this.agenda.runDue(this.now());
    return this.looks % LOOKS_PER_TURN === 0;
  }

  abstract onInterrupt(interrupt: () => void): () => void;

  join(): void {
    this.programs += 1;
  }

  leave(): void {
    this.programs -= 1;
    if (this.programs === 0) {
      clearInterval(this.staying);
      this.staying = undefined;
      this.left();
    }
    this.flush();
  }

  abstract write(data: string | Uint8Array): void;
  abstract writeError(data: string | Uint8Array): void;
  abstract random(bytes: Uint8Array): void;
}
