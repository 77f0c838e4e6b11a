/** `x`. Names are what MicroPython's lexer says; `__debug__` is a literal there. */
import type { Expr } from "../ast.js";
import { type Build, span } from "../build.js";
import type { CstNode } from "../cst.js";

export function buildName(build: Build, node: CstNode): Expr {
  const id = build.text(node);
  if (id === "__debug__") {
    return { kind: "Constant", span: span(node), value: { type: "bool", value: true } };
  }
  return { kind: "Name", span: span(node), id };
}
