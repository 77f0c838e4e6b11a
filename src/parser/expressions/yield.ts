/** `yield`, `yield x`, `yield from x`; as a statement too. */
import type { Expr } from "../ast.js";
import { type Build, buildExpressions, must, span } from "../build.js";
import type { CstNode } from "../cst.js";

export function buildYield(build: Build, node: CstNode): Expr {
  const operand = node.children.slice(1);
  if (operand[0]?.name === "from") {
    const value = build.expr(must(operand[1], "the operand of yield from"));
    return { kind: "YieldFrom", span: span(node), value };
  }
  const value = operand.length === 0 ? null : buildExpressions(build, operand);
  return { kind: "Yield", span: span(node), value };
}
