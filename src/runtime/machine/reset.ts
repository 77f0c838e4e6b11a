/**
 * Resets of the chip. A BoardReset is thrown through the program, which cannot catch it, to run(),
 * which starts the program anew.
 */

import type { Value } from "../core/values.js";
import type { interrupts } from "../host/interrupts.js";

export const PWRON_RESET = 1;
export const HARD_RESET = 2;
export const WDT_RESET = 3;
export const DEEPSLEEP_RESET = 4;
export const SOFT_RESET = 5;

export class BoardReset {
  constructor(readonly cause: number) {}
}

/** Resets now: for functions that a program calls. */
export function resetNow(cause: number): never {
  throw new BoardReset(cause);
}

/** Resets the running program from outside of it, as soon as it rests: for alarms. */
export function requestReset(cause: number, queue: ReturnType<typeof interrupts>): Value {
  queue.interrupt(new BoardReset(cause));
}
