/**
 * MicroPython's millisecond ticks, which wrap, and the loop's own times, which do not: queues are
 * ordered by the latter, programs see the former (`Task.ph_key`, `TaskQueue.push(task, ticks)`).
 */

import type { Value } from "../core/values.js";
import { ticksDifference, toTicks } from "../time/ticks.js";
import { core } from "./core.js";

/** The loop's time in whole milliseconds. It may be a few short steps old: reading a clock costs as
 *  much as a step. */
export function now(): number {
  return core().clock.time;
}

/** The same, read anew: for what measures a duration from now. */
export function exactNow(): number {
  return core().clock.read();
}

/** The time that `ticks` stands for, seen from `time`. */
export function absolute(ticks: Value, time: number): number {
  return time + ticksDifference(ticks, toTicks(time));
}
