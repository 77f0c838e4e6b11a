/** Lowers literals. */
import * as js from "../../emit/build.js";
import type { Expression } from "../../emit/tree.js";
import type { Constant, ConstantValue } from "../../parser/ast.js";
import type { Frame } from "../frame.js";

type Lowerings = {
  readonly [T in ConstantValue["type"]]: (
    value: Extract<ConstantValue, { type: T }>,
    /** As it stands in the source. */
    written: string,
  ) => Expression;
};

const MAX_SAFE = 9007199254740991n;

const lowerings: Lowerings = {
  None: () => js.nil(),
  Ellipsis: () => js.rt("Ellipsis"),
  bool: ({ value }) => js.literal(value),
  int: ({ value }, written) => asWritten(lowerInt(value), written),
  float: ({ value }) => lowerFloat(value),
  complex: ({ imag }) => js.rtCall("imaginary", numberLiteral(imag)),
  str: ({ value }, written) =>
    lowerText(
      value,
      // Text over several lines stays so.
      written.includes("\n") && value.includes("\n") ? js.lines(value) : js.literal(value),
    ),
  bytes: ({ value }, written) =>
    js.rtCall(
      "b",
      written.includes("\n") && isLines(value) ? js.lines(latin1(value)) : bytesText(value),
    ),
};

/**
 * ```py
 * 1; 2**53; 1.5; 1.0; b"ab"; None
 * ```
 * ```ts
 * 1; 9007199254740992n; 1.5; new Float(1); b("ab"); null
 * ```
 */
export function lowerConstant(node: Constant, frame: Frame): Expression {
  const lower = lowerings[node.value.type] as (value: ConstantValue, written: string) => Expression;
  const { start, end } = node.span;
  return lower(node.value, frame.module.source.text.slice(start, end));
}

/** `0x3C` and `400_000` say more than their decimal digits. */
export function asWritten(literal: Expression, written: string): Expression {
  const isSame =
    /^(?:0[xX][\da-fA-F]+|0[bB][01]+|0[oO][0-7]+|[1-9]\d{0,2}(?:_\d{3})+)$/.test(written) &&
    Number(written.replaceAll("_", "")) === literal.value;
  return isSame ? { ...literal, raw: written } : literal;
}

/** Each byte as a character, those that cannot be read as Python writes them: `"\x04MQTT\x00"`. */
function bytesText(value: Uint8Array): Expression {
  const raw = [...value].map((byte) => ESCAPED[byte] ?? readable(byte)).join("");
  return { ...js.literal(latin1(value)), raw: `"${raw}"` };
}

/** One character for each byte. */
function latin1(value: Uint8Array): string {
  return Array.from(value, (byte) => String.fromCharCode(byte)).join("");
}

/** Plain text of several lines. */
function isLines(value: Uint8Array): boolean {
  return (
    value.includes(NEWLINE) && value.every((byte) => byte === NEWLINE || (byte >= 32 && byte < 127))
  );
}

const NEWLINE = 10;

const ESCAPED: Readonly<Record<number, string>> = {
  9: "\\t",
  10: "\\n",
  13: "\\r",
  34: '\\"',
  92: "\\\\",
};

const readable = (byte: number): string =>
  byte >= 32 && byte < 127 ? String.fromCharCode(byte) : `\\x${byte.toString(16).padStart(2, "0")}`;

const SURROGATE_PAIR = /[\ud800-\udbff][\udc00-\udfff]/;

/** The runtime must know of characters beyond U+FFFF: it counts code points from then on. */
export function lowerText(value: string, lowered: Expression): Expression {
  return SURROGATE_PAIR.test(value) ? js.rtCall("text", lowered) : lowered;
}

/** An int literal: a number where it is safe, else a bigint. */
export function lowerInt(value: bigint): Expression {
  return value <= MAX_SAFE && value >= -MAX_SAFE ? js.literal(Number(value)) : js.bigint(value);
}

function lowerFloat(value: number): Expression {
  return Number.isInteger(value)
    ? js.construct(js.rt("Float"), [numberLiteral(value)])
    : numberLiteral(value);
}

function numberLiteral(value: number): Expression {
  return Number.isFinite(value) ? js.literal(value) : js.id("Infinity");
}
