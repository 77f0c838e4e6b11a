/**
 * Reads values as numbers where Python converts implicitly: operands of arithmetic, counts, indices,
 * arguments of functions of `math`. Operators, builtins and modules call these.
 */

import { typeName } from "../class/type.js";
import { TypeError } from "../exception/exceptions.js";
import { unary } from "../operator/unary.js";
import { Float, type Value } from "../values.js";
import { Complex } from "./complex.js";
import { type Int, intToNumber, machineWord } from "./int.js";

/** int or bool, or what converts itself with `__int__`; not float. */
export function intOperand(value: Value): Int | undefined {
  switch (typeof value) {
    case "number":
      return Number.isInteger(value) ? value : undefined;
    case "bigint":
      return value;
    case "boolean":
      return value ? 1 : 0;
    case "object":
      return value === null || value instanceof Float ? undefined : unary("__int__", value);
    default:
      return undefined;
  }
}

/** Anything that float arithmetic takes, as a JavaScript number. */
export function floatOperand(value: Value): number | undefined {
  switch (typeof value) {
    case "number":
      return value;
    case "boolean":
      return value ? 1 : 0;
    case "bigint":
      return intToNumber(value);
    case "object": {
      if (value === null) return undefined;
      if (value instanceof Float) return value.value;
      const float = unary("__float__", value);
      if (float instanceof Float) return float.value;
      return typeof float === "number" && !Number.isInteger(float) ? float : undefined;
    }
    default:
      return undefined;
  }
}

export function complexOperand(value: Value): Complex | undefined {
  if (value instanceof Complex) return value;
  const real = floatOperand(value);
  if (real !== undefined) return new Complex(real, 0);
  const converted = typeof value === "object" ? unary("__complex__", value) : undefined;
  return converted instanceof Complex ? converted : undefined;
}

/** The int of an argument that must be one. */
export function asInt(value: Value): Int {
  const int = intOperand(value);
  if (int === undefined) throw new TypeError(`can't convert ${typeName(value)} to int`);
  return int;
}

/** An int argument that must fit a machine word: counts, widths, indices. */
export function index(value: Value): number {
  if (typeof value === "number" && (value | 0) === value) return value;
  return machineWord(asInt(value));
}

/** The number of an argument that must be one. */
export function asNumber(value: Value): number {
  const number = floatOperand(value);
  if (number === undefined) throw new TypeError(`can't convert ${typeName(value)} to float`);
  return number;
}

export function asComplex(value: Value): Complex {
  const complex = complexOperand(value);
  if (complex === undefined) throw new TypeError(`can't convert ${typeName(value)} to complex`);
  return complex;
}
