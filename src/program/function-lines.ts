/**
 * Which lines belong to which function: added to a module's source map, so that tracebacks name the
 * Python function whatever became of it in JavaScript. Called by `program.ts`.
 */
import { walk } from "../analyze/walk.js";
import type { SourceFile } from "../diagnostics/source-file.js";
import type { Module, Stmt } from "../parser/ast.js";

/** First line, last line, name; of a lambda, which others share lines with, the columns of its ends too. */
export type FunctionLines = readonly [
  first: number,
  last: number,
  name: string,
  start?: number,
  end?: number,
];

/** All `def`s, lambdas and classes, outer ones before those inside them. */
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
      const first = source.position(beginning(body[0]) ?? nameSpan.start).line;
      const last = source.position(Math.max(span.start, span.end - 1)).line;
      found.push([Math.max(first, header), last, name]);
    } else if (node.kind === "Lambda") {
      const { start, end } = node.body.span;
      const [from, to] = [source.position(start), source.position(end)];
      found.push([from.line, to.line, "<lambda>", from.column, to.column]);
    }
  });
  return found;
}

/** Where a statement begins, its decorators included. */
function beginning(statement: Stmt | undefined): number | undefined {
  const isDecorated = statement !== undefined && "decorator_list" in statement;
  return (
    (isDecorated ? statement.decorator_list[0]?.span : statement?.span)?.start ??
    statement?.span.start
  );
}

/** The source map with what tracebacks need as extension fields. */
export function forTracebacks(map: string, file: string, lines: readonly FunctionLines[]): string {
  const fields = JSON.stringify({ x_file: file, x_functions: lines });
  return map.replace("{", () => `${fields.slice(0, -1)},`);
}
