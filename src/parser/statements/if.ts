/** `if a: ... elif b: ... else: ...`; an `elif` is an `If` alone in `orelse`. */
import type { If, Stmt } from "../ast.js";
import { type Build, must, span } from "../build.js";
import type { CstNode } from "../cst.js";

/** Each branch is nested in the one before; what walks the tree later does so by recursion. */
const MAX_BRANCHES = 500;

export function buildIf(build: Build, node: CstNode): If {
  const nodes = node.children;
  if (nodes.length > 3 * MAX_BRANCHES) build.report("MPY1005", {}, span(must(nodes[0], "an if")));
  const last = must(nodes.at(-1), "the body of an if");
  let orelse: Stmt[] = [];
  let at = nodes.length;
  if (nodes[at - 2]?.name === "else") {
    orelse = build.body(last);
    at -= 2;
  }
  // From the last branch to the first: each takes what follows it as its `orelse`.
  for (;;) {
    const keyword = must(nodes[at - 3], "a branch of an if");
    const branch: If = {
      kind: "If",
      span: span(keyword, last),
      test: build.expr(must(nodes[at - 2], "the test of an if")),
      body: build.body(must(nodes[at - 1], "the body of an if")),
      orelse,
    };
    at -= 3;
    if (at <= 0) return branch;
    orelse = [branch];
  }
}
