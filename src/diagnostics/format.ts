/**
 * A diagnostic as text: tsc's one-line form (so that editors' problem matchers work), a code frame,
 * or a JSON object. Used by the reporter of the command line and by embedders.
 */
import type { Diagnostic } from "./diagnostic.js";
import type { SourceFile } from "./source-file.js";

/** Paints parts of the output; `plainPaint` paints nothing. */
export interface Paint {
  error(text: string): string;
  warning(text: string): string;
  path(text: string): string;
  dim(text: string): string;
}

const asIs = (text: string): string => text;
export const plainPaint: Paint = { error: asIs, warning: asIs, path: asIs, dim: asIs };

/** `main.py(3,5): error MPY1203: message` */
export function formatLine(
  found: Diagnostic,
  source: SourceFile | undefined,
  paint: Paint = plainPaint,
): string {
  const { code, severity, message, file } = found;
  return `${paint.path(place(found, source, file))}: ${paint[severity](severity)} ${code}: ${message}`;
}

function place({ span }: Diagnostic, source: SourceFile | undefined, file: string): string {
  if (span === null || source === undefined) return file;
  const { line, column } = source.position(span.start);
  return `${file}(${line},${column})`;
}

/** The line of the source with its number, and what is meant underlined. */
export function formatFrame(
  { span, severity }: Diagnostic,
  source: SourceFile,
  paint: Paint = plainPaint,
): string {
  if (span === null) return "";
  const start = source.position(span.start);
  const end = source.position(span.end);
  const text = source.line(start.line);
  const from = start.column - 1;
  const to = end.line === start.line ? end.column - 1 : text.length;
  // Tabs stay tabs, so that the underline stands below the text whatever their width.
  const indent = text.slice(0, from).replace(/[^\t]/g, " ");
  const number = String(start.line);
  const gutter = paint.dim(`${" ".repeat(number.length)} |`);
  const underline = paint[severity]("~".repeat(Math.max(1, to - from)));
  return `${paint.dim(`${number} |`)} ${text}\n${gutter} ${indent}${underline}`;
}

export function formatJson(found: Diagnostic, source: SourceFile | undefined): string {
  const { code, severity, message, hint, file, span } = found;
  const start = span && source ? source.position(span.start) : null;
  const end = span && source ? source.position(span.end) : null;
  return JSON.stringify({ file, start, end, severity, code, message, hint });
}
