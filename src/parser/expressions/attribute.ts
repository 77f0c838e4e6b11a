/** `a.b`. */
import type { Expr } from "../ast.js";
import { type Build, must, span } from "../build.js";
import type { CstNode } from "../cst.js";

export function buildAttribute(build: Build, node: CstNode): Expr {
  const [value, , property] = node.children;
  const name = must(property, "an attribute name");
  return {
    kind: "Attribute",
    span: span(node),
    value: build.expr(must(value, "the object of an attribute")),
    attr: build.text(name),
    attrSpan: span(name),
  };
}
