/**
 * Which lines belong to which function: added to a module's source map, so that tracebacks name the
 * Python function whatever became of it in JavaScript. Called by `program.ts`.
 */
import { walk } from "../analyze/walk.js";
import type { SourceFile } from "../diagnostics/source-file.js";
import type { Module, Stmt } from "../parser/ast.js";

/**
 * First line, last line, name; of a class also the line of its statement, of a lambda, which others
 * share lines with, the columns of its ends.
 */
export type FunctionLines =
  | readonly [first: number, last: number, name: string]
  | readonly [first: number, last: number, name: string, statement: number]
  | readonly [first: number, last: number, name: string, start: number, end: number];

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
      const from = Math.max(first, header);
      // Nothing can go wrong in `class Fault(Exception): pass`, but in the statement itself.
      if (node.kind === "ClassDef" && from === header && isEmpty(body)) return;
      found.push(node.kind === "ClassDef" ? [from, last, name, header] : [from, last, name]);
    } else if (node.kind === "Lambda") {
      const { start, end } = node.body.span;
      const [from, to] = [source.position(start), source.position(end)];
      found.push([from.line, to.line, "<lambda>", from.column, to.column]);
    }
  });
  return found;
}

const isEmpty = (body: readonly Stmt[]): boolean => body.every(({ kind }) => kind === "Pass");

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
