/** The number types and functions a program sees without import: `int`, `float`, `round`, `pow` ... */

import { def } from "../core/call/signature.js";
import { typeName } from "../core/class/type.js";
import {
  NotImplementedError,
  OverflowError,
  TypeError,
  ValueError,
} from "../core/exception/exceptions.js";
import { each } from "../core/iteration/iteration.js";
import { bufferOf, bytesOf } from "../core/memory/buffer.js";
import { hasFeature } from "../core/module/language-features.js";
import { requireBuiltin } from "../core/module/port-names.js";
import { Complex } from "../core/number/complex.js";
import { roundHalfEven, truncate } from "../core/number/float.js";
import {
  type Int,
  intAdd,
  intAnd,
  intFloorDiv,
  intMod,
  intPow,
  intPowMod,
  intSub,
} from "../core/number/int.js";
import { asComplex, asInt, asNumber, index } from "../core/number/numbers.js";
import { parseComplex, parseFloatText, parseInteger } from "../core/number/parse-number.js";
import { add, pow as power, divmod as quotientAndRest } from "../core/operator/operators.js";
import { abs as absolute, truth, unary } from "../core/operator/unary.js";
import { Bytes, b, toLatin1 } from "../core/text/bytes.js";
import { asText, implicitConversion } from "../core/text/strings.js";
import { Float, isFloat, isInt, toFloat, toInt, type Value } from "../core/values.js";

export const int = def(function int(value: Value = 0, base?: Value): Int {
  if (base !== undefined) {
    if (typeof value !== "string" && !(value instanceof Bytes)) throw implicitConversion(value);
    return parseInteger(textOf(value), index(base));
  }
  if (isInt(value)) return value;
  const converted = unary("__int__", value);
  if (converted !== undefined) return asInt(converted);
  if (bufferOf(value) !== null) return parseInteger(textOf(value), 10);
  if (isFloat(value)) return truncate(value instanceof Float ? value.value : value);
  throw new TypeError(`can't convert ${typeName(value)} to int`);
}, "value=, base=, /");

/** The bytes of a str or of anything with the buffer protocol, a character for each. */
function textOf(value: Value): string {
  if (typeof value === "string" && /^[\0-\x7f]*$/.test(value)) return value;
  return bufferOf(value) === null ? asText(value) : toLatin1(bytesOf(value));
}

export const float = def(function float(value: Value = 0): number | Float {
  if (bufferOf(value) !== null) return toFloat(parseFloatText(textOf(value)));
  return toFloat(asNumber(value));
}, "value=, /");

export const bool = def(function bool(value: Value = false): boolean {
  return truth(value);
}, "value=, /");

export const complex = def(function complex(real?: Value, imaginary?: Value): Complex {
  requireBuiltin("complex");
  if (real === undefined) return new Complex(0, 0);
  if (imaginary === undefined) {
    return typeof real === "string" ? parseComplex(real) : asComplex(real);
  }
  const first = real instanceof Complex ? real : new Complex(asNumber(real), 0);
  const second = imaginary instanceof Complex ? imaginary : new Complex(asNumber(imaginary), 0);
  return new Complex(first.re - second.im, first.im + second.re);
}, "real=, imag=, /");

export const abs = def(absolute, "x, /", "abs");

export const divmod = def(quotientAndRest, "x, y, /", "divmod");

export const pow = def(function pow(base: Value, exponent: Value, modulus: Value = null): Value {
  if (modulus === null) return power(base, exponent);
  if (!hasFeature("pow3")) throw new NotImplementedError("3-arg pow() not supported");
  if (!isInt(base) || !isInt(exponent) || !isInt(modulus)) {
    throw new TypeError("pow() with 3 arguments requires integers");
  }
  return intPowMod(base, exponent, modulus);
}, "base, exp, mod=, /");

