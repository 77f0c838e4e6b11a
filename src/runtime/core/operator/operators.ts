/**
 * The binary operators emitted code calls where it cannot use JavaScript's own: two ints in 32 bits,
 * two floats and two strings at once, everything else by dispatch.ts.
 */

import { toFloat, type Value } from "../values.js";
import { binary, divmod as divmodOf, inplace } from "./dispatch.js";

export { invert, neg, pos, truth } from "./unary.js";

/** A raw number that is a float: integral floats are boxed. */
function isFraction(value: Value): value is number {
  return typeof value === "number" && !Number.isInteger(value);
}

export function add(left: Value, right: Value): Value {
  if (typeof left === "number" && typeof right === "number") {
    const sum = left + right;
    if ((left | 0) === left && (right | 0) === right) return sum;
    if (isFraction(left) || isFraction(right)) return toFloat(sum);
  } else if (typeof left === "string" && typeof right === "string") {
    return left + right;
  }
  return binary("__add__", left, right);
}

export function sub(left: Value, right: Value): Value {
  if (typeof left === "number" && typeof right === "number") {
    const difference = left - right;
    if ((left | 0) === left && (right | 0) === right) return difference;
    if (isFraction(left) || isFraction(right)) return toFloat(difference);
  }
  return binary("__sub__", left, right);
}

export function mul(left: Value, right: Value): Value {
  if (typeof left === "number" && typeof right === "number") {
    const product = left * right;
    if (isFraction(left) || isFraction(right)) return toFloat(product);
    if (Number.isSafeInteger(product)) return product + 0;
  }
  return binary("__mul__", left, right);
}

export function truediv(left: Value, right: Value): Value {
  if (typeof left === "number" && typeof right === "number" && right !== 0) {
    return toFloat(left / right);
  }
  return binary("__truediv__", left, right);
}

export function floordiv(left: Value, right: Value): Value {
  if (typeof left === "number" && typeof right === "number") {
    if ((left | 0) === left && (right | 0) === right && right !== 0) {
      return Math.floor(left / right) + 0;
    }
  }
  return binary("__floordiv__", left, right);
}

export function mod(left: Value, right: Value): Value {
  if (typeof left === "number" && typeof right === "number") {
    if ((left | 0) === left && (right | 0) === right && right > 0) {
      const rest = left % right;
      return rest < 0 ? rest + right : rest + 0;
    }
  }
  return binary("__mod__", left, right);
}

export function pow(left: Value, right: Value): Value {
  return binary("__pow__", left, right);
}

export function matmul(left: Value, right: Value): Value {
  return binary("__matmul__", left, right);
}

export function lshift(left: Value, right: Value): Value {
  return binary("__lshift__", left, right);
}

export function rshift(left: Value, right: Value): Value {
  if (typeof left === "number" && typeof right === "number") {
    if ((left | 0) === left && (right & 31) === right) return left >> right;
  }
  return binary("__rshift__", left, right);
}

export function bitand(left: Value, right: Value): Value {
  if (typeof left === "number" && typeof right === "number") {
    if ((left | 0) === left && (right | 0) === right) return left & right;
  }
  return binary("__and__", left, right);
}

export function bitor(left: Value, right: Value): Value {
  if (typeof left === "number" && typeof right === "number") {
    if ((left | 0) === left && (right | 0) === right) return left | right;
  }
  return binary("__or__", left, right);
}

export function bitxor(left: Value, right: Value): Value {
  if (typeof left === "number" && typeof right === "number") {
    if ((left | 0) === left && (right | 0) === right) return left ^ right;
  }
  return binary("__xor__", left, right);
}

/** Only objects tell `x += y` from `x = x + y`. */
function mayMutate(value: Value): boolean {
  return typeof value === "object";
}

export function iadd(left: Value, right: Value): Value {
  return mayMutate(left) ? inplace("__add__", left, right) : add(left, right);
}

export function isub(left: Value, right: Value): Value {
  return mayMutate(left) ? inplace("__sub__", left, right) : sub(left, right);
}

export function imul(left: Value, right: Value): Value {
  return mayMutate(left) ? inplace("__mul__", left, right) : mul(left, right);
}

export function itruediv(left: Value, right: Value): Value {
  return mayMutate(left) ? inplace("__truediv__", left, right) : truediv(left, right);
}

export function ifloordiv(left: Value, right: Value): Value {
  return mayMutate(left) ? inplace("__floordiv__", left, right) : floordiv(left, right);
}

export function imod(left: Value, right: Value): Value {
  return mayMutate(left) ? inplace("__mod__", left, right) : mod(left, right);
}

export function ipow(left: Value, right: Value): Value {
  return mayMutate(left) ? inplace("__pow__", left, right) : pow(left, right);
}

export function imatmul(left: Value, right: Value): Value {
  return inplace("__matmul__", left, right);
}

export function ilshift(left: Value, right: Value): Value {
  return typeof right === "number" && !mayMutate(left)
    ? lshift(left, right)
    : inplace("__lshift__", left, right);
}

export function irshift(left: Value, right: Value): Value {
  return typeof right === "number" && !mayMutate(left)
    ? rshift(left, right)
    : inplace("__rshift__", left, right);
}

export function ibitand(left: Value, right: Value): Value {
  if (typeof left === "number" && typeof right === "number") {
    if ((left | 0) === left && (right | 0) === right) return left & right;
  }
  return inplace("__and__", left, right);
}

export function ibitor(left: Value, right: Value): Value {
  if (typeof left === "number" && typeof right === "number") {
    if ((left | 0) === left && (right | 0) === right) return left | right;
  }
  return inplace("__or__", left, right);
}

export function ibitxor(left: Value, right: Value): Value {
  if (typeof left === "number" && typeof right === "number") {
    if ((left | 0) === left && (right | 0) === right) return left ^ right;
  }
  return inplace("__xor__", left, right);
}

/** The builtin `divmod`. */
export function divmod(left: Value, right: Value): Value {
  return divmodOf(left, right);
}
