/**
 * The value of string and bytes literals, by the rules of MicroPython's lexer: prefixes are lower
 * case, unknown escapes keep their backslash, `\u` means nothing in bytes, `\N{...}` is refused.
 * Called by the builders of constants and of joined strings.
 */

export interface LiteralParts {
  readonly prefix: string;
  readonly raw: boolean;
  readonly bytes: boolean;
  readonly format: boolean;
  readonly template: boolean;
  /** Length of prefix and opening quotes. */
  readonly bodyStart: number;
  /** Index of the closing quotes in the literal. */
  readonly bodyEnd: number;
  readonly terminated: boolean;
}

const OPENING = /^([a-zA-Z]*)("""|'''|"|')/;

export function splitLiteral(literal: string): LiteralParts {
  const match = OPENING.exec(literal);
  const prefix = match?.[1] ?? "";
  const quotes = match?.[2] ?? "";
  const kinds = prefix.toLowerCase();
  const bodyStart = prefix.length + quotes.length;
  return {
    prefix,
    raw: kinds.includes("r"),
    bytes: kinds.includes("b"),
    format: kinds.includes("f") || kinds.includes("t"),
    template: kinds.includes("t"),
    bodyStart,
    bodyEnd: Math.max(bodyStart, literal.length - quotes.length),
    terminated: literal.length >= bodyStart + quotes.length && literal.endsWith(quotes),
  };
}

export type EscapeFaultKind = "digits" | "range" | "name";

export interface EscapeFault {
  readonly kind: EscapeFaultKind;
  /** Offset of the backslash in the body, and length of the escape. */
  readonly at: number;
  readonly length: number;
}

const simpleEscapes: Readonly<Record<string, number>> = {
  "\\": 0x5c,
  "'": 0x27,
  '"': 0x22,
  a: 0x07,
  b: 0x08,
  t: 0x09,
  n: 0x0a,
  v: 0x0b,
  f: 0x0c,
  r: 0x0d,
};

const hexDigits: Readonly<Record<string, number>> = { x: 2, u: 4, U: 8 };

interface Escape {
  /** Code point the escape stands for; null when it stands for nothing (a continued line). */
  readonly code: number | null;
  readonly length: number;
  readonly fault: EscapeFaultKind | null;
}

/** Reads the escape at `at` (a backslash); null when the backslash stands for itself. */
function readEscape(body: string, at: number, bytes: boolean): Escape | null {
  const letter = body[at + 1] ?? "";
  if (letter === "\n") return { code: null, length: 2, fault: null };
  const simple = simpleEscapes[letter];
  if (simple !== undefined) return { code: simple, length: 2, fault: null };
  const limit = bytes ? 0xff : 0x10ffff;
  if (letter >= "0" && letter <= "7") {
    const digits = /^[0-7]{1,3}/.exec(body.slice(at + 1, at + 4))?.[0] ?? "";
    const code = Number.parseInt(digits, 8);
    return { code, length: 1 + digits.length, fault: code > limit ? "range" : null };
  }
  if (letter === "N") return { code: null, length: 2, fault: "name" };
  const count = hexDigits[letter];
  if (count === undefined || (bytes && letter !== "x")) return null;
  const digits = body.slice(at + 2, at + 2 + count);
  if (digits.length < count || !/^[0-9a-fA-F]+$/.test(digits)) {
    return { code: null, length: 2, fault: "digits" };
  }
  const code = Number.parseInt(digits, 16);
  return { code, length: 2 + count, fault: code > limit ? "range" : null };
}

/** The text of a str literal's body; faults are told to `fail` and stand for nothing. */
export function unescapeText(body: string, fail: (fault: EscapeFault) => void): string {
  let text = "";
  let from = 0;
  for (let at = body.indexOf("\\"); at !== -1; at = body.indexOf("\\", from)) {
    text += body.slice(from, at);
    const escape = readEscape(body, at, false);
    if (escape === null) {
      // The character after the backslash is kept as it is, were it a backslash or not.
      const next = body.codePointAt(at + 1);
      const kept = next === undefined ? "" : String.fromCodePoint(next);
      text += `\\${kept}`;
      from = at + 1 + kept.length;
      continue;
    }
    if (escape.fault !== null) fail({ kind: escape.fault, at, length: escape.length });
    else if (escape.code !== null) text += String.fromCodePoint(escape.code);
    from = at + escape.length;
  }
  return text + body.slice(from);
}

/** The bytes of a bytes literal's body; characters beyond ASCII stand for their UTF-8 form. */
export function unescapeBytes(
  body: string,
  raw: boolean,
  fail: (fault: EscapeFault) => void,
): Uint8Array {
  const encoder = new TextEncoder();
  const parts: Uint8Array[] = [];
  let from = 0;
  const keep = (to: number): void => {
    if (to > from) parts.push(encoder.encode(body.slice(from, to)));
  };
  for (let at = raw ? -1 : body.indexOf("\\"); at !== -1; ) {
    const escape = readEscape(body, at, true);
    if (escape === null) {
      at = body.indexOf("\\", at + 2);
      continue;
    }
    keep(at);
    if (escape.fault !== null) fail({ kind: escape.fault, at, length: escape.length });
    else if (escape.code !== null) parts.push(Uint8Array.of(escape.code));
    from = at + escape.length;
    at = body.indexOf("\\", from);
  }
  keep(body.length);
  return concatenate(parts);
}

export function concatenate(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
