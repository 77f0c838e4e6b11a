/** `a[b]`, `a[b:c]`, `a[b:c, d]`. */
import type { Expr } from "../ast.js";
import { type Build, must, span, splitAtCommas } from "../build.js";
import type { CstNode } from "../cst.js";

export function buildSubscript(build: Build, node: CstNode): Expr {
  const [value, , ...rest] = node.children;
  const inside = rest.slice(0, -1);
  const { groups, trailingComma } = splitAtCommas(inside);
  const elts = groups.map((group) => buildIndex(build, group));
  const [only] = elts;
  const slice: Expr =
    only !== undefined && elts.length === 1 && trailingComma === null
      ? only
      : {
          kind: "Tuple",
          span: span(must(inside[0], "an index"), must(inside.at(-1), "an index")),
          elts,
        };
  return {
    kind: "Subscript",
    span: span(node),
    value: build.expr(must(value, "the object of a subscript")),
    slice,
  };
}

function buildIndex(build: Build, group: readonly CstNode[]): Expr {
  const first = must(group[0], "an index");
  if (group.length === 1 && first.name !== ":") return build.expr(first);
  const bounds: [Expr | null, Expr | null, Expr | null] = [null, null, null];
  let at = 0;
  for (const node of group) {
    if (node.name === ":") at++;
    else bounds[at as 0 | 1 | 2] = build.expr(node);
  }
  const [lower, upper, step] = bounds;
  return { kind: "Slice", span: span(first, must(group.at(-1), "a slice")), lower, upper, step };
}
