/**
 * Resets of the chip. A BoardReset is thrown through the program, which cannot catch it, to run(),
 * which starts the program anew.
 */

import { portConstant } from "../core/module/port-names.js";
import type { Value } from "../core/values.js";
import type { interrupts } from "../host/interrupts.js";

/** Why the program was started, by the names of the constants of `machine`. */
export type ResetCause =
  | "PWRON_RESET"
  | "HARD_RESET"
  | "WDT_RESET"
  | "DEEPSLEEP_RESET"
  | "SOFT_RESET";

/**
 * The number of a cause on the port of the board. A port without it resets in another way: the RP2
 * starts anew by its watchdog, after a soft reset as it did before.
 */
export function causeNumber(cause: ResetCause): number {
  return (
    portConstant("machine", cause) ??
    portConstant("machine", cause === "SOFT_RESET" ? "PWRON_RESET" : "WDT_RESET") ??
    0
  );
}

export class BoardReset {
  constructor(readonly cause: ResetCause) {}
}

/** Resets now: for functions that a program calls. */
export function resetNow(cause: ResetCause): never {
  throw new BoardReset(cause);
}

/** Resets the running program from outside of it, as soon as it rests: for alarms. */
export function requestReset(cause: ResetCause, queue: ReturnType<typeof interrupts>): Value {
  queue.interrupt(new BoardReset(cause));
}
