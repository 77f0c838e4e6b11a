/**
 * Operators of lists and tuples, both plain arrays: concatenation, repetition and comparison item by
 * item. dispatch.ts calls `listOp` and `tupleOp`.
 */

import { MemoryError } from "../exception/exceptions.js";
import { each } from "../iteration/iteration.js";
import { index, intOperand } from "../number/numbers.js";
import { equal, holds } from "../operator/compare.js";
import { type BinaryOp, type CompareOp, NATIVE } from "../slots.js";
import { asTuple, isList, isTuple, type Tuple, type Value } from "../values.js";

export function listOp(op: BinaryOp, left: Value[], right: Value): Value | undefined {
  switch (op) {
    case "__add__":
      return isList(right) ? left.concat(right) : undefined;
    case "__iadd__":
      return extend(left, right);
    case "__mul__":
      return intOperand(right) === undefined ? undefined : repeat(left, index(right));
    case "__eq__":
      // An instance of a subclass of list is asked in its turn.
      return isList(right) ? compareItems(op, left, right) : undefined;
    case "__lt__":
    case "__le__":
    case "__gt__":
    case "__ge__":
      return isList(right) ? compareItems(op, left, right) : undefined;
    default:
      return undefined;
  }
}

export function tupleOp(op: BinaryOp, left: Tuple, right: Value): Value | undefined {
  const other = tupleOf(right);
  switch (op) {
    case "__add__":
      return other === undefined ? undefined : asTuple([...left, ...other]);
    case "__mul__":
      return intOperand(right) === undefined ? undefined : asTuple(repeat(left, index(right)));
    case "__eq__":
    case "__lt__":
    case "__le__":
    case "__gt__":
    case "__ge__":
      return other === undefined ? undefined : compareItems(op, left, other);
    default:
      return undefined;
  }
}

/** The tuple that a value is or, as an instance of a subclass, holds. */
function tupleOf(value: Value): Tuple | undefined {
  if (isTuple(value)) return value;
  const native = value?.[NATIVE];
  return isTuple(native) ? native : undefined;
}

/** `list.extend`, also of the list by itself. */
export function extend(list: Value[], items: Value): Value[] {
  if (Array.isArray(items)) {
    const count = items.length;
    for (let at = 0; at < count; at++) list.push(items[at]);
  } else {
    for (const item of each(items)) {
      list.push(item);
      if (list.length > LENGTH_LIMIT) throw outOfMemory(list.length);
    }
  }
  return list;
}

/** A list that no board could hold is refused before the host runs out of memory. */
const LENGTH_LIMIT = 1 << 24;

function outOfMemory(length: number): MemoryError {
  return new MemoryError(`memory allocation failed, allocating ${4 * length} bytes`);
}

function repeat(items: Value[], count: number): Value[] {
  if (items.length * count > LENGTH_LIMIT) throw outOfMemory(items.length * count);
  const result: Value[] = [];
  for (let round = 0; round < count; round++) {
    for (let at = 0; at < items.length; at++) result.push(items[at]);
  }
  return result;
}

/**
 * The first pair of unequal items decides, else the lengths do. As in MicroPython `a < b` asks the
 * items of `b` whether they are greater.
 */
export function compareItems(op: CompareOp, left: Value[], right: Value[]): boolean {
  if (op === "__lt__") return compareItems("__gt__", right, left);
  if (op === "__le__") return compareItems("__ge__", right, left);
  if (op === "__eq__" && left.length !== right.length) return false;
  const common = Math.min(left.length, right.length);
  for (let at = 0; at < common; at++) {
    if (equal(left[at], right[at])) continue;
    return op !== "__eq__" && holds(op, left[at], right[at]);
  }
  return holds(op, left.length, right.length);
}
