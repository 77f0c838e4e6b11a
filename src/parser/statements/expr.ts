/** An expression as a statement; `yield` has a statement of its own in the grammar. */
import type { ExprStmt } from "../ast.js";
import { type Build, buildExpressions, span } from "../build.js";
import type { CstNode } from "../cst.js";
import { buildYield } from "../expressions/yield.js";

export function buildExprStatement(build: Build, node: CstNode): ExprStmt {
  return { kind: "Expr", span: span(node), value: buildExpressions(build, node.children) };
}

export function buildYieldStatement(build: Build, node: CstNode): ExprStmt {
  return { kind: "Expr", span: span(node), value: buildYield(build, node) };
}
