/**
 * Source text -> AST and diagnostics: the first phase of the compiler. Accepts what MicroPython's
 * compiler accepts. The module is complete only when no diagnostic is an error.
 */
import { diagnostic } from "../diagnostics/catalog.js";
import type { Diagnostic } from "../diagnostics/diagnostic.js";
import type { SourceFile } from "../diagnostics/source-file.js";
import type { Module } from "./ast.js";
import { buildAst } from "./ast-builder.js";
import { parseCst } from "./cst.js";

export interface ParseResult {
  readonly module: Module;
  readonly diagnostics: readonly Diagnostic[];
}

export function parse(source: SourceFile): ParseResult {
  const { root, comments, faults, tooDeep } = parseCst(source.text);
  const diagnostics: Diagnostic[] = [];
  const span = { start: 0, end: source.text.length };
  if (root === null) {
    diagnostics.push(diagnostic("MPY1005", {}, source.path, tooDeep));
    return { module: { kind: "Module", span, body: [], comments }, diagnostics };
  }
  const built = buildAst(source, root);
  for (const { start, end } of faults) {
    const found = source.text.slice(start, Math.max(end, start + 1));
    diagnostics.push(diagnostic("MPY1001", { found }, source.path, { start, end }));
  }
  diagnostics.push(...built.diagnostics);
  return { module: { kind: "Module", span, body: built.body, comments }, diagnostics };
}
