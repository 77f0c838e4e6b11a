/**
 * Arithmetic of floats on JavaScript numbers: what differs from the native operators. operators.ts
 * calls these and wraps the results with `toFloat`.
 */

import { OverflowError, ValueError } from "../exception/exceptions.js";
import { toInt } from "../values.js";
import { divideByZero, type Int } from "./int.js";

function copySign(magnitude: number, sign: number): number {
  const negative = sign < 0 || Object.is(sign, -0);
  return negative ? -Math.abs(magnitude) : Math.abs(magnitude);
}

/** Quotient and remainder so that `left == quotient * right + remainder`, signs as Python's. */
export function floatDivMod(left: number, right: number): [number, number] {
  if (right === 0) throw divideByZero();
  let rest = left % right;
  let quotient = (left - rest) / right;
  if (rest === 0) {
    rest = copySign(0, right);
  } else if (rest < 0 !== right < 0) {
    rest += right;
    quotient -= 1;
  }
  if (quotient === 0) return [copySign(0, left / right), rest];
  const floor = Math.floor(quotient);
  return [quotient - floor > 0.5 ? floor + 1 : floor, rest];
}

export function floatMod(left: number, right: number): number {
  if (right === 0) throw divideByZero();
  const rest = left % right;
  if (rest === 0) return copySign(0, right);
  return rest < 0 !== right < 0 ? rest + right : rest;
}

export function floatDiv(left: number, right: number): number {
  if (right === 0) throw divideByZero();
  return left / right;
}

/** `left ** right`, or null where the result is complex. */
export function floatPow(left: number, right: number): number | null {
  if (left === 0 && right < 0 && right !== Number.NEGATIVE_INFINITY) throw divideByZero();
  if (left < 0 && right !== Math.floor(right) && !Number.isNaN(right)) return null;
  if (left === 1) return 1;
  // C says that (-1) ** inf is 1, JavaScript that it is NaN.
  if (left === -1 && !Number.isFinite(right) && !Number.isNaN(right)) return 1;
  if (right === 0.5 && left >= 0) return Math.sqrt(left) + 0;
  return Number.isInteger(right) && Math.abs(right) <= 1024
    ? integerPow(left, right)
    : left ** right;
}

/** Math.pow errs in the last digit; whole powers are multiplied out with twice the digits instead. */
function integerPow(left: number, right: number): number {
  const rough = left ** right;
  const size = Math.abs(rough);
  if (!(size > 1e-280 && size < 1e290) || Math.abs(left) < 1e-140) return rough;
  let [high, low] = [1, 0];
  let [factor, rest] = [left, 0];
  for (let bits = Math.abs(right); ; ) {
    if (bits & 1) [high, low] = multiplyExactly(high, low, factor, rest);
    bits >>= 1;
    if (bits === 0) break;
    [factor, rest] = multiplyExactly(factor, rest, factor, rest);
  }
  if (!Number.isFinite(high)) return rough;
  if (right > 0) return high + low;
  const quotient = 1 / high;
  const [product, error] = multiplyExactly(quotient, 0, high, low);
  return quotient + quotient * (1 - product - error);
}

/** The product of two numbers of two parts each, in two parts. */
function multiplyExactly(a: number, aLow: number, b: number, bLow: number): [number, number] {
  const product = a * b;
  const [aHead, aTail] = halve(a);
  const [bHead, bTail] = halve(b);
  const error = aTail * bTail - (product - aHead * bHead - aTail * bHead - aHead * bTail);
  const low = error + (a * bLow + aLow * b);
  const high = product + low;
  return [high, low - (high - product)];
}

/** A number as a sum of two with half the digits. */
function halve(value: number): [number, number] {
  const scaled = 134217729 * value;
  const head = scaled - (scaled - value);
  return [head, value - head];
}

/** `int(x)` of a float. */
export function truncate(value: number): Int {
  if (Number.isNaN(value)) throw new ValueError("can't convert NaN to int");
  if (!Number.isFinite(value)) throw new OverflowError("can't convert inf to int");
  const whole = Math.trunc(value) + 0;
  return Number.isSafeInteger(whole) ? whole : toInt(BigInt(whole));
}

/** To the nearest integer, halves to the even one. */
export function roundHalfEven(value: number): number {
  if (Math.abs(value) >= 4503599627370496 || Number.isNaN(value)) return value;
  const floor = Math.floor(value);
  const rest = value - floor;
  const rounded = rest < 0.5 || (rest === 0.5 && floor % 2 === 0) ? floor : floor + 1;
  return copySign(rounded, value);
}
