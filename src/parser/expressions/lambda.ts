/** `lambda a, b=1: x`. */
import type { Expr } from "../ast.js";
import { type Build, childNamed, must, span } from "../build.js";
import type { CstNode } from "../cst.js";
import { buildParameters } from "../parameters.js";

export function buildLambda(build: Build, node: CstNode): Expr {
  const params = must(childNamed(node, "ParamList"), "the parameters of a lambda");
  return {
    kind: "Lambda",
    span: span(node),
    args: buildParameters(build, params),
    body: build.expr(must(node.children.at(-1), "the body of a lambda")),
  };
}
