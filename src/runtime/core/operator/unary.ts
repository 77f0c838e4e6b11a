/**
 * Unary operators and conversions of any value: the fast functions `neg`, `pos`, `invert`, `truth`
 * that emitted code calls, and `unary`, which asks a value by the name of the special method.
 */

import { callSpecial } from "../call/call.js";
import { typeName } from "../class/type.js";
import { TypeError } from "../exception/exceptions.js";
import { hashFloat, hashInt } from "../hash/hash-number.js";
import { type Int, intInvert, intNeg } from "../number/int.js";
import { NATIVE, UNARY, type UnaryOp } from "../slots.js";
import { stringLength } from "../text/strings.js";
import { Float, toFloat, type Value } from "../values.js";

export function neg(value: Value): Value {
  if (typeof value === "number") return value === 0 ? 0 : -value;
  return required("__neg__", value);
}

export function pos(value: Value): Value {
  if (typeof value === "number") return value;
  return required("__pos__", value);
}

export function invert(value: Value): Value {
  if (typeof value === "number" && (value | 0) === value) return ~value;
  return required("__invert__", value);
}

/** Truth as `if`, `while`, `not`, `and` and `or` see it. */
export function truth(value: Value): boolean {
  switch (typeof value) {
    case "boolean":
      return value;
    case "number":
      return value !== 0;
    case "string":
      return value !== "";
    case "object":
      return value !== null && objectTruth(value);
    default:
      return true;
  }
}

function objectTruth(value: Value): boolean {
  // Lists and tuples; bytes.
  if (Array.isArray(value) || value instanceof Uint8Array) return value.length !== 0;
  const told = unary("__bool__", value);
  if (told !== undefined) return told === true;
  const length = unary("__len__", value);
  return length === undefined || length !== 0;
}

/** The result of a special method of one operand; undefined where the value has no such operation. */
export function unary(op: UnaryOp, value: Value): Value | undefined {
  switch (typeof value) {
    case "number":
      return Number.isInteger(value) ? intUnary(op, value) : floatUnary(op, value);
    case "bigint":
      return intUnary(op, value);
    case "boolean":
      return op === "__len__" ? undefined : intUnary(op, value ? 1 : 0);
    case "string":
      return stringUnary(op, value);
    case "object":
      if (value === null) return op === "__bool__" ? false : undefined;
      if (value instanceof Float) return floatUnary(op, value.value);
      if (Array.isArray(value)) return arrayUnary(op, value);
      return objectUnary(op, value);
    default:
      return undefined;
  }
}

function required(op: UnaryOp, value: Value): Value {
  const result = unary(op, value);
  if (result === undefined) {
    throw new TypeError(`unsupported type for ${op}: '${typeName(value)}'`);
  }
  return result;
}

function intUnary(op: UnaryOp, value: Int): Value | undefined {
  switch (op) {
    case "__neg__":
      return intNeg(value);
    case "__pos__":
    case "__int__":
      return value;
    case "__invert__":
      return intInvert(value);
    case "__abs__":
      return value < 0 ? intNeg(value) : value;
    case "__bool__":
      return value !== 0;
    case "__hash__":
      return hashInt(value);
    default:
      return undefined;
  }
}

function floatUnary(op: UnaryOp, value: number): Value | undefined {
  switch (op) {
    case "__neg__":
      return toFloat(-value);
    case "__pos__":
      return toFloat(value);
    case "__abs__":
      return toFloat(Math.abs(value));
    case "__bool__":
      return value !== 0;
    case "__hash__":
      return hashFloat(value);
    default:
      return undefined;
  }
}

function stringUnary(op: UnaryOp, value: string): Value | undefined {
  if (op === "__len__") return stringLength(value);
  return op === "__bool__" ? value !== "" : undefined;
}

function arrayUnary(op: UnaryOp, value: Value[]): Value | undefined {
  switch (op) {
    case "__bool__":
      return value.length !== 0;
    case "__len__":
      return value.length;
    default:
      return undefined;
  }
}

function objectUnary(op: UnaryOp, value: Value): Value | undefined {
  const method = Object.getPrototypeOf(value)?.[op];
  if (typeof method === "function") {
    const result = callSpecial(value, method);
    if (op === "__int__" && typeof result !== "bigint" && !Number.isInteger(result)) {
      if (typeof result !== "boolean") throw new TypeError();
    }
    return result;
  }
  if (value[UNARY] !== undefined) return value[UNARY](op);
  return NATIVE in value ? unary(op, value[NATIVE]) : undefined;
}

/** `abs(x)`. */
export function abs(value: Value): Value {
  return required("__abs__", value);
}
