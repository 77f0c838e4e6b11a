/**
 * Arithmetic of ints: `number` while safe, `bigint` beyond (values.ts). operators.ts calls these for
 * two ints; the results are canonical, so never `-0` and never a bigint in the safe range.
 */

import {
  MemoryError,
  OverflowError,
  ValueError,
  ZeroDivisionError,
} from "../exception/exceptions.js";
import { type Int, toInt } from "../values.js";

export type { Int };

/** Bits of a result beyond which MicroPython's heap would be exhausted long since. */
const BIT_LIMIT = 1 << 26;

const TWO32 = 4294967296;

function isSmall(left: Int, right: Int): left is number {
  return typeof left === "number" && typeof right === "number";
}

export function intAdd(left: Int, right: Int): Int {
  if (isSmall(left, right)) {
    const sum = left + (right as number);
    if (Number.isSafeInteger(sum)) return sum;
  }
  return toInt(BigInt(left) + BigInt(right));
}

export function intSub(left: Int, right: Int): Int {
  if (isSmall(left, right)) {
    const difference = left - (right as number);
    if (Number.isSafeInteger(difference)) return difference;
  }
  return toInt(BigInt(left) - BigInt(right));
}

export function intMul(left: Int, right: Int): Int {
  if (isSmall(left, right)) {
    const product = left * (right as number);
    if (Number.isSafeInteger(product)) return product + 0;
  }
  return toInt(BigInt(left) * BigInt(right));
}

export function divideByZero(): ZeroDivisionError {
  return new ZeroDivisionError("divide by zero");
}

/** Rounds towards minus infinity. The quotient of two safe ints is close enough for `floor`. */
export function intFloorDiv(left: Int, right: Int): Int {
  if (isSmall(left, right)) {
    if (right === 0) throw divideByZero();
    return Math.floor(left / (right as number)) + 0;
  }
  return toInt(bigFloorDiv(BigInt(left), BigInt(right)));
}

function bigFloorDiv(left: bigint, right: bigint): bigint {
  if (right === 0n) throw divideByZero();
  const quotient = left / right;
  return left % right !== 0n && left < 0n !== right < 0n ? quotient - 1n : quotient;
}

/** The remainder has the sign of the divisor. */
export function intMod(left: Int, right: Int): Int {
  if (isSmall(left, right)) {
    if (right === 0) throw divideByZero();
    const rest = left % (right as number);
    return rest !== 0 && rest < 0 !== (right as number) < 0 ? rest + (right as number) : rest + 0;
  }
  const divisor = BigInt(right);
  if (divisor === 0n) throw divideByZero();
  const rest = BigInt(left) % divisor;
  return toInt(rest !== 0n && rest < 0n !== divisor < 0n ? rest + divisor : rest);
}

/** `left ** right` for `right >= 0`. Repeated squaring keeps to exact products, unlike Math.pow. */
export function intPow(left: Int, right: Int): Int {
  if (typeof left === "number" && typeof right === "number") {
    let power = 1;
    let base = left;
    for (let rest = right; Number.isSafeInteger(power) && Number.isSafeInteger(base); ) {
      if (rest % 2 === 1) power *= base;
      rest = Math.floor(rest / 2);
      if (rest === 0) {
        if (Number.isSafeInteger(power)) return power + 0;
        break;
      }
      base *= base;
    }
  }
  const bits = typeof left === "number" ? Math.log2(Math.abs(left) || 1) : bitLength(left);
  if (bits * Number(right) > BIT_LIMIT) throw outOfMemory(bits * Number(right));
  return toInt(BigInt(left) ** BigInt(right));
}

/** `pow(base, exponent, modulus)`. */
export function intPowMod(base: Int, exponent: Int, modulus: Int): Int {
  const mod = BigInt(modulus);
  if (mod === 0n) throw new ValueError("divide by zero");
  // MicroPython looks for no inverse.
  if (exponent < 0) return 0;
  let result = 1n;
  let factor = BigInt(intMod(base, modulus));
  for (let rest = BigInt(exponent); rest > 0n; rest >>= 1n) {
    if (rest & 1n) result = (result * factor) % mod;
    factor = (factor * factor) % mod;
  }
  return intMod(toInt(result), modulus);
}

/** An int that must fit a machine word of 32 bits. */
export function machineWord(value: Int): number {
  if (value > 0x7fffffff || value < -0x7fffffff) {
    throw new OverflowError("overflow converting long int to machine word");
  }
  return value as number;
}

function checkShift(count: Int): void {
  if (machineWord(count) < 0) throw new ValueError("negative shift count");
}

export function intShl(left: Int, right: Int): Int {
  checkShift(right);
  if (isSmall(left, right) && (right as number) < 1024) {
    const shifted = left * 2 ** (right as number);
    if (Number.isSafeInteger(shifted)) return shifted;
  }
  if (left === 0) return 0;
  if (right > BIT_LIMIT) throw outOfMemory(Number(right));
  return toInt(BigInt(left) << BigInt(right));
}

export function intShr(left: Int, right: Int): Int {
  checkShift(right);
  if (isSmall(left, right)) {
    if ((right as number) < 32 && (left | 0) === left) return left >> (right as number);
    return (right as number) < 1000 ? Math.floor(left / 2 ** (right as number)) : left < 0 ? -1 : 0;
  }
  return toInt(BigInt(left) >> BigInt(right));
}

/** Safe ints are two 32-bit halves in two's complement: the bit operators need no bigint there. */
function high(value: number): number {
  return Math.floor(value / TWO32);
}

export function intAnd(left: Int, right: Int): Int {
  if (isSmall(left, right)) {
    const low = (left & (right as number)) >>> 0;
    return (high(left) & high(right as number)) * TWO32 + low;
  }
  return toInt(BigInt(left) & BigInt(right));
}

export function intOr(left: Int, right: Int): Int {
  if (isSmall(left, right)) {
    const low = (left | (right as number)) >>> 0;
    return (high(left) | high(right as number)) * TWO32 + low;
  }
  return toInt(BigInt(left) | BigInt(right));
}

export function intXor(left: Int, right: Int): Int {
  if (isSmall(left, right)) {
    const low = (left ^ (right as number)) >>> 0;
    return (high(left) ^ high(right as number)) * TWO32 + low;
  }
  return toInt(BigInt(left) ^ BigInt(right));
}

export function intNeg(value: Int): Int {
  return typeof value === "number" ? 0 - value : toInt(-value);
}

export function intInvert(value: Int): Int {
  return typeof value === "number" ? intSub(-1, value) : toInt(~value);
}

export function bitLength(value: bigint): number {
  const digits = (value < 0n ? -value : value).toString(16);
  return digits.length * 4 - Math.clz32(Number.parseInt(digits[0] as string, 16)) + 28;
}

/** As a double, digit by digit in base 2**16 as MicroPython does, so that it rounds alike. */
export function intToNumber(value: Int): number {
  if (typeof value === "number") return value;
  const digits = (value < 0n ? -value : value).toString(16);
  const first = digits.length % 4 || 4;
  let number = Number.parseInt(digits.slice(0, first), 16);
  for (let at = first; at < digits.length; at += 4) {
    number = number * 65536 + Number.parseInt(digits.slice(at, at + 4), 16);
  }
  return value < 0n ? -number : number;
}

function outOfMemory(bits: number): MemoryError {
  return new MemoryError(`memory allocation failed, allocating ${Math.ceil(bits / 8)} bytes`);
}
