/** Numbers, `None`, `True`, `...`, and strings and bytes without replacement fields. */
import type { Constant, ConstantValue, Expr, Span } from "../ast.js";
import { type Build, span } from "../build.js";
import type { CstNode } from "../cst.js";
import { decodeNumber } from "../literals/number.js";
import {
  concatenate,
  type EscapeFault,
  splitLiteral,
  unescapeBytes,
  unescapeText,
} from "../literals/string.js";
import { buildFormatted } from "./joined-str.js";

export function constant(at: Span, value: ConstantValue): Constant {
  return { kind: "Constant", span: span(at), value };
}

export function buildNone(_build: Build, node: CstNode): Constant {
  return constant(node, { type: "None" });
}

export function buildEllipsis(_build: Build, node: CstNode): Constant {
  return constant(node, { type: "Ellipsis" });
}

export function buildBoolean(build: Build, node: CstNode): Constant {
  return constant(node, { type: "bool", value: build.text(node) === "True" });
}

export function buildNumber(build: Build, node: CstNode): Constant {
  const literal = build.text(node);
  const value = decodeNumber(literal);
  if ("type" in value) return constant(node, value);
  if (value.fault === "integer") build.report("MPY1013", { literal, base: value.base }, node);
  else if (value.fault === "leading-zero") build.report("MPY1012", { literal }, node);
  else build.report("MPY1011", { literal }, node);
  return constant(node, { type: "int", value: 0n });
}

/** `String`, `FormatString` and `ContinuedString`: one literal or several in a row. */
export function buildString(build: Build, node: CstNode): Expr {
  const pieces = node.name === "ContinuedString" ? node.children : [node];
  const literals = pieces.map((piece) => splitLiteral(build.text(piece)));
  pieces.forEach((piece, i) => {
    const { prefix = "", terminated = true } = literals[i] ?? {};
    // The scanner has seen to all others; it does not look into replacement fields.
    if (!terminated) build.report("MPY1023", {}, piece);
    if (prefix !== prefix.toLowerCase()) build.report("MPY1017", { prefix }, piece);
  });
  const bytes = literals.filter((literal) => literal.bytes).length;
  if (bytes > 0 && bytes < literals.length) {
    build.report("MPY1018", {}, node);
    return constant(node, { type: "None" });
  }
  if (literals.some((literal) => literal.format)) return buildFormatted(build, node, pieces);
  if (bytes > 0) {
    const parts = pieces.map((piece) => decodeBytes(build, piece));
    return constant(node, { type: "bytes", value: concatenate(parts) });
  }
  const text = pieces.map((piece) => decodeText(build, piece)).join("");
  return constant(node, { type: "str", value: text });
}

function decodeBytes(build: Build, piece: CstNode): Uint8Array {
  const literal = build.text(piece);
  const { bodyStart, bodyEnd, raw } = splitLiteral(literal);
  const fail = escapeReporter(build, piece.start + bodyStart);
  return unescapeBytes(literal.slice(bodyStart, bodyEnd), raw, fail);
}

function decodeText(build: Build, piece: CstNode): string {
  const literal = build.text(piece);
  const { bodyStart, bodyEnd, raw } = splitLiteral(literal);
  const body = literal.slice(bodyStart, bodyEnd);
  return raw ? body : unescapeText(body, escapeReporter(build, piece.start + bodyStart));
}

/** Reports the faults of escapes in a text that starts at `offset` in the source. */
export function escapeReporter(build: Build, offset: number): (fault: EscapeFault) => void {
  return ({ kind, at, length }) => {
    const place = { start: offset + at, end: offset + at + length };
    const escape = build.text(place);
    if (kind === "name") build.report("MPY1016", {}, place);
    else if (kind === "range") build.report("MPY1015", { escape }, place);
    else build.report("MPY1014", { escape }, place);
  };
}
