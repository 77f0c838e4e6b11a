/** `()`, `(a,)`, `(a, b)`, and the parentheses that make no tuple. */
import type { Expr } from "../ast.js";
import { type Build, buildElement, span, splitAtCommas } from "../build.js";
import type { CstNode } from "../cst.js";

export function buildTuple(build: Build, node: CstNode): Expr {
  const { groups } = splitAtCommas(node.children.slice(1, -1));
  const elts = groups.map((group) => buildElement(build, group));
  return { kind: "Tuple", span: span(node), elts };
}

export function buildParenthesized(build: Build, node: CstNode): Expr {
  return buildElement(build, node.children.slice(1, -1));
}
