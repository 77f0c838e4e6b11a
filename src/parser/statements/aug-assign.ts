/** `a += b`. */
import type { AugAssign } from "../ast.js";
import { type Build, buildExpressions, must, span } from "../build.js";
import type { CstNode } from "../cst.js";
import { binaryOperators } from "../operators.js";

export function buildAugAssign(build: Build, node: CstNode): AugAssign {
  const nodes = node.children;
  const at = nodes.findIndex((child) => child.name === "UpdateOp");
  const operator = build.text(must(nodes[at], "an operator")).slice(0, -1);
  return {
    kind: "AugAssign",
    span: span(node),
    target: buildExpressions(build, nodes.slice(0, at)),
    op: must(binaryOperators[operator], "an operator"),
    value: buildExpressions(build, nodes.slice(at + 1)),
  };
}
