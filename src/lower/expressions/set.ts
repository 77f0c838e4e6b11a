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
 * set([1, 2])
 * ```
 */
export function lowerSet(node: SetExpr, frame: Frame): Expression {
  return js.rtCall("set", js.array(lowerElements(node.elts, frame)));
}
