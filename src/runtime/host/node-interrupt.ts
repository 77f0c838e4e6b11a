/**
 * Ctrl-C for the programs that this process runs. Used by the hosts and by node-start.ts: programs
 * that are embedded share a listener of the process, one that has the process to itself a guard.
 */

import { InterruptGuard } from "./node-interrupt-guard.js";

/** Two Ctrl-C within this time (milliseconds) end the process. */
const SECOND_INTERRUPT = 1000;
const INTERRUPTED = 130;

const programs = new Set<() => void>();
let guard: InterruptGuard | null = null;
let users = 0;
let asked = Number.NEGATIVE_INFINITY;

/** The first Ctrl-C is the program's; a second one, when it does not answer, ends the process. */
export function onInterrupt(interrupt: () => void): () => void {
  programs.add(interrupt);
  const stop = listen();
  return () => {
    programs.delete(interrupt);
    // The next program has not been asked yet.
    if (programs.size === 0) asked = Number.NEGATIVE_INFINITY;
    stop();
  };
}

/**
 * Takes Ctrl-C of this process over, for a program that will run in it. The listener hears it until
 * the guard does; it stays, since Node would take the signal from the guard with it.
 */
export function guardInterrupts(): InterruptGuard {
  if (guard === null) {
    listen();
    guard = new InterruptGuard(tellPrograms);
  }
  return guard;
}

/** Interrupts the programs if Ctrl-C was pressed; where there is no guard, Node tells of that. */
export function pollInterrupts(): boolean {
  return guard?.poll() === true;
}

/** Stops everything for `ms` milliseconds, or until Ctrl-C. */
export function pause(ms: number): void {
  if (guard !== null) guard.pause(ms);
  else Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);
}

/** There is one listener of the process for all who want to know. */
function listen(): () => void {
  if (users++ === 0) process.on("SIGINT", interrupted);
  return () => {
    if (--users === 0) process.off("SIGINT", interrupted);
  };
}

function interrupted(): void {
  const now = performance.now();
  if (now - asked < SECOND_INTERRUPT || programs.size === 0) process.exit(INTERRUPTED);
  asked = now;
  tellPrograms();
}

function tellPrograms(): void {
  for (const interrupt of programs) interrupt();
}
