/** `assert a, message`. */
import type { Assert } from "../ast.js";
import { type Build, must, span } from "../build.js";
import type { CstNode } from "../cst.js";

export function buildAssert(build: Build, node: CstNode): Assert {
  const [, test, , msg] = node.children;
  return {
    kind: "Assert",
    span: span(node),
    test: build.expr(must(test, "what is asserted")),
    msg: msg === undefined ? null : build.expr(msg),
  };
}
