/**
 * Which lines belong to which function: added to a module's source map, so that tracebacks name the
 * Python function whatever became of it in JavaScript. Called by `program.ts`.
 */
import { walk } from "../analyze/walk.js";
import type { SourceFile } from "../diagnostics/source-file.js";
import type { Module } from "../parser/ast.js";

/** First line, last line, name. */
export type FunctionLines = readonly [number, number, string];

/** All `def`s and classes, outer ones before those inside them. */
export function functionLines(module: Module, source: SourceFile): FunctionLines[] {
  const found: FunctionLines[] = [];
  walk(module, (node) => {
    if (
      node.kind === "FunctionDef" ||
      node.kind === "AsyncFunctionDef" ||
      node.kind === "ClassDef"
    ) {
      const { nameSpan, span, name, body } = node;
      const header = source.position(nameSpan.start).line;
      // Decorators and defaults are evaluated by the code around the definition.
      const first = source.position(body[0]?.span.start ?? nameSpan.start).line;
      const last = source.position(Math.max(span.start, span.end - 1)).line;
      found.push([Math.max(first, header), last, name]);
    }
  });
  return found;
}

/** The source map with what tracebacks need as extension fields. */
export function forTracebacks(map: string, file: string, lines: readonly FunctionLines[]): string {
  const fields = JSON.stringify({ x_file: file, x_functions: lines });
  return map.replace("{", () => `${fields.slice(0, -1)},`);
}
