/**
 * Comparisons and `in`. `eq` and its kin are what emitted code calls (a user's `__eq__` may return
 * anything); `equal` is the yes or no that containers need.
 */

import { typeName } from "../class/type.js";
import { TypeError } from "../exception/exceptions.js";
import { each } from "../iteration/iteration.js";
import { Complex } from "../number/complex.js";
import type { CompareOp } from "../slots.js";
import { compareText } from "../text/strings.js";
import { INSTANCE, isFloat, isInt, type Value } from "../values.js";
import { operate, unsupported } from "./dispatch.js";
import { truth } from "./unary.js";

/** Both are stored as numbers or strings: `===` decides, ints and floats of a value being unlike. */
function isPlain(value: Value): boolean {
  return typeof value === "number" || typeof value === "string";
}

/** Whether the value must be asked even about itself: complex NaNs and instances with `__eq__`. */
function judgesItself(value: Value): boolean {
  if (value instanceof Complex) return true;
  return value[INSTANCE] === true && (value.__eq__ !== undefined || value.__ne__ !== undefined);
}

export function eq(left: Value, right: Value): Value {
  if (left === right && typeof left !== "object") return true;
  if (isPlain(left) && isPlain(right)) return false;
  if (left === right && (left === null || !judgesItself(left))) return true;
  const result = operate("__eq__", left, right);
  if (result !== undefined) return result;
  const swapped = swappedEquality("__eq__", left, right);
  return swapped === undefined ? left === right : swapped;
}

export function ne(left: Value, right: Value): Value {
  if (left === right && typeof left !== "object") return false;
  if (isPlain(left) && isPlain(right)) return true;
  if (left === right && (left === null || !judgesItself(left))) return false;
  const result = operate("__ne__", left, right);
  if (result !== undefined) return result;
  const same = operate("__eq__", left, right);
  if (same !== undefined) return !truth(same);
  const swapped = swappedEquality("__ne__", left, right);
  return swapped === undefined ? left !== right : swapped;
}

/** The right operand is asked when the left one knows no answer. */
function swappedEquality(op: "__eq__" | "__ne__", left: Value, right: Value): Value | undefined {
  if (op === "__eq__") return operate("__eq__", right, left);
  const result = operate("__ne__", right, left);
  if (result !== undefined) return result;
  const same = operate("__eq__", right, left);
  return same === undefined ? undefined : !truth(same);
}

export function equal(left: Value, right: Value): boolean {
  if (left === right && typeof left !== "object") return true;
  if (isPlain(left) && isPlain(right)) return false;
  return truth(eq(left, right));
}

export function lt(left: Value, right: Value): Value {
  if (typeof left === "number" && typeof right === "number") return left < right;
  if (typeof left === "string" && typeof right === "string") return compareText(left, right) < 0;
  return order("__lt__", left, right);
}

export function le(left: Value, right: Value): Value {
  if (typeof left === "number" && typeof right === "number") return left <= right;
  if (typeof left === "string" && typeof right === "string") return compareText(left, right) <= 0;
  return order("__le__", left, right);
}

export function gt(left: Value, right: Value): Value {
  if (typeof left === "number" && typeof right === "number") return left > right;
  if (typeof left === "string" && typeof right === "string") return compareText(left, right) > 0;
  return order("__gt__", left, right);
}

export function ge(left: Value, right: Value): Value {
  if (typeof left === "number" && typeof right === "number") return left >= right;
  if (typeof left === "string" && typeof right === "string") return compareText(left, right) >= 0;
  return order("__ge__", left, right);
}

/** MicroPython asks the left operand only. */
function order(op: CompareOp, left: Value, right: Value): Value {
  const result = operate(op, left, right);
  if (result !== undefined) return result;
  throw unsupported(op, typeof left === "boolean" ? Number(left) : left, right);
}

/** The relation as the comparison of sequences uses it: only True itself counts. */
export function holds(op: CompareOp, left: Value, right: Value): boolean {
  return ORDER[op](left, right) === true;
}

const ORDER: Record<CompareOp, (left: Value, right: Value) => Value> = {
  __eq__: eq,
  __ne__: ne,
  __lt__: lt,
  __le__: le,
  __gt__: gt,
  __ge__: ge,
};

function isNumeric(value: Value): boolean {
  if (typeof value === "number" || typeof value === "boolean") return true;
  return isFloat(value) || value instanceof Complex;
}

/** What MicroPython stores in a pointer; only for these does it look at both operands together. */
function isSmallInt(value: Value): boolean {
  return isInt(value) && value >= -0x40000000 && value <= 0x3fffffff;
}

/** `item in number` fails in words that depend on both. */
function notIterable(container: Value, item: Value): TypeError {
  if (
    isSmallInt(item) &&
    typeof container !== "boolean" &&
    (!isInt(container) || isSmallInt(container))
  ) {
    return unsupported("", item, container);
  }
  const boolean = typeof container === "boolean" || typeof item === "boolean";
  const small = typeof container === "boolean" || isSmallInt(container);
  if (boolean && small && (isSmallInt(item) || (isNumeric(item) && !isInt(item)))) {
    return unsupported("__contains__", 0, typeof item === "boolean" ? 0 : item);
  }
  const name = typeof container === "boolean" ? "int" : typeName(container);
  return new TypeError(`'${name}' object isn't iterable`);
}

/** `item in container`: the arguments stand in the order in which Python evaluates them. */
export function isIn(item: Value, container: Value): boolean {
  return contains(container, item);
}

export function contains(container: Value, item: Value): boolean {
  if (typeof container === "string") {
    if (typeof item === "string") return container.includes(item);
    throw new TypeError(`can't convert '${typeName(item)}' object to str implicitly`);
  }
  if (typeof container === "object" && container !== null && !Array.isArray(container)) {
    const told = operate("__contains__", container, item);
    if (told !== undefined) return truth(told);
  }
  if (isNumeric(container)) throw notIterable(container, item);
  for (const element of each(container)) {
    if (equal(element, item)) return true;
  }
  return false;
}
