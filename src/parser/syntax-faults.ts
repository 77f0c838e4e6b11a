/**
 * Says what is wrong where the grammar gave up. A list of patterns over the line and the token
 * found there, the most telling first; the last resort names the token. Called by `parse.ts`.
 */
import type { SourceFile } from "../diagnostics/source-file.js";
import type { Span } from "./ast.js";
import type { SyntaxFault } from "./cst.js";
import { keywords } from "./keywords.js";
import type { Report } from "./scan.js";

interface Place {
  /** The token at which the grammar gave up; empty at the end of the file. */
  readonly token: string;
  readonly span: Span;
  /** The line before and after the token. */
  readonly before: string;
  readonly after: string;
  readonly line: string;
  readonly within: readonly string[];
}

const TOKEN =
  /(?:[A-Za-z_\u0080-\uffff][\w\u0080-\uffff]*|[0-9][\w.]*|\.\.\.|->|:=|\*\*=?|\/\/=?|<<=?|>>=?|[-+*/%@&|^=!<>]=|"[^"\n]*"?|'[^'\n]*'?|[^\s])/uy;

const BLOCK_WORD =
  /^\s*(?:async\s+)?(?:def|class|if|elif|else|for|while|try|except|finally|with)\b/;

export function reportFaults(
  source: SourceFile,
  faults: readonly SyntaxFault[],
  report: Report,
): void {
  const lines = new Set<number>();
  for (const fault of faults) {
    const place = readPlace(source, fault);
    const { line } = source.position(place.span.start);
    // After the first surprise of a line the others are its echo.
    if (lines.has(line)) continue;
    lines.add(line);
    explain(place, report);
  }
}

function readPlace(source: SourceFile, fault: SyntaxFault): Place {
  const { text } = source;
  let at = fault.start;
  while (at < text.length && /[ \t\f\v]/.test(text[at] ?? "")) at++;
  if (text[at] === "#") at = lineEnd(text, at);
  TOKEN.lastIndex = at;
  const token = text[at] === "\n" ? "\n" : (TOKEN.exec(text)?.[0] ?? "");
  const { line } = source.position(at);
  const whole = source.line(line);
  const start = source.lineStart(line);
  return {
    token,
    span: { start: at, end: Math.min(text.length, at + Math.max(1, token.length)) },
    before: text.slice(start, at),
    after: text.slice(at + token.length, start + whole.length),
    line: whole,
    within: fault.within,
  };
}

function lineEnd(text: string, at: number): number {
  const end = text.indexOf("\n", at);
  return end === -1 ? text.length : end;
}

function explain(place: Place, report: Report): void {
  const { token, span, before, after, line, within } = place;
  const previous = /([A-Za-z_]\w*)\s*$/.exec(before)?.[1] ?? "";
  if (/^\s*match\s.*:\s*(?:#.*)?$/.test(line) || /^\s*case\s.*:/.test(line)) {
    report("MPY2121", {}, span);
  } else if (/^\s*type\s+\w+.*=/.test(line) && !/^\s*type\s*=/.test(line)) {
    report("MPY2122", {}, span);
  } else if (/(?:^|[\s;:])print$/.test(before.trimEnd())) report("MPY1032", {}, span);
  else if (/(?:^|[\s;:])exec$/.test(before.trimEnd())) report("MPY1033", {}, span);
  else if (within[0] === "FormatReplacement" && (token === "}" || token === "!" || token === ":")) {
    report("MPY1025", {}, span);
  } else if (token === ":=") report("MPY1039", {}, span);
  else if (token === "if" && previous === "else") report("MPY1036", {}, span);
  else if ((token === "&" && before.endsWith("&")) || (token === "|" && before.endsWith("|"))) {
    report("MPY1041", { operator: token }, span);
  } else if (/(?:\+\+|--)\s*$/.test(before)) report("MPY1037", {}, span);
  else if (/^\s*@/.test(line)) report("MPY1042", {}, span);
  else if (token === "/" && within.includes("ParamList")) report("MPY2140", {}, span);
  else if (token === "as" && within.includes("WithStatement")) report("MPY1044", {}, span);
  else if (/^\s*(?:async\s+)?with\s*\(/.test(before) && /^\s*as$/.test(token)) {
    report("MPY1044", {}, span);
  } else if (token === "*" && within[0] === "MemberExpression") report("MPY1045", {}, span);
  else if (token === "=" && !keywords.has(previous)) report("MPY1034", {}, span);
  else if (keywords.has(previous) && token === "=" ) report("MPY1038", { word: previous }, span);
  else if (token === "\n" || token === "") explainLineEnd(place, report);
  else if (keywords.has(token) && /[=(,.]$|\b(?:def|class|import|as|global|nonlocal)$/.test(before.trimEnd()) && /^\s*(?:[=(),.:]|$)/.test(after)) {
    report("MPY1038", { word: token }, span);
  } else report("MPY1001", { found: describe(token) }, span);
}

function explainLineEnd({ span, line }: Place, report: Report): void {
  if (BLOCK_WORD.test(line) && !/:\s*(?:#.*)?$/.test(line)) report("MPY1035", {}, span);
  else report("MPY1040", {}, span);
}

function describe(token: string): string {
  if (/^["']/.test(token)) return "string";
  if (/^[0-9]/.test(token)) return `number ${token}`;
  return keywords.has(token) ? `keyword '${token}'` : `'${token}'`;
}
