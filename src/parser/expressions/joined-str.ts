/**
 * f-strings and t-strings. MicroPython turns an f-string into a call of `str.format` on all
 * adjacent literals together; that is a `JoinedStr` here as long as the literal text is regular,
 * and the very call where it is not (`f"{a}" "{}"` or a lone `}`). A t-string is a call of
 * `__template__`, as in MicroPython's lexer.
 */
import type { Constant, Expr, FormattedValue, JoinedStr, Span } from "../ast.js";
import { type Build, buildExpressions, childNamed, must, span } from "../build.js";
import type { CstNode } from "../cst.js";
import { splitLiteral, unescapeText } from "../literals/string.js";
import { buildClauses } from "./comprehension.js";
import { constant, escapeReporter } from "./constant.js";

interface Text {
  readonly kind: "text";
  readonly span: Span;
  /** After escapes, before `{{` and `}}` are read as braces. */
  readonly text: string;
}

interface Field {
  readonly kind: "field";
  readonly span: Span;
  readonly value: Expr;
  /** Source of the expression, as `t"{x}"` keeps it. */
  readonly source: string;
  readonly debug: boolean;
  readonly conversion: "s" | "r" | null;
  readonly spec: readonly Part[] | null;
}

type Part = Text | Field;

export function buildFormatted(build: Build, node: CstNode, pieces: readonly CstNode[]): Expr {
  const template = pieces.some((piece) => splitLiteral(build.text(piece)).template);
  if (template && pieces.length > 1) build.report("MPY1019", {}, node);
  const parts = pieces.flatMap((piece) => literalParts(build, piece));
  if (template) return templateCall(node, parts);
  return joined(node, parts) ?? formatCall(node, parts);
}

function literalParts(build: Build, piece: CstNode): Part[] {
  const { bodyStart, bodyEnd, raw } = splitLiteral(build.text(piece));
  const body = { start: piece.start + bodyStart, end: piece.start + bodyEnd };
  return readParts(build, body, piece.children, raw);
}

/** Text and replacement fields between two offsets. */
function readParts(build: Build, body: Span, nodes: readonly CstNode[], raw: boolean): Part[] {
  const parts: Part[] = [];
  let from = body.start;
  const readText = (to: number): void => {
    if (to <= from) return;
    const place = { start: from, end: to };
    const source = build.text(place);
    const text = raw ? source : unescapeText(source, escapeReporter(build, from));
    parts.push({ kind: "text", span: place, text });
  };
  for (const node of nodes) {
    if (node.name !== "FormatReplacement") continue;
    readText(node.start);
    parts.push(...readField(build, node, raw));
    from = node.end;
  }
  readText(body.end);
  return parts;
}

const fieldEnds: ReadonlySet<string> = new Set([
  "FormatSelfDoc",
  "FormatConversion",
  "FormatSpec",
  "}",
]);

function readField(build: Build, node: CstNode, raw: boolean): Part[] {
  const inside = node.children.slice(1);
  const endAt = inside.findIndex((child) => fieldEnds.has(child.name));
  const nodes = endAt === -1 ? inside : inside.slice(0, endAt);
  const conversion = childNamed(node, "FormatConversion");
  const spec = childNamed(node, "FormatSpec");
  const debug = childNamed(node, "FormatSelfDoc") !== undefined;
  const start = node.start + 1;
  const end = conversion?.start ?? spec?.start ?? node.end - 1;
  checkField(build, { start, end }, debug);

  const parts: Part[] = [];
  const source = build.text({ start, end });
  if (debug) {
    parts.push({ kind: "text", span: { start, end }, text: source });
  }
  const specBody = spec && { start: spec.start + 1, end: spec.end };
  parts.push({
    kind: "field",
    span: span(node),
    value: fieldValue(build, nodes, { start, end }),
    source: (debug ? source.slice(0, -1) : source).trimEnd(),
    debug,
    conversion: conversion === undefined ? null : conversionOf(build, conversion),
    spec: spec && specBody ? readParts(build, specBody, spec.children, raw) : null,
  });
  return parts;
}

function conversionOf(build: Build, node: CstNode): "s" | "r" | null {
  const letter = build.text(node).slice(1);
  if (letter === "s" || letter === "r") return letter;
  build.report("MPY1021", { conversion: letter }, node);
  return null;
}

function fieldValue(build: Build, nodes: readonly CstNode[], field: Span): Expr {
  const [first] = nodes;
  if (first === undefined) {
    // Between parentheses nothing is a tuple, if only something blank stands there.
    const empty = field.start === field.end;
    if (empty) build.report("MPY1025", {}, { start: field.end, end: field.end + 1 });
    return { kind: "Tuple", span: span(field), elts: [] };
  }
  if (first.name !== "ComprehensionField") return buildExpressions(build, nodes);
  return {
    kind: "GeneratorExp",
    span: span(first),
    elt: build.expr(must(first.children[0], "the element of a comprehension")),
    generators: buildClauses(build, first.children.slice(1)),
  };
}

