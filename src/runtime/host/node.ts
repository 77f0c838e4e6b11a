/**
 * The host of a program that runs under Node in real time: performance.now() is its clock, timers and
 * sockets wake it, and Node's event loop goes on while it rests. Output is collected for a moment, and
 * flushed whenever the program rests and at the exit.
 */

import { randomFillSync } from "node:crypto";
import type { Wait } from "../core/wait.js";
import { Agenda } from "./agenda.js";
import { passSync } from "./drive.js";
import type { Files } from "./files.js";
import type { Host, InputSource } from "./host.js";
import { interrupts } from "./interrupts.js";
import type { Network } from "./network.js";
import { onInterrupt } from "./node-interrupt.js";
import { NodeNetwork } from "./node-network.js";
import { NodeOutput } from "./node-output.js";
import type { Signal } from "./signal.js";

export interface NodeHostOptions {
  write?: (data: string | Uint8Array) => void;
  writeError?: (data: string | Uint8Array) => void;
  output?: NodeOutput;
  input?: InputSource;
  files?: Files;
  network?: Network;
  environment?: Record<string, string>;
}

/** The longest time that a timer of Node takes. */
const LONGEST_TIMER = 2 ** 31 - 1;
/** So much unrested work until the agenda is looked at, and until interrupts are. */
const WORK_PER_LOOK = 50;
const LOOKS_PER_TURN = 100;

export class NodeHost implements Host {
  readonly virtual = false;
  readonly agenda = new Agenda();
  readonly environment: Readonly<Record<string, string>>;
  readonly input: InputSource | null;
  readonly files: Files | null;
  readonly network: Network;
  private readonly output: NodeOutput;
  private readonly started = performance.now();
  private readonly resting = new Set<() => void>();
  private programs = 0;
  private unlooked = 0;
  private looks = 0;

  constructor(private readonly options: NodeHostOptions = {}) {
    this.output = options.output ?? new NodeOutput();
    this.environment = options.environment ?? (process.env as Record<string, string>);
    this.input = options.input ?? null;
    this.files = options.files ?? null;
    this.network = options.network ?? new NodeNetwork();
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
    this.output.flush();
    return new Promise((resolve) => {
      const time = Math.min(until ?? Number.POSITIVE_INFINITY, this.agenda.next);
      const delay = time - this.now();
      let timer: NodeJS.Timeout | undefined;
      let immediate: NodeJS.Immediate | undefined;
      const wake = (): void => {
        clearTimeout(timer);
        clearImmediate(immediate);
        signal.listen(null);
        this.resting.delete(wake);
        this.agenda.runDue(this.now());
        resolve();
      };
      this.resting.add(wake);
      // What happens at the same time is seen at the same time, as poll() reports it.
      signal.listen(() => {
        immediate ??= setImmediate(wake);
      });
      if (delay <= 0 || signal.raised) immediate = setImmediate(wake);
      else timer = setTimeout(wake, Math.min(Math.ceil(delay), LONGEST_TIMER));
    });
  }

  restSync(until: number | null, _signal: Signal): boolean {
    const time = Math.min(until ?? Number.POSITIVE_INFINITY, this.agenda.next);
    if (time === Number.POSITIVE_INFINITY) return false;
    this.output.flush();
    const delay = time - this.now();
    if (delay > 0) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, delay);
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
    return onInterrupt(interrupt);
  }

  join(): void {
    this.programs += 1;
  }

  leave(): void {
    this.programs -= 1;
    if (this.programs === 0 && this.network instanceof NodeNetwork) this.network.closeAll();
    this.output.flush();
  }

  write(data: string | Uint8Array): void {
    if (this.options.write) this.options.write(data);
    else this.output.write(1, data);
  }

  writeError(data: string | Uint8Array): void {
    if (this.options.writeError) this.options.writeError(data);
    else this.output.write(2, data);
  }

  random(bytes: Uint8Array): void {
    randomFillSync(bytes);
  }
}
