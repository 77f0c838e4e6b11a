/** `global a, b` and `nonlocal a`. */
import type { Global, Nonlocal } from "../ast.js";
import { type Build, span } from "../build.js";
import type { CstNode } from "../cst.js";

export function buildScope(build: Build, node: CstNode): Global | Nonlocal {
  const names = node.children
    .filter((child) => child.name === "VariableName")
    .map((child) => build.text(child));
  const kind = node.children[0]?.name === "nonlocal" ? "Nonlocal" : "Global";
  return { kind, span: span(node), names };
}