/**
 * MicroPython cuts a field out of the text without reading it as Python: at the first `:` or `}`
 * (or `!r`, `!s`) outside of square brackets and braces. Where that is not the end of the
 * expression the program means something else there.
 */
function checkField(build: Build, field: Span, debug: boolean): void {
  const text = build.text({ start: field.start, end: field.end + 3 });
  let level = 0;
  let at = 0;
  for (; at < field.end - field.start; at++) {
    const char = text[at] ?? "";
    if (level === 0 && (char === ":" || char === "}")) break;
    if (level === 0 && /^![rs][:}]/.test(text.slice(at, at + 3))) break;
    if (char === "[" || char === "{") level++;
    else if (char === "]" || char === "}") level--;
  }
  if (at < field.end - field.start || level !== 0) {
    const cut = { start: field.start + at, end: field.start + at + 1 };
    build.report("MPY1020", { character: build.text(cut) }, cut);
  } else if (debug && !text.slice(0, at).endsWith("=")) {
    build.report("MPY1022", {}, field);
  }
}

/** `{{` and `}}` read as braces; null when a brace stands alone. */
function plainBraces(text: string): string | null {
  if (/[{}]/.test(text.replace(/\{\{|\}\}/g, ""))) return null;
  return text.replaceAll("{{", "{").replaceAll("}}", "}");
}

function joined(at: Span, parts: readonly Part[]): JoinedStr | null {
  const values: Expr[] = [];
  let text = "";
  let textSpan: Span | null = null;
  const flush = (): void => {
    if (textSpan !== null && text !== "") {
      values.push(constant(textSpan, { type: "str", value: text }));
    }
    text = "";
    textSpan = null;
  };
  let pending = "";
  for (const part of [...parts, null]) {
    if (part?.kind === "text") {
      pending += part.text;
      textSpan = textSpan === null ? part.span : span(textSpan, part.span);
      continue;
    }
    const plain = plainBraces(pending);
    if (plain === null) return null;
    text = plain;
    pending = "";
    flush();
    if (part === null) break;
    const format_spec = part.spec === null ? null : joined(part.span, part.spec);
    if (part.spec !== null && format_spec === null) return null;
    const { value, conversion } = part;
    const formatted: FormattedValue = {
      kind: "FormattedValue",
      span: part.span,
      value,
      conversion,
      format_spec,
    };
    values.push(formatted);
  }
  return { kind: "JoinedStr", span: span(at), values };
}

/** The call that MicroPython makes of every f-string. */
function formatCall(at: Span, parts: readonly Part[]): Expr {
  const args: Expr[] = [];
  const write = (part: Part): string => {
    if (part.kind === "text") return part.text;
    args.push(part.value);
    const conversion = part.conversion === null ? "" : `!${part.conversion}`;
    const spec = part.spec === null ? "" : `:${part.spec.map(write).join("")}`;
    return `{${conversion}${spec}}`;
  };
  const template = constant(at, { type: "str", value: parts.map(write).join("") });
  const attrSpan = span(at);
  return {
    kind: "Call",
    span: span(at),
    func: { kind: "Attribute", span: span(at), value: template, attr: "format", attrSpan },
    args,
    keywords: [],
  };
}

/** `__template__(strings, value, source, conversion, spec, ...)`. */
function templateCall(at: Span, parts: readonly Part[]): Expr {
  const strings: Constant[] = [];
  const interpolations: Expr[] = [];
  let text = "";
  const flush = (): void => {
    strings.push(constant(at, { type: "str", value: text }));
    text = "";
  };
  for (const part of parts) {
    if (part.kind === "text") {
      text += plainBraces(part.text) ?? part.text;
      continue;
    }
    flush();
    const conversion = part.conversion ?? (part.debug && part.spec === null ? "r" : null);
    interpolations.push(
      part.value,
      constant(part.span, { type: "str", value: part.source }),
      constant(
        part.span,
        conversion === null ? { type: "None" } : { type: "str", value: conversion },
      ),
      templateSpec(part),
    );
  }
  flush();
  const tuple = (elts: readonly Expr[]): Expr => ({ kind: "Tuple", span: span(at), elts });
  const wrap = 1 + interpolations.length > 255;
  return {
    kind: "Call",
    span: span(at),
    func: { kind: "Name", span: span(at), id: "__template__" },
    args: [tuple(strings), ...(wrap ? [tuple(interpolations)] : interpolations)],
    keywords: [],
  };
}

function templateSpec(field: Field): Expr {
  const spec = field.spec ?? [];
  const nested = spec.some((part) => part.kind === "field");
  if (nested) return joined(field.span, spec) ?? formatCall(field.span, spec);
  const text = spec.map((part) => (part.kind === "text" ? part.text : "")).join("");
  return constant(field.span, { type: "str", value: text });
}
