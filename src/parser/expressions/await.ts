/** `await x`. */
import type { Expr } from "../ast.js";
import { type Build, must, span } from "../build.js";
import type { CstNode } from "../cst.js";

export function buildAwait(build: Build, node: CstNode): Expr {
  const value = build.expr(must(node.children[1], "the operand of await"));
  return { kind: "Await", span: span(node), value };
}
