/** `{a: b}`. */
import type { Expr } from "../ast.js";
import { type Build, must, span, splitAtCommas } from "../build.js";
import type { CstNode } from "../cst.js";

export function buildDict(build: Build, node: CstNode): Expr {
  const keys: (Expr | null)[] = [];
  const values: Expr[] = [];
  for (const group of splitAtCommas(node.children.slice(1, -1)).groups) {
    const first = must(group[0], "a key");
    keys.push(first.name === "**" ? null : build.expr(first));
    values.push(build.expr(must(group.at(-1), "a value")));
  }
  return { kind: "Dict", span: span(node), keys, values };
}
