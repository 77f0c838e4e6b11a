/**
 * Binary operators by the types of their operands, with MicroPython's order of attempts: the left
 * operand's own operation, then (for `x += y`) the plain operator, then the right operand's reflected
 * one. operators.ts and compare.ts come here when their fast paths do not apply.
 */

import { callSpecial } from "../call/call.js";
import { isBoundMethod, sameMethod } from "../class/method.js";
import { NotImplemented } from "../class/singletons.js";
import { isInstance, typeName } from "../class/type.js";
import { listOp, tupleOp } from "../container/sequences.js";
import { TypeError, ValueError } from "../exception/exceptions.js";
import { hasFeature } from "../module/language-features.js";
import { Complex, complexOp } from "../number/complex.js";
import { floatDiv, floatDivMod, floatMod, floatPow } from "../number/float.js";
import type { Int } from "../number/int.js";
import * as ints from "../number/int.js";
import { floatOperand } from "../number/numbers.js";
import {
  type ArithmeticOp,
  BINARY,
  type BinaryOp,
  type InplaceOp,
  NATIVE,
  REPEATABLE,
  type ReflectedOp,
} from "../slots.js";
import { stringOp } from "../text/strings.js";
import { Float, isFloat, isInt, isTuple, toFloat, tup, type Value } from "../values.js";
import { equal } from "./compare.js";

function reflected(op: ArithmeticOp): ReflectedOp {
  return `__r${op.slice(2)}` as ReflectedOp;
}

function inplaceName(op: ArithmeticOp): InplaceOp {
  return `__i${op.slice(2)}` as InplaceOp;
}

/** Bools take part in arithmetic as ints, and messages name them so. */
function plain(value: Value): Value {
  return typeof value === "boolean" ? Number(value) : value;
}

/** `left <op> right`; a message that it is not supported calls it by `name`. */
export function binary(
  op: ArithmeticOp,
  leftValue: Value,
  rightValue: Value,
  name: string = op,
): Value {
  const left = plain(leftValue);
  const result = operate(op, left, rightValue);
  if (result !== undefined) return result;
  const right = plain(rightValue);
  const other = operate(reflected(op), right, left);
  if (other !== undefined) return other;
  // The attempt with the bool on the left is the last one, and the one reported.
  if (typeof rightValue === "boolean" && (isFloat(left) || left instanceof Complex)) {
    throw unsupported(reflected(op), right, left);
  }
  throw unsupported(name, left, right);
}

/** `left <op>= right`. */
export function inplace(op: ArithmeticOp, left: Value, right: Value): Value {
  // MicroPython's ports leave the other special methods out to save space.
  const has = op === "__add__" || op === "__sub__" || !isInstance(left);
  const result = has ? operate(inplaceName(op), left, right) : undefined;
  if (result !== undefined) return result;
  // A small int and a float never get to the plain operator, and the other has no name.
  const named = op === "__add__" || op === "__sub__" || !isSmallInt(left);
  return binary(op, left, right, named || !isInexact(right) ? op : "");
}

function isSmallInt(value: Value): boolean {
  const int = plain(value);
  return isInt(int) && int >= -0x40000000 && int < 0x40000000;
}

function isInexact(value: Value): boolean {
  return isFloat(value) || value instanceof Complex;
}

/** `divmod(left, right)`: has no reflected form. */
export function divmod(left: Value, right: Value): Value {
  const result = operate("__divmod__", left, right);
  if (result === undefined) throw unsupported("__divmod__", plain(left), right);
  return result;
}

/** The operator is defined for neither operand. */
export function unsupported(op: string, left: Value, right: Value): TypeError {
  return new TypeError(`unsupported types for ${op}: '${typeName(left)}', '${typeName(right)}'`);
}

/** What the left operand alone makes of the operator; undefined when it does not support it. */
export function operate(op: BinaryOp, left: Value, right: Value): Value | undefined {
  switch (typeof left) {
    case "number":
    case "bigint":
      return numberOp(op, left, right);
    case "boolean":
      return numberOp(op, left ? 1 : 0, right);
    case "string":
      return stringOp(op, left, right);
    case "object":
      if (left === null) return undefined;
      if (Array.isArray(left)) {
        return isTuple(left) ? tupleOp(op, left, right) : listOp(op, left, right);
      }
      if (left instanceof Float) return numberOp(op, left, right);
      return objectOp(op, left, right);
    case "function":
      return op === "__eq__" && isBoundMethod(left) && isBoundMethod(right)
        ? sameMethod(left, right)
        : undefined;
    default:
      return undefined;
  }
}

