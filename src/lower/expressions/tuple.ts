/** Lowers tuple displays, and the tuples that hold the arguments of a `*args` of the runtime. */
import * as js from "../../emit/build.js";
import type { Expression } from "../../emit/tree.js";
import type { Tuple } from "../../parser/ast.js";
import { lowerExpression } from "../expression.js";
import type { Frame } from "../frame.js";
import { lowerElements } from "./starred.js";

/**
 * ```py
 * (1, 2)
 * gather(first, *rest)
 * gather(*rest)
 * ```
 * ```ts
 * tup(1, 2)
 * gather(tup(first, ...each(rest)))
 * gather(tuple(rest))
 * ```
 *
 * The last holds more than the some hundred thousand arguments that JavaScript can pass.
 */
export function lowerTuple(node: Tuple, frame: Frame): Expression {
  const [first, ...others] = node.elts;
  if (first?.kind === "Starred" && others.length === 0) {
    return js.rtCall("tuple", lowerExpression(first.value, frame));
  }
  return js.rtCall("tup", ...lowerElements(node.elts, frame));
}
