/**
 * `a + b - c`. The grammar gives a run of operators of one precedence as one node; the tree leans
 * left and is built by a loop, so a sum of ten thousand terms costs no stack. `**` leans right.
 */
import type { Expr } from "../ast.js";
import { type Build, must, span } from "../build.js";
import type { CstNode } from "../cst.js";
import { binaryOperators } from "../operators.js";

export function buildBinOp(build: Build, node: CstNode): Expr {
  const nodes = node.children;
  const first = must(nodes[0], "the left operand");
  let left = build.expr(first);
  for (let i = 1; i + 1 < nodes.length; i += 2) {
    const right = must(nodes[i + 1], "the right operand");
    const op = must(binaryOperators[build.text(must(nodes[i], "an operator"))], "an operator");
    left = { kind: "BinOp", span: span(first, right), left, op, right: build.expr(right) };
  }
  return left;
}
