/** `return`, `return a, b`. */
import type { Return } from "../ast.js";
import { type Build, buildExpressions, span } from "../build.js";
import type { CstNode } from "../cst.js";

export function buildReturn(build: Build, node: CstNode): Return {
  const value = node.children.slice(1);
  return {
    kind: "Return",
    span: span(node),
    value: value.length === 0 ? null : buildExpressions(build, value),
  };
}
