/**
 * A host in virtual time: sleeping takes none, what is written goes to functions, files and network are
 * in memory. For tests, and for `run --virtual`.
 */

import type { Wait } from "../core/blocking/wait.js";
import type { Agenda } from "./agenda.js";
import { passSync } from "./drive.js";
import type { Files } from "./files.js";
import type { Host, InputSource } from "./host.js";
import { interrupts } from "./interrupts.js";
import { MemoryFiles } from "./memory-files.js";
import { MemoryNetwork } from "./memory-network.js";
import type { Network } from "./network.js";
import { RandomSequence } from "./random-sequence.js";
import type { Signal } from "./signal.js";
import { VirtualTime, type VirtualTimeOptions } from "./virtual-time.js";

export interface VirtualOptions extends VirtualTimeOptions {
  write?: (data: string | Uint8Array) => void;
  writeError?: (data: string | Uint8Array) => void;
  /** The wall clock at time 0, in milliseconds since 1970. */
  startDate?: number;
  seed?: number;
  environment?: Record<string, string>;
  input?: InputSource;
  files?: Files;
  network?: Network;
  /** A clock that other hosts share; it has what VirtualTimeOptions say. */
  time?: VirtualTime;
  onInterrupt?: (interrupt: () => void) => () => void;
}

const DEFAULT_START = Date.UTC(2025, 0, 1);

export class VirtualHost implements Host {
  readonly virtual = true;
  readonly time: VirtualTime;
  readonly environment: Readonly<Record<string, string>>;
  readonly input: InputSource | null;
  readonly files: Files;
  readonly network: Network;
  readonly tls = null;
  private readonly sequence: RandomSequence;

  constructor(private readonly options: VirtualOptions = {}) {
    this.time = options.time ?? new VirtualTime(options);
    this.environment = options.environment ?? {};
    this.input = options.input ?? null;
    this.files = options.files ?? new MemoryFiles(() => this.wallClock());
    this.network = options.network ?? new MemoryNetwork();
    this.sequence = new RandomSequence(options.seed ?? 1);
  }

  get agenda(): Agenda {
    return this.time.agenda;
  }

  now(): number {
    return this.time.now();
  }

  wallClock(): number {
    return (this.options.startDate ?? DEFAULT_START) + this.now();
  }

  timeZone(): number {
    return 0;
  }

  work(amount: number): boolean {
    return this.time.work(amount);
  }

  rest(until: number | null, signal: Signal): undefined | Promise<void> {
    return this.time.rest(until, signal);
  }

  restSync(until: number | null, _signal: Signal): boolean {
    return this.time.restSync(until);
  }

  blockSync(wait: Wait): boolean {
    return passSync(wait, this, interrupts());
  }

  onInterrupt(interrupt: () => void): () => void {
    return this.options.onInterrupt?.(interrupt) ?? (() => {});
  }

  join(): void {
    this.time.join();
  }

  leave(): void {
    this.time.leave();
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
}
