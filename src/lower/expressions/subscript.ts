/** Lowers indexing and slicing; stores and deletes are in `lower/target.ts`. */
import { isJust } from "../../analyze/types/type.js";
import * as js from "../../emit/build.js";
import type { Expression } from "../../emit/tree.js";
import type { Expr, Slice, Subscript } from "../../parser/ast.js";
import { lowerExpression } from "../expression.js";
import type { Frame } from "../frame.js";
import { certainType, isInt } from "../native.js";
import { itemWaits } from "../waits.js";

/**
 * ```py
 * items[0]; anything[1:]; a_list[1:]
 * ```
 * ```ts
 * getitem(items, 0); getitem(anything, slice(1, null)); a_list.slice(1)
 * ```
 */
export function lowerSubscript(node: Subscript, frame: Frame): Expression {
  const part = lowerListSlice(node, frame);
  if (part !== null) return part;
  const [value, index] = [lowerExpression(node.value, frame), lowerExpression(node.slice, frame)];
  return itemWaits(node, frame)
    ? js.yieldAll(js.rtCall("getitemWait", value, index))
    : js.rtCall("getitem", value, index);
}

/**
 * Part of what certainly is a list, between small ints: JavaScript counts from the end below zero, and
 * stops at the ends, as Python does.
 */
function lowerListSlice({ value, slice }: Subscript, frame: Frame): Expression | null {
  if (slice.kind !== "Slice" || slice.step !== null) return null;
  if (!isJust(certainType(value, frame), "list")) return null;
  const { lower, upper } = slice;
  const bounds = [lower, upper].filter((bound) => bound !== null);
  if (!bounds.every((bound) => isInt(certainType(bound, frame)))) return null;
  const list = lowerExpression(value, frame);
  const from = lower === null ? [] : [lowerExpression(lower, frame)];
  const start = upper !== null && lower === null ? [js.literal(0)] : from;
  const end = upper === null ? [] : [lowerExpression(upper, frame)];
  return js.call(js.member(list, "slice"), [...start, ...end]);
}

export function lowerSlice(node: Slice, frame: Frame): Expression {
  const part = (value: Expr | null) => (value === null ? js.nil() : lowerExpression(value, frame));
  const bounds = [part(node.lower), part(node.upper)];
  return js.rtCall("slice", ...bounds, ...(node.step === null ? [] : [part(node.step)]));
}
