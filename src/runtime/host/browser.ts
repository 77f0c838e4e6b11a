/**
 * The host of a program in a web page (or a worker), in real time. It uses what every engine with timers
 * has, and nothing of Node or of the document: the page passes in where output goes and where input
 * comes from.
 */

import type { Wait } from "../core/wait.js";
import { Agenda } from "./agenda.js";
import { passSync } from "./drive.js";
import type { Files } from "./files.js";
import type { Host, InputSource } from "./host.js";
import { interrupts } from "./interrupts.js";
import { MemoryFiles } from "./memory-files.js";
import { MemoryNetwork } from "./memory-network.js";
import type { Network } from "./network.js";
import type { Signal } from "./signal.js";

export interface BrowserHostOptions {
  write: (data: string | Uint8Array) => void;
  writeError?: (data: string | Uint8Array) => void;
  input?: InputSource;
  files?: Files;
  network?: Network;
  environment?: Record<string, string>;
  /** Tells the host how to interrupt the program: what a stop button calls. */
  onInterrupt?: (interrupt: () => void) => () => void;
}

/** The longest time that a timer takes. */
const LONGEST_TIMER = 2 ** 31 - 1;
/** So much unrested work until the agenda is looked at, and until interrupts are. */
const WORK_PER_LOOK = 50;
const LOOKS_PER_TURN = 100;

export class BrowserHost implements Host {
  readonly virtual = false;
  readonly agenda = new Agenda();
  readonly environment: Readonly<Record<string, string>>;
  readonly input: InputSource | null;
  readonly files: Files;
  readonly network: Network;
  private readonly started = performance.now();
  private readonly resting = new Set<() => void>();
  private unlooked = 0;
  private looks = 0;

  constructor(private readonly options: BrowserHostOptions) {
    this.environment = options.environment ?? {};
    this.input = options.input ?? null;
    this.files = options.files ?? new MemoryFiles(() => Date.now());
    this.network = options.network ?? new MemoryNetwork();
    this.agenda.onEarlier = () => {
      for (const wake of [...this.resting]) wake();
    };
  }

  now(): number {
    return performance.now() - this.started;
  }

  wallClock(): number {
    return Date.now();
  }

  timeZone(ms: number): number {
    return -new Date(ms).getTimezoneOffset();
  }

  rest(until: number | null, signal: Signal): Promise<void> {
    return new Promise((resolve) => {
      const time = Math.min(until ?? Number.POSITIVE_INFINITY, this.agenda.next);
      const delay = signal.raised ? 0 : Math.max(0, Math.ceil(time - this.now()));
      const wake = (): void => {
        clearTimeout(timer);
        signal.listen(null);
        this.resting.delete(wake);
        this.agenda.runDue(this.now());
        resolve();
      };
      const timer = setTimeout(wake, Math.min(delay, LONGEST_TIMER));
      this.resting.add(wake);
      signal.listen(wake);
    });
  }

  /** A page cannot stop itself: short pauses are spent looking at the clock, others are refused. */
  restSync(until: number | null, _signal: Signal): boolean {
    const time = Math.min(until ?? Number.POSITIVE_INFINITY, this.agenda.next);
    if (time - this.now() > LONGEST_PAUSE) return false;
    while (this.now() < time);
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
    if (this.agenda.next <= this.now()) return this.agenda.runDue(this.now());
    return this.looks % LOOKS_PER_TURN === 0;
  }

  onInterrupt(interrupt: () => void): () => void {
    return this.options.onInterrupt?.(interrupt) ?? (() => {});
  }

  join(): void {}
  leave(): void {}

  write(data: string | Uint8Array): void {
    this.options.write(data);
  }

  writeError(data: string | Uint8Array): void {
    (this.options.writeError ?? this.options.write)(data);
  }

  random(bytes: Uint8Array): void {
    crypto.getRandomValues(bytes as Uint8Array<ArrayBuffer>);
  }
}

/** The longest pause (milliseconds) that is spent without returning to the page. */
const LONGEST_PAUSE = 20;
