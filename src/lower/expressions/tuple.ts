/** Lowers tuple displays. */
import * as js from "../../emit/build.js";
import type { Expression } from "../../emit/tree.js";
import type { Tuple } from "../../parser/ast.js";
import type { Frame } from "../frame.js";
import { lowerElements } from "./starred.js";

/**
 * ```py
 * (1, *rest)
 * ```
 * ```ts
 * tup(1, ...each(rest))
 * ```
 */
export function lowerTuple(node: Tuple, frame: Frame): Expression {
  return js.rtCall("tup", ...lowerElements(node.elts, frame));
}