export const round = def(function round(value: Value, digits?: Value): Value {
  if (isInt(value)) return digits === undefined ? value : roundInt(value, index(digits));
  const number = asNumber(value);
  if (digits === undefined) return truncate(roundHalfEven(number));
  // Not `10 **`, which is inexact for negative exponents.
  const scale = Number(`1e${index(digits)}`);
  return toFloat(roundHalfEven(number * scale) / scale);
}, "number, ndigits=, /");

/** To a power of ten, halves to the even one. */
function roundInt(value: Int, digits: number): Int {
  if (digits >= 0) return value;
  const unit = intPow(10, -digits);
  const half = intFloorDiv(unit, 2);
  const rest = intMod(value, unit);
  const down = intSub(value, rest);
  if (half > rest) return down;
  if (rest > half) return intAdd(down, unit);
  return intAnd(intFloorDiv(value, unit), 1) ? intAdd(down, unit) : down;
}

export const sum = def(function sum(items: Value, start: Value = 0): Value {
  let total = start;
  for (const item of each(items)) total = add(total, item);
  return total;
}, "iterable, start=, /");

/** Methods of ints, the int first. */
export const intMethods = {
  to_bytes: def(toBytes, "length=, byteorder=, *, signed=", "to_bytes"),
};

/** What `int` itself offers. */
export const intStatics = {
  from_bytes: def(fromBytes, "bytes, byteorder=, signed=, /", "from_bytes"),
};

function toBytes(self: Int, length: Value = 1, order: Value = "big", signed: Value = false): Bytes {
  const size = index(length);
  if (size < 0) throw new ValueError();
  if (typeof self === "number" && size <= FEW) {
    const bytes = smallToBytes(self, size, order === "little", truth(signed));
    if (bytes !== null) return bytes;
  }
  const big = BigInt(self);
  if (!truth(signed) && big < 0n) {
    throw new OverflowError("can't convert negative int to unsigned");
  }
  if (!fits(big, size * 8, truth(signed))) {
    throw new OverflowError(`value would overflow a ${size} byte buffer`);
  }
  const digits = size === 0 ? "" : BigInt.asUintN(size * 8, big).toString(16);
  const bytes = b(hexToLatin1(digits.padStart(size * 2, "0")));
  return order === "little" ? (bytes.reverse() as Bytes) : bytes;
}

/** So many bytes are a safe number, and so are the sums on the way to it. */
const FEW = 6;

/** Null where the value does not fit. */
function smallToBytes(value: number, size: number, little: boolean, signed: boolean): Bytes | null {
  const range = 256 ** size;
  const least = signed ? -range / 2 : 0;
  if (size === 0 || value < least || value >= least + range) return null;
  const bytes = new Bytes(size);
  let rest = value < 0 ? value + range : value;
  for (let at = 0; at < size; at++) {
    bytes[little ? at : size - 1 - at] = rest % 256;
    rest = Math.floor(rest / 256);
  }
  return bytes;
}

function fits(value: bigint, bits: number, signed: boolean): boolean {
  if (bits === 0) return value === 0n;
  return (signed ? BigInt.asIntN(bits, value) : BigInt.asUintN(bits, value)) === value;
}

function hexToLatin1(hex: string): string {
  return hex.replace(/../g, (pair) => String.fromCharCode(Number.parseInt(pair, 16)));
}

function fromBytes(bytes: Value, order: Value = "big", _signed?: Value): Int {
  const memory = bytesOf(bytes);
  const { length } = memory;
  if (length <= FEW) {
    let value = 0;
    for (let at = 0; at < length; at++) {
      value = 256 * value + (memory[order === "little" ? length - 1 - at : at] as number);
    }
    return value;
  }
  const ordered = order === "little" ? memory.slice().reverse() : memory;
  let hex = "";
  for (const byte of ordered) hex += byte.toString(16).padStart(2, "0");
  return hex === "" ? 0 : toInt(BigInt(`0x${hex}`));
}
