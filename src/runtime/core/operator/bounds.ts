/**
 * Subscripts of sequences: a checked index and the bounds of a slice, with MicroPython's messages.
 * bytes, bytearray, memoryview, array and the sequence methods use it.
 */

import { typeName } from "../class/type.js";
import { IndexError, NotImplementedError, TypeError, ValueError } from "../exception/exceptions.js";
import { index, intOperand } from "../number/numbers.js";
import type { Value } from "../values.js";
import { Slice } from "./slice.js";

/** The offset that `sequence[key]` means; `name` is the type's name in messages. */
export function itemIndex(name: string, length: number, key: Value): number {
  const at = sequenceIndex(name, key);
  const offset = at < 0 ? at + length : at;
  if (offset < 0 || offset >= length) throw new IndexError(`${name} index out of range`);
  return offset;
}

/** Any int, still with its sign. */
export function sequenceIndex(name: string, key: Value): number {
  if (intOperand(key) === undefined) {
    throw new TypeError(`${name} indices must be integers, not ${typeName(key)}`);
  }
  return index(key);
}

/** An index as slices take it: from the end if negative, then clamped. */
export function clampIndex(at: number, length: number): number {
  return at < 0 ? Math.max(0, at + length) : Math.min(at, length);
}

/** `[start, stop)` of a slice without a step, which is all that byte sequences support. */
export function sliceBounds(slice: Slice, length: number): [number, number] {
  const { start, stop, step } = slice;
  if (step === 0) throw new ValueError("slice step can't be zero");
  if (step !== null && index(step) !== 1) {
    throw new NotImplementedError("only slices with step=1 (aka None) are supported");
  }
  const from = start === null ? 0 : clampIndex(index(start), length);
  const to = stop === null ? length : clampIndex(index(stop), length);
  return [from, Math.max(from, to)];
}

export function isSlice(key: Value): key is Slice {
  return key instanceof Slice;
}
