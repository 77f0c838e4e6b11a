/** `x := value`, in parentheses or as an argument. */
import type { Expr } from "../ast.js";
import { type Build, must, span } from "../build.js";
import type { CstNode } from "../cst.js";

export function buildNamedExpr(build: Build, node: CstNode): Expr {
  const [target, , value] = node.children;
  return namedExpr(build, must(target, "a target"), must(value, "a value"));
}

export function namedExpr(build: Build, target: CstNode, value: CstNode): Expr {
  const name = build.expr(target);
  const built = build.expr(value);
  if (name.kind === "Name") {
    return { kind: "NamedExpr", span: span(target, value), target: name, value: built };
  }
  build.report("MPY2003", {}, target);
  return built;
}
