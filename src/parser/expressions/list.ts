/** `[a, b]`. */
import type { Expr } from "../ast.js";
import { type Build, buildElement, span, splitAtCommas } from "../build.js";
import type { CstNode } from "../cst.js";

export function buildList(build: Build, node: CstNode): Expr {
  const { groups } = splitAtCommas(node.children.slice(1, -1));
  return {
    kind: "List",
    span: span(node),
    elts: groups.map((group) => buildElement(build, group)),
  };
}
