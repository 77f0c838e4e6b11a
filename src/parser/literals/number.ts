/**
 * The value of a number literal, by the rules of MicroPython: underscores may stand anywhere after
 * the first digit, `0777` is an error. Called by the builder of constants.
 */
import type { ConstantValue } from "../ast.js";

const prefixes: Readonly<Record<string, { readonly base: number; readonly digits: RegExp }>> = {
  "0b": { base: 2, digits: /^[01]+$/ },
  "0o": { base: 8, digits: /^[0-7]+$/ },
  "0x": { base: 16, digits: /^[0-9a-f]+$/ },
};

const FLOAT = /^(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:e[+-]?[0-9]+)?(j?)$/;

export type NumberFault =
  | { readonly fault: "integer"; readonly base: number }
  | { readonly fault: "leading-zero" }
  | { readonly fault: "number" };

export function decodeNumber(literal: string): ConstantValue | NumberFault {
  const text = literal.replaceAll("_", "").toLowerCase();
  const prefix = prefixes[text.slice(0, 2)];
  if (prefix !== undefined) {
    if (!prefix.digits.test(text.slice(2))) {
      return text.includes(".") ? { fault: "number" } : { fault: "integer", base: prefix.base };
    }
    return { type: "int", value: BigInt(text) };
  }
  if (/^[0-9]+$/.test(text)) {
    if (/^0+[1-9]/.test(text)) return { fault: "leading-zero" };
    return { type: "int", value: BigInt(text) };
  }
  const float = FLOAT.exec(text);
  if (float === null) {
    return /^[0-9]+[a-df-ik-z]/.test(text) ? { fault: "integer", base: 10 } : { fault: "number" };
  }
  if (float[1] === "j") return { type: "complex", imag: Number(text.slice(0, -1)) };
  return { type: "float", value: Number(text) };
}
