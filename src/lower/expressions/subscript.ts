/** Lowers indexing and slicing; stores and deletes are in `lower/target.ts`. */
import * as js from "../../emit/build.js";
import type { Expression } from "../../emit/tree.js";
import type { Expr, Slice, Subscript } from "../../parser/ast.js";
import { lowerExpression } from "../expression.js";
import type { Frame } from "../frame.js";
import { itemWaits } from "../waits.js";

/**
 * ```py
 * items[0]; items[1:]
 * ```
 * ```ts
 * getitem(items, 0); getitem(items, slice(1, null))
 * ```
 */
export function lowerSubscript(node: Subscript, frame: Frame): Expression {
  const [value, index] = [lowerExpression(node.value, frame), lowerExpression(node.slice, frame)];
  return itemWaits(node, frame)
    ? js.yieldAll(js.rtCall("getitemWait", value, index))
    : js.rtCall("getitem", value, index);
}

export function lowerSlice(node: Slice, frame: Frame): Expression {
  const part = (value: Expr | null) => (value === null ? js.nil() : lowerExpression(value, frame));
  const bounds = [part(node.lower), part(node.upper)];
  return js.rtCall("slice", ...bounds, ...(node.step === null ? [] : [part(node.step)]));
}
