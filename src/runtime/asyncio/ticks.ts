/**
 * MicroPython's millisecond ticks, which wrap, and the loop's own times, which do not: queues are
 * ordered by the latter, programs see the former (`Task.ph_key`, `TaskQueue.push(task, ticks)`).
 */

import { current } from "../core/context.js";
import type { Value } from "../core/values.js";
import type { Host } from "../host/host.js";
import { ticksDifference, toTicks } from "../time/ticks.js";

/** The time of the running program's clock in whole milliseconds. */
export function now(): number {
  return Math.floor((current().host as Host).now());
}

/** The time that `ticks` stands for, seen from `time`. */
export function absolute(ticks: Value, time: number): number {
  return time + ticksDifference(ticks, toTicks(time));
}
