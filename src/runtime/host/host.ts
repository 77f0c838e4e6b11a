/**
 * What a program needs from the machine it really runs on: a clock that can pass, output, input,
 * files, sockets, randomness. Everything else of the runtime is free of Node and of browsers.
 * virtual.ts, node.ts and browser.ts implement it; the driver (drive.ts) and the modules use it.
 */

import type { Wait } from "../core/blocking/wait.js";
import type { Agenda } from "./agenda.js";
import type { Files } from "./files.js";
import type { Network } from "./network.js";
import type { Signal } from "./signal.js";
import type { Tls } from "./tls.js";

export interface Host {
  /** Whether time is simulated: it then passes only while every program rests. */
  readonly virtual: boolean;

  /** Milliseconds since this clock started; never goes back. */
  now(): number;

  /** The wall clock: milliseconds since 1970, UTC. */
  wallClock(): number;

  /** Minutes that local time is ahead of UTC at the wall-clock time `ms`. */
  timeZone(ms: number): number;

  /** What is booked for later on this clock. */
  readonly agenda: Agenda;

  /**
   * Lets time pass until `until` (null: no limit), the next thing on the agenda (which it runs) or
   * the signal, whichever comes first. May return early. A promise where the real clock runs.
   */
  rest(until: number | null, signal: Signal): undefined | Promise<void>;

  /**
   * Told of work done without resting (a task step is 1, reading a clock or a pin 50). Returns true
   * now and then, when it is time to look at interrupts. On a virtual clock, where a program that
   * polls would otherwise wait for ever, a lot of work makes time pass, microseconds at a time.
   */
  work(amount: number): boolean;

  /**
   * The same without suspending, the last resort of a sleep in plain code; it may stop the whole
   * host. False when that is impossible: the real clock, and only an event could end it.
   */
  restSync(until: number | null, signal: Signal): boolean;

  /** Lets a Wait of the running program pass at once; false when that is impossible. */
  blockSync(wait: Wait): boolean;

  /** A program starts or stops taking part in this host's time. */
  join(): void;
  leave(): void;

  /** Calls `interrupt` when the user asks the program to stop (Ctrl-C); returns what ends that. */
  onInterrupt?(interrupt: () => void): () => void;

  write(data: string | Uint8Array): void;
  writeError(data: string | Uint8Array): void;

  /** Standard input; null where there is none (it then is at its end). */
  readonly input: InputSource | null;

  /** Fills with random bytes (a fixed sequence on a virtual clock, so that runs repeat). */
  random(bytes: Uint8Array): void;

  readonly environment: Readonly<Record<string, string>>;

  /**
   * Runs a command of the host's shell, with changes to the environment (null removes), and gives
   * its status as C's system() does. Absent where there is none.
   */
  shell?(command: string, environment: Readonly<Record<string, string | null>>): number;

  readonly files: Files | null;
  readonly network: Network | null;
  /** null where there is none: in virtual time, and in a page. */
  readonly tls: Tls | null;
}

/** Bytes that arrive from outside. */
export interface InputSource {
  /** Up to `max` bytes; null when nothing has arrived yet; empty at the end. */
  read(max: number): Uint8Array | null;
  /** Whether read() would not return null. */
  readable(): boolean;
  /** What select.poll() reports, where that is not readable() and always writable. */
  poll?(): InputEvents;
  /** Calls `notify` when readable() may have become true; returns what ends that. */
  watch(notify: () => void): () => void;
}

export interface InputEvents {
  readonly readable: boolean;
  readonly writable: boolean;
  /** Whether a pipe has no writer any more. */
  readonly hungUp: boolean;
}

/** Thrown into a program that has to end and did not when it was asked. Python cannot catch it. */
export class Stopped extends Error {
  constructor() {
    super("the program was stopped");
  }
}

/** Thrown out of rest() when nothing can ever happen again: all programs wait and no event is due. */
export class Stalled extends Error {
  constructor() {
    super("nothing is left that could wake the program");
  }
}

/** Thrown out of rest() when the time that the run was given is over. */
export class TimeIsUp extends Error {
  constructor(readonly time: number) {
    super(`stopped after ${time} ms`);
  }
}
