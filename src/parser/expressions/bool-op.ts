/** `a and b and c`, `a or b`: one node of the grammar however many operands. */
import type { Expr } from "../ast.js";
import { type Build, span } from "../build.js";
import type { CstNode } from "../cst.js";

export function buildBoolOp(build: Build, node: CstNode): Expr {
  const op = node.children[1]?.name === "and" ? "And" : "Or";
  const values = node.children.filter((_, i) => i % 2 === 0).map((child) => build.expr(child));
  return { kind: "BoolOp", span: span(node), op, values };
}
