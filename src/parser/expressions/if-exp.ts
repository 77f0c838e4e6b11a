/** `a if test else b`. */
import type { Expr } from "../ast.js";
import { type Build, must, span } from "../build.js";
import type { CstNode } from "../cst.js";

export function buildIfExp(build: Build, node: CstNode): Expr {
  const [body, , test, , orelse] = node.children;
  return {
    kind: "IfExp",
    span: span(node),
    test: build.expr(must(test, "the test of a conditional expression")),
    body: build.expr(must(body, "the value of a conditional expression")),
    orelse: build.expr(must(orelse, "the alternative of a conditional expression")),
  };
}
