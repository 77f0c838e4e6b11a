/** `not a`, `-a`, `+a`, `~a`. */
import type { Expr } from "../ast.js";
import { type Build, must, span } from "../build.js";
import type { CstNode } from "../cst.js";
import { unaryOperators } from "../operators.js";

export function buildUnaryOp(build: Build, node: CstNode): Expr {
  const [operator, operand] = node.children;
  return {
    kind: "UnaryOp",
    span: span(node),
    op: must(unaryOperators[build.text(must(operator, "an operator"))], "an operator"),
    operand: build.expr(must(operand, "an operand")),
  };
}
