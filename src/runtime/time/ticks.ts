/**
 * Ticks arithmetic as on a board: counters that wrap at 2**30, and differences that are right across
 * the wrap. Used by `time`, `pyb` and asyncio.
 */

import { typeName } from "../core/class/type.js";
import { OverflowError, TypeError } from "../core/exception/exceptions.js";
import type { Value } from "../core/values.js";

const PERIOD = 2 ** 30;
const HALF = PERIOD / 2;

/** A counter value as ticks. */
export function toTicks(count: number): number {
  return count % PERIOD;
}

function integer(value: Value): number {
  if (typeof value === "number" && Number.isInteger(value)) return value;
  if (typeof value === "boolean") return value ? 1 : 0;
  if (typeof value === "bigint")
    throw new OverflowError("overflow converting long int to machine word");
  throw new TypeError(`can't convert ${typeName(value)} to int`);
}

/** `ticks_diff(end, start)`: from -2**29 to 2**29 - 1. */
export function ticksDifference(end: Value, start: Value): number {
  const difference = (integer(end) - integer(start) + HALF) % PERIOD;
  return (difference < 0 ? difference + PERIOD : difference) - HALF;
}

/** `ticks_add(ticks, delta)`. */
export function ticksAdd(ticks: Value, delta: Value): number {
  const by = integer(delta);
  if (by <= -HALF || by >= HALF) throw new OverflowError("ticks interval overflow");
  const sum = (integer(ticks) + by) % PERIOD;
  return sum < 0 ? sum + PERIOD : sum;
}
