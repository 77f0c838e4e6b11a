/** Lowers `yield` and `yield from`. */
import * as js from "../../emit/build.js";
import type { Expression } from "../../emit/tree.js";
import type { Yield, YieldFrom } from "../../parser/ast.js";
import { lowerExpression } from "../expression.js";
import type { Frame } from "../frame.js";
import { lowerAwait } from "./await.js";

/**
 * ```py
 * x = yield value
 * ```
 * ```ts
 * x = received(yield value);
 * ```
 * As a statement it is a plain `yield value;` (`statements/expr.ts`).
 */
export function lowerYield(node: Yield, frame: Frame): Expression {
  return js.rtCall("received", yieldOnly(node, frame));
}

/** The `yield` without what it receives. */
export function yieldOnly(node: Yield, frame: Frame): Expression {
  return js.yieldOne(node.value === null ? js.nil() : lowerExpression(node.value, frame));
}

/**
 * ```py
 * yield from items
 * ```
 * ```ts
 * yield* awaiting(items)
 * ```
 */
export function lowerYieldFrom(node: YieldFrom, frame: Frame): Expression {
  return lowerAwait(node, frame);
}
