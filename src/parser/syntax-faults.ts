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
  /** The line up to the token. */
  readonly before: string;
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
  let inMatch = false;
  for (const fault of faults) {
    const place = readPlace(source, fault);
    const { line } = source.position(place.span.start);
    // After the first surprise of a line the others are its echo.
    if (lines.has(line)) continue;
    lines.add(line);
    if (inMatch && /^\s*case\b.*:/.test(place.line)) continue;
    inMatch = /^\s*match\b/.test(place.line);
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
    line: whole,
    within: fault.within,
  };
}

function lineEnd(text: string, at: number): number {
  const end = text.indexOf("\n", at);
  return end === -1 ? text.length : end;
}

interface Pattern {
  readonly when: (place: Place) => boolean;
  readonly say: (place: Place, report: Report) => void;
}

const patterns: readonly Pattern[] = [
  {
    when: ({ line }) => /^\s*(?:match|case)\b.*:\s*(?:#.*)?$/.test(line),
    say: ({ span }, report) => report("MPY2121", {}, span),
  },
  {
    when: ({ line }) => /^\s*type\s+\w+.*=/.test(line),
    say: ({ span }, report) => report("MPY2122", {}, span),
  },
  {
    when: ({ before }) => /(?:^|[\s;:])print$/.test(before.trimEnd()),
    say: ({ span }, report) => report("MPY1032", {}, span),
  },
  {
    when: ({ before }) => /(?:^|[\s;:])exec$/.test(before.trimEnd()),
    say: ({ span }, report) => report("MPY1033", {}, span),
  },
  {
    when: ({ token, within }) => within[0] === "FormatReplacement" && /^[}!:]$/.test(token),
    say: ({ span }, report) => report("MPY1025", {}, span),
  },
  {
    when: ({ token }) => token === ":=",
    say: ({ span }, report) => report("MPY1039", {}, span),
  },
  {
    when: ({ token, before }) => token === "if" && /\belse\s*$/.test(before),
    say: ({ span }, report) => report("MPY1036", {}, span),
  },
  {
    when: ({ token, before }) => (token === "&" || token === "|") && before.endsWith(token),
    say: ({ token, span }, report) => report("MPY1041", { operator: token }, span),
  },
  {
    when: ({ before }) => /(?:\+\+|--)\s*(?:#.*)?$/.test(before),
    say: ({ span }, report) => report("MPY1037", {}, span),
  },
  {
    when: ({ line }) => /^\s*@/.test(line),
    say: ({ span }, report) => report("MPY1042", {}, span),
  },
  {
    when: ({ token, within }) => token === "/" && within.includes("ParamList"),
    say: ({ span }, report) => report("MPY2140", {}, span),
  },
  {
    when: ({ token, within }) => token === "as" && within.includes("WithStatement"),
    say: ({ span }, report) => report("MPY1044", {}, span),
  },
  {
    when: ({ token, within }) => token === "*" && within[0] === "MemberExpression",
    say: ({ span }, report) => report("MPY1045", {}, span),
  },
  {
    when: ({ token, before }) => BLOCK_WORD.test(token) && /[:;]\s*$/.test(before),
    say: ({ token, span }, report) => report("MPY1046", { statement: token }, span),
  },
  {
    when: ({ token, before }) => token === "=" && keywords.has(lastWord(before)),
    say: ({ before, span }, report) => report("MPY1038", { word: lastWord(before) }, span),
  },
  {
    when: ({ token }) => token === "=",
    say: ({ span }, report) => report("MPY1034", {}, span),
  },
  {
    when: ({ token, before }) =>
      keywords.has(token) && /(?:\.|\b(?:def|class|import|as|global|nonlocal))\s*$/.test(before),
    say: ({ token, span }, report) => report("MPY1038", { word: token }, span),
  },
  {
    when: ({ token, line }) =>
      token === "\n" && BLOCK_WORD.test(line) && !/:\s*(?:#.*)?$/.test(line),
    say: ({ span }, report) => report("MPY1035", {}, span),
  },
  {
    when: ({ token }) => token === "\n" || token === "",
    say: ({ span }, report) => report("MPY1040", {}, span),
  },
  {
    when: () => true,
    say: ({ token, span }, report) => report("MPY1001", { found: describe(token) }, span),
  },
];

function explain(place: Place, report: Report): void {
  patterns.find(({ when }) => when(place))?.say(place, report);
}

function lastWord(before: string): string {
  return /([A-Za-z_]\w*)\s*$/.exec(before)?.[1] ?? "";
}

function describe(token: string): string {
  if (/^["']/.test(token)) return "string";
  if (/^[0-9]/.test(token)) return `number ${token}`;
  return keywords.has(token) ? `keyword '${token}'` : `'${token}'`;
}
