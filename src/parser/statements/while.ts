/** `while a: ... else: ...`. */
import type { While } from "../ast.js";
import { type Build, must, span } from "../build.js";
import type { CstNode } from "../cst.js";

export function buildWhile(build: Build, node: CstNode): While {
  const [, test, body, , orelse] = node.children;
  return {
    kind: "While",
    span: span(node),
    test: build.expr(must(test, "the test of a loop")),
    body: build.body(must(body, "the body of a loop")),
    orelse: orelse === undefined ? [] : build.body(orelse),
  };
}
