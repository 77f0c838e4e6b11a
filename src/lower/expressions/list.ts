/** Lowers list displays. */
import * as js from "../../emit/build.js";
import type { Expression } from "../../emit/tree.js";
import type { List } from "../../parser/ast.js";
import type { Frame } from "../frame.js";
import { lowerElements } from "./starred.js";

/**
 * ```py
 * [1, *rest]
 * ```
 * ```ts
 * [1, ...each(rest)]
 * ```
 */
export function lowerList(node: List, frame: Frame): Expression {
  return js.array(lowerElements(node.elts, frame));
}