function objectOp(op: BinaryOp, left: Value, right: Value): Value | undefined {
  const method = Object.getPrototypeOf(left)?.[op];
  if (typeof method === "function") {
    const result = callSpecial(left, method, right);
    return result === NotImplemented ? undefined : result;
  }
  if (left[BINARY] !== undefined) return left[BINARY](op, right);
  return NATIVE in left ? nativeOp(op, left[NATIVE], right) : undefined;
}

/** The operator on the native value inside an instance: there it must succeed. */
function nativeOp(op: BinaryOp, left: Value, right: Value): Value | undefined {
  if (op === "__eq__") return equal(left, right);
  if (op === "__ne__") return !equal(left, right);
  const result = operate(op, left, right);
  if (result !== undefined || op === "__contains__") return result;
  if (op.startsWith("__r") && op !== "__rshift__") {
    if (isIntLike(left) && (isIntLike(right) || isFloat(right))) throw unsupported(op, left, right);
    throw unsupported(op.replace("__r", "__"), right, left);
  }
  if (/^__(lt|le|gt|ge|divmod)__$/.test(op)) throw unsupported(op, left, right);
  return binary(op.replace("__i", "__") as ArithmeticOp, left, right);
}

function isIntLike(value: Value): value is Int {
  return typeof value === "bigint" || (typeof value === "number" && Number.isInteger(value));
}

function numberOp(op: BinaryOp, left: number | bigint | Float, right: Value): Value | undefined {
  const other = plain(right);
  if (isFloat(left)) {
    const number = typeof left === "number" ? left : left.value;
    if (other instanceof Complex) return complexOp(op, new Complex(number, 0), other);
    const second = floatOperand(other);
    return second === undefined ? undefined : floatOp(op, number, second);
  }
  if (isIntLike(other)) return intOp(op, left as Int, other);
  if (isFloat(other)) {
    return floatOp(op, ints.intToNumber(left as Int), floatOperand(other) as number);
  }
  if (other instanceof Complex) {
    return complexOp(op, new Complex(ints.intToNumber(left as Int), 0), other);
  }
  // Repeating is commutative for the built-in sequences.
  if (op === "__mul__" && isRepeatable(other)) return operate(op, other, left);
  return undefined;
}

function isRepeatable(value: Value): boolean {
  return typeof value === "string" || Array.isArray(value) || value?.[REPEATABLE] === true;
}

function intOp(op: BinaryOp, left: Int, right: Int): Value | undefined {
  switch (op) {
    case "__add__":
      return ints.intAdd(left, right);
    case "__sub__":
      return ints.intSub(left, right);
    case "__mul__":
      return ints.intMul(left, right);
    case "__truediv__":
      return toFloat(floatDiv(ints.intToNumber(left), ints.intToNumber(right)));
    case "__floordiv__":
      return ints.intFloorDiv(left, right);
    case "__mod__":
      return ints.intMod(left, right);
    case "__divmod__":
      return tup(ints.intFloorDiv(left, right), ints.intMod(left, right));
    case "__pow__":
      if (right >= 0) return ints.intPow(left, right);
      return floatOp(op, ints.intToNumber(left), ints.intToNumber(right));
    case "__lshift__":
      return ints.intShl(left, right);
    case "__rshift__":
      return ints.intShr(left, right);
    case "__and__":
      return ints.intAnd(left, right);
    case "__or__":
      return ints.intOr(left, right);
    case "__xor__":
      return ints.intXor(left, right);
    default:
      return compareNumbers(op, left, right);
  }
}

function floatOp(op: BinaryOp, left: number, right: number): Value | undefined {
  switch (op) {
    case "__add__":
      return toFloat(left + right);
    case "__sub__":
      return toFloat(left - right);
    case "__mul__":
      return toFloat(left * right);
    case "__truediv__":
      return toFloat(floatDiv(left, right));
    case "__floordiv__":
      return toFloat(floatDivMod(left, right)[0]);
    case "__mod__":
      return toFloat(floatMod(left, right));
    case "__divmod__": {
      const [quotient, rest] = floatDivMod(left, right);
      return tup(toFloat(quotient), toFloat(rest));
    }
    case "__pow__": {
      const power = floatPow(left, right);
      if (power !== null) return toFloat(power);
      if (!hasFeature("complex")) throw new ValueError("complex values not supported");
      return complexOp(op, new Complex(left, 0), new Complex(right, 0));
    }
    default:
      return compareNumbers(op, left, right);
  }
}

function compareNumbers(op: BinaryOp, left: Int, right: Int): boolean | undefined {
  switch (op) {
    case "__eq__":
      return left === right;
    case "__lt__":
      return left < right;
    case "__le__":
      return left <= right;
    case "__gt__":
      return left > right;
    case "__ge__":
      return left >= right;
    default:
      return undefined;
  }
}
