/** `raise`, `raise x`, `raise x from y`. */
import type { Raise } from "../ast.js";
import { type Build, span } from "../build.js";
import type { CstNode } from "../cst.js";

export function buildRaise(build: Build, node: CstNode): Raise {
  const [, exc, , cause] = node.children;
  return {
    kind: "Raise",
    span: span(node),
    exc: exc === undefined ? null : build.expr(exc),
    cause: cause === undefined ? null : build.expr(cause),
  };
}
