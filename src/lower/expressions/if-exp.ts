/** Lowers the conditional expression. */
import * as js from "../../emit/build.js";
import type { Expression } from "../../emit/tree.js";
import type { IfExp } from "../../parser/ast.js";
import { lowerExpression } from "../expression.js";
import type { Frame } from "../frame.js";
import { lowerTest } from "../test.js";

/**
 * ```py
 * a if x else b
 * ```
 * ```ts
 * truth(x) ? a : b
 * ```
 */
export function lowerIfExp(node: IfExp, frame: Frame): Expression {
  return js.conditional(
    lowerTest(node.test, frame),
    lowerExpression(node.body, frame),
    lowerExpression(node.orelse, frame),
  );
}
