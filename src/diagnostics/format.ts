/**
 * Diagnostics as text: one line in the form that tsc uses, so that editors' problem matchers read
 * it; with a code frame and the hint for people; or one JSON object a line. Used by the CLI.
 */
import picocolors from "picocolors";
import type { Span } from "../parser/ast.js";
import type { Diagnostic } from "./diagnostic.js";
import type { SourceFile } from "./source-file.js";

/** The source of a diagnostic's file, where it is known. */
export type SourceLookup = (file: string) => SourceFile | undefined;

export interface FormatOptions {
  readonly color: boolean;
  /** Show the source line with the place marked. */
  readonly frame: boolean;
}

/** `main.py(3,5): error MPY1203: message` */
export function formatLine(diagnostic: Diagnostic, sources: SourceLookup): string {
  const { severity, code, message } = diagnostic;
  return `${place(diagnostic, sources)}: ${severity} ${code}: ${message}`;
}

/** The line, the frame and the hint. */
export function formatDiagnostic(
  diagnostic: Diagnostic,
  sources: SourceLookup,
  options: FormatOptions,
): string {
  const paint = picocolors.createColors(options.color);
  const { severity, code, message, hint, file, span } = diagnostic;
  const strong = severity === "error" ? paint.red : paint.yellow;
  const head = `${paint.cyan(place(diagnostic, sources))}: ${strong(severity)} ${paint.dim(code)}: ${message}`;
  const lines = [head];
  const source = sources(file);
  if (options.frame && source !== undefined && span !== null) {
    lines.push(...frame(source, span, paint.dim, strong));
  }
  if (hint !== null) lines.push(`  ${paint.dim("hint:")} ${hint}`);
  return lines.join("\n");
}

/** One object on one line; positions are null where the diagnostic is about a whole file. */
export function formatJson(diagnostic: Diagnostic, sources: SourceLookup): string {
  const { code, severity, message, hint, file, span } = diagnostic;
  const source = sources(file);
  const known = source !== undefined && span !== null;
  const start = known ? source.position(span.start) : null;
  const end = known ? source.position(span.end) : null;
  return JSON.stringify({ file, start, end, severity, code, message, hint });
}

function place({ file, span }: Diagnostic, sources: SourceLookup): string {
  const source = sources(file);
  if (source === undefined || span === null) return file;
  const { line, column } = source.position(span.start);
  return `${file}(${line},${column})`;
}

type Paint = (text: string) => string;

/** Wider than this a line is cut around the place. */
const MAX_WIDTH = 120;

function frame(source: SourceFile, span: Span, dim: Paint, strong: Paint): string[] {
  const { line, column } = source.position(span.start);
  const end = source.position(span.end);
  const whole = source.line(line);
  const from = Math.max(0, column - 1 - MAX_WIDTH / 2);
  const shown = whole.slice(from, from + MAX_WIDTH);
  const before = shown.slice(0, column - 1 - from);
  const lastColumn = end.line === line ? end.column : whole.length + 1;
  const length = Math.max(1, Math.min(lastColumn - column, shown.length - before.length));
  const gutter = String(line);
  // Tabs stay tabs so that the mark stands under what it marks.
  const indent = before.replace(/[^\t]/g, " ");
  return [
    `${dim(`${gutter} |`)} ${shown}`,
    `${dim(`${" ".repeat(gutter.length)} |`)} ${indent}${strong("~".repeat(length))}`,
  ];
}
