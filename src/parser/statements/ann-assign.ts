/** `a: int`, `a: int = b`. */
import type { AnnAssign } from "../ast.js";
import { type Build, buildExpressions, must, span } from "../build.js";
import type { CstNode } from "../cst.js";
import { annotationOf } from "../parameters.js";

export function buildAnnAssign(build: Build, node: CstNode): AnnAssign {
  const nodes = node.children;
  const at = nodes.findIndex((child) => child.name === "TypeDef");
  const value = nodes.slice(at + 2);
  return {
    kind: "AnnAssign",
    span: span(node),
    target: buildExpressions(build, nodes.slice(0, at)),
    annotation: annotationOf(build, must(nodes[at], "an annotation")),
    value: value.length === 0 ? null : buildExpressions(build, value),
  };
}
