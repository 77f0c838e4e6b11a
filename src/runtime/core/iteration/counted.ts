/**
 * What `for i in range(...)` counts to and goes through, where a plain counting loop would not do: the
 * loop compares its variable with the end and adds the step, so both ends may be floats
 * (MicroPython: py/compile.c, compile_for_stmt_optimised_range). Emitted code calls these.
 */

import { Range } from "../container/range.js";
import { gt, lt } from "../operator/compare.js";
import { iadd } from "../operator/operators.js";
import { truth } from "../operator/unary.js";
import { Float, type Value } from "../values.js";

/** The end of a loop that counts up from an int. */
export function upTo(end: Value): number {
  const number = asEnd(end);
  // It is no number: comparing says so.
  return number ?? (lt(0, end) as never);
}

/** The end of a loop that counts down from an int. */
export function downTo(end: Value): number {
  const number = asEnd(end);
  return number ?? (gt(0, end) as never);
}

function asEnd(end: Value): number | null {
  switch (typeof end) {
    case "number":
      return end;
    case "bigint":
    case "boolean":
      return Number(end);
    default:
      return end instanceof Float ? end.value : null;
  }
}

/** The values of a loop's variable. The end comes first, as it is evaluated first. */
export function counted(end: Value): Iterable<number>;
export function counted<Start>(end: Value, start: Start, step?: number): Iterable<Start>;
export function counted(end: Value, start: Value = 0, step = 1): Iterable<Value> {
  if (!Number.isInteger(start)) return adding(end, start, step);
  const last = step > 0 ? Math.ceil(upTo(end)) : Math.floor(downTo(end));
  return Number.isFinite(last) ? new Range(start, last, step) : adding(end, start, step);
}

function* adding(end: Value, start: Value, step: number): Generator<Value, void, void> {
  const goesOn = step > 0 ? lt : gt;
  for (let value = start; truth(goesOn(value, end)); value = iadd(value, step)) yield value;
}
