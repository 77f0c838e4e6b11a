/** Lowers expressions that are only tested: the conditions of `if`, `while`, `and`, `not` ... */
import * as js from "../emit/build.js";
import type { Expression } from "../emit/tree.js";
import type { Expr } from "../parser/ast.js";
import { lowerExpression } from "./expression.js";
import { negated } from "./expressions/unary-op.js";
import type { Frame } from "./frame.js";
import { nativeTest } from "./native.js";
import { isBoolean } from "./static-type.js";

/**
 * ```py
 * if items and not done:
 * ```
 * ```ts
 * if (truth(items) && !truth(done)) {
 * ```
 */
export function lowerTest(node: Expr, frame: Frame): Expression {
  if (node.kind === "BoolOp") {
    const operator = node.op === "And" ? "&&" : "||";
    return node.values
      .map((value) => lowerTest(value, frame))
      .reduce((left, right) => js.logical(left, operator, right));
  }
  if (node.kind === "UnaryOp" && node.op === "Not") return negated(lowerTest(node.operand, frame));
  if (node.kind === "Constant") {
    const { value } = node;
    if (value.type === "bool") return js.literal(value.value);
    if (value.type === "int") return js.literal(value.value !== 0n);
    if (value.type === "None") return js.literal(false);
  }
  const lowered = lowerExpression(node, frame);
  if (isBoolean(node, frame)) return lowered;
  return nativeTest(node, lowered, frame) ?? testOf(lowered, frame, node);
}

/** `truth(value)`, at the place of the Python expression. */
export function testOf(value: Expression, frame?: Frame, node?: Expr): Expression {
  const test = js.rtCall("truth", value);
  if (frame && node) {
    test.loc = frame.location(node.span);
    test.callee.loc = test.loc;
  }
  return test;
}
