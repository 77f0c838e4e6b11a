/** Lowers set displays. */
import * as js from "../../emit/build.js";
import type { Expression } from "../../emit/tree.js";
import type { SetExpr } from "../../parser/ast.js";
import type { Frame } from "../frame.js";
import { lowerElements } from "./starred.js";

/**
 * ```py
 * {1, 2}
 * ```
 * ```ts
 * new PySet([1, 2])
 * ```
 * `set([1, 2])` is the call of the type: it makes a set with another order.
 */
export function lowerSet(node: SetExpr, frame: Frame): Expression {
  return js.construct(js.rt("PySet"), [js.array(lowerElements(node.elts, frame))]);
}
