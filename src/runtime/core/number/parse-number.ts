/** Text as numbers: `int("ff", 16)`, `float("1e3")`, `complex("1+2j")`, with MicroPython's rules. */

import { isDetailed } from "../exception/error-detail.js";
import { ValueError } from "../exception/exceptions.js";
import { b } from "../text/bytes.js";
import { quoteBytes } from "../text/bytes-repr.js";
import { toInt } from "../values.js";
import { Complex } from "./complex.js";
import type { Int } from "./int.js";

/** Ints up to here are parsed at once; longer ones may not contain underscores. */
const SMALL_INT = 0x3fffffff;

/** `text` holds one character for each byte, as messages quote it. */
export function parseInteger(text: string, radix: number): Int {
  if ((radix !== 0 && radix < 2) || radix > 36) {
    throw new ValueError("int() arg 2 must be >= 2 and <= 36");
  }
  const [, sign, body] = /^[ \t\n\v\f\r]*([+-]?)(.*)$/s.exec(text) as unknown as string[];
  const prefix = prefixOf(body as string, radix);
  const digits = (body as string).slice(prefix.length);
  const found = /^([0-9a-zA-Z_]+)[ \t\n\v\f\r]*$/.exec(digits)?.[1];
  const value = found === undefined ? null : parseDigits(found, prefix.radix);
  if (value === null) {
    const shown = prefix.radix === 1 ? 0 : prefix.radix;
    const wrong = isDetailed() ? `: ${quoteBytes(b(digits))}` : "";
    throw new ValueError(`invalid syntax for integer with base ${shown}${wrong}`);
  }
  return toInt(sign === "-" ? -value : value);
}

/** `0x`, `0o`, `0b` where the radix allows; a plain leading 0 in radix 0 stands for zero only. */
function prefixOf(body: string, radix: number): { length: number; radix: number } {
  if (body.length > 1 && body[0] === "0") {
    const named = { x: 16, o: 8, b: 2 }[(body[1] as string).toLowerCase()];
    if (named !== undefined && (radix === 0 || radix === named)) return { length: 2, radix: named };
    return { length: 0, radix: radix || 1 };
  }
  return { length: 0, radix: radix || 10 };
}

function parseDigits(digits: string, radix: number): bigint | null {
  const plain = digits.replaceAll("_", "");
  for (const digit of plain) {
    const value = Number.parseInt(digit, 36);
    if (value >= radix && !(radix === 1 && value === 0)) return null;
  }
  const value = bigOf(plain, radix);
  return value > SMALL_INT && plain !== digits ? null : value;
}

function bigOf(digits: string, radix: number): bigint {
  if (digits === "" || radix === 1) return 0n;
  if (radix === 10) return BigInt(digits);
  const named = { 16: "0x", 8: "0o", 2: "0b" }[radix];
  if (named !== undefined) return BigInt(named + digits);
  let value = 0n;
  for (const digit of digits) value = value * BigInt(radix) + BigInt(Number.parseInt(digit, 36));
  return value;
}

/** The float that a text holds and nothing else. */
export function parseFloatText(text: string): number {
  const part = realPart(text);
  if (part === null || part.rest !== "") throw invalidNumber();
  return part.value;
}

export function parseComplex(text: string): Complex {
  const first = realPart(text, true);
  if (first === null) throw invalidNumber();
  if (first.imaginary) {
    if (first.rest !== "") throw invalidNumber();
    return new Complex(0, first.value);
  }
  if (first.rest === "") return new Complex(first.value, 0);
  const second = realPart(first.rest, true);
  if (second === null || !second.imaginary || second.rest !== "") throw invalidNumber();
  return new Complex(first.value, second.value);
}

interface Part {
  value: number;
  imaginary: boolean;
  rest: string;
}

/** A signed decimal number at the beginning, with the white space around it. */
function realPart(text: string, imaginary = false): Part | null {
  const start = text.replace(/^[ \t\n\v\f\r]+/, "");
  const sign = /^[+-]/.exec(start)?.[0] ?? "";
  const body = start.slice(sign.length);
  const named = NAMED.exec(body)?.[0];
  const decimal =
    named === undefined ? scanDecimal(body) : { value: namedValue(named), end: named.length };
  if (decimal === null) return null;
  let { value, end } = decimal;
  const j = imaginary && /^j/i.test(body.slice(end));
  if (j) {
    if (end === 0) value = 1;
    end++;
  }
  if (end === 0) return null;
  const rest = body.slice(end).replace(/^[ \t\n\v\f\r]+/, "");
  return { value: sign === "-" ? -value : value, imaginary: j, rest };
}

const NAMED = /^(?:inf(?:inity)?|nan)/i;

function namedValue(name: string): number {
  return /^i/i.test(name) ? Number.POSITIVE_INFINITY : Number.NaN;
}

/**
 * Digits with a point and an exponent, each of which may be empty: MicroPython takes "e " for zero.
 * Underscores may stand anywhere. Null when the text ends after the `e`.
 */
function scanDecimal(text: string): { value: number; end: number } | null {
  const [, mantissa, exponent] = /^([\d_]*(?:\.[\d_]*)?)(e[+-]?)?/i.exec(
    text,
  ) as unknown as string[];
  let end = (mantissa as string).length;
  let digits = (mantissa as string).replaceAll("_", "");
  if (!/\d/.test(digits)) digits = "0";
  if (exponent === undefined) return { value: Number(digits), end };
  end += exponent.length;
  if (end === text.length) return null;
  const power = (/^[\d_]*/.exec(text.slice(end)) as RegExpExecArray)[0];
  end += power.length;
  const sign = exponent.endsWith("-") ? "-" : "";
  return { value: Number(`${digits}e${sign}${power.replaceAll("_", "") || 0}`), end };
}

function invalidNumber(): ValueError {
  return new ValueError("invalid syntax for number");
}
