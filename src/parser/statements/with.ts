/** `with a as b, c: ...` and `async with`. */
import type { AsyncWith, With, WithItem } from "../ast.js";
import { type Build, must, span, splitAtCommas } from "../build.js";
import type { CstNode } from "../cst.js";

export function buildWith(build: Build, node: CstNode): With | AsyncWith {
  const nodes = node.children;
  const isAsync = nodes[0]?.name === "async";
  const items = nodes.slice(isAsync ? 2 : 1, -1);
  return {
    kind: isAsync ? "AsyncWith" : "With",
    span: span(node),
    items: splitAtCommas(items).groups.map((group) => buildItem(build, group)),
    body: build.body(must(nodes.at(-1), "the body of a with")),
  };
}

function buildItem(build: Build, group: readonly CstNode[]): WithItem {
  const [context, , target] = group;
  const first = must(context, "a context manager");
  return {
    kind: "withitem",
    span: span(first, target ?? first),
    context_expr: build.expr(first),
    optional_vars: target === undefined ? null : build.expr(target),
  };
}
