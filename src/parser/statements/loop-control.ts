/** `pass`, `break`, `continue`. */
import type { Break, Continue, Pass } from "../ast.js";
import { type Build, span } from "../build.js";
import type { CstNode } from "../cst.js";

export function buildPass(_build: Build, node: CstNode): Pass {
  return { kind: "Pass", span: span(node) };
}

export function buildBreak(_build: Build, node: CstNode): Break {
  return { kind: "Break", span: span(node) };
}

export function buildContinue(_build: Build, node: CstNode): Continue {
  return { kind: "Continue", span: span(node) };
}
