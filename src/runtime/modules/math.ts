/** The `math` module. */

import { def } from "../core/call/signature.js";
import { ValueError } from "../core/exception/exceptions.js";
import { wherePresent } from "../core/module/port-names.js";
import { floatPow, truncate } from "../core/number/float.js";
import { divideByZero, type Int, intMul } from "../core/number/int.js";
import { asNumber, index } from "../core/number/numbers.js";
import { toFloat, tup, type Value } from "../core/values.js";
import {
  erfc as complementaryError,
  erf as errorFunction,
  gamma as gammaOf,
  logGamma,
} from "../math/special.js";

export const e = Math.E;
export const pi = Math.PI;
export const tau = 2 * Math.PI;
export const inf = Number.POSITIVE_INFINITY;
export const nan = Number.NaN;

function domainError(): ValueError {
  return new ValueError("math domain error");
}

/** NaN and infinite results of ordinary arguments are errors, as far as MicroPython looks. */
function checked(result: number, ...given: number[]): Value {
  const strange = Number.isNaN(result) || !Number.isFinite(result);
  if (strange && Number.isNaN(result) && !given.some(Number.isNaN)) throw domainError();
  if (strange && given.every(Number.isFinite)) throw domainError();
  return toFloat(result);
}

function unary(name: string, f: (x: number) => number) {
  return def(
    (x: Value): Value => {
      const number = asNumber(x);
      return checked(f(number), number);
    },
    "x, /",
    name,
  );
}

/** One of those that the ESP8266 has no room for. */
function rare(name: string, f: (x: number) => number) {
  return unary(name, wherePresent("math", name, f));
}

function binary(name: string, f: (x: number, y: number) => number) {
  return def(
    (x: Value, y: Value): Value => {
      const [first, second] = [asNumber(x), asNumber(y)];
      return checked(f(first, second), first, second);
    },
    "x, y, /",
    name,
  );
}

export const sqrt = unary("sqrt", Math.sqrt);
export const exp = unary("exp", Math.exp);
export const expm1 = rare("expm1", Math.expm1);
export const log2 = rare("log2", Math.log2);
export const log10 = rare("log10", Math.log10);
export const cosh = rare("cosh", Math.cosh);
export const sinh = rare("sinh", Math.sinh);
export const tanh = rare("tanh", Math.tanh);
export const acosh = rare("acosh", Math.acosh);
export const asinh = rare("asinh", Math.asinh);
export const atanh = rare("atanh", Math.atanh);
export const cos = unary("cos", Math.cos);
export const sin = unary("sin", Math.sin);
export const tan = unary("tan", Math.tan);
export const acos = unary("acos", Math.acos);
export const asin = unary("asin", Math.asin);
export const atan = unary("atan", Math.atan);
export const fabs = unary("fabs", Math.abs);
export const erf = rare("erf", errorFunction);
export const erfc = rare("erfc", complementaryError);
export const lgamma = rare("lgamma", logGamma);
export const gamma = rare("gamma", gammaOf);

export const atan2 = binary("atan2", Math.atan2);
export const fmod = binary("fmod", (x, y) => x % y);
export const copysign = binary("copysign", (x, y) =>
  y < 0 || Object.is(y, -0) ? -Math.abs(x) : Math.abs(x),
);
export const pow = binary("pow", power);

function power(x: number, y: number): number {
  if (x === 0 && y < 0) return Number.POSITIVE_INFINITY;
  const result = floatPow(x, y);
  return result === null ? Number.NaN : result;
}

function whole(name: string, f: (x: number) => number) {
  return def((x: Value): Int => truncate(f(asNumber(x))), "x, /", name);
}

export const ceil = whole("ceil", Math.ceil);
export const floor = whole("floor", Math.floor);
export const trunc = whole("trunc", Math.trunc);

function test(name: string, f: (x: number) => boolean) {
  return def((x: Value): boolean => f(asNumber(x)), "x, /", name);
}

export const isfinite = test("isfinite", Number.isFinite);
export const isnan = test("isnan", Number.isNaN);
export const isinf = test("isinf", (x) => !Number.isFinite(x) && !Number.isNaN(x));

export const isclose = def(
  wherePresent(
    "math",
    "isclose",
    (a: Value, b: Value, rel_tol: Value = 1e-9, abs_tol: Value = 0): boolean => {
      const [first, second] = [asNumber(a), asNumber(b)];
      const [relative, absolute] = [asNumber(rel_tol), asNumber(abs_tol)];
      if (relative < 0 || absolute < 0) throw domainError();
      if (first === second) return true;
      const difference = Math.abs(first - second);
      if (difference === Number.POSITIVE_INFINITY) return false;
      const larger = Math.max(Math.abs(relative * first), Math.abs(relative * second));
      return difference <= absolute || difference <= larger;
    },
  ),
  "a, b, *, rel_tol=, abs_tol=",
  "isclose",
);

export const log = def(function log(x: Value, base?: Value): Value {
  const number = asNumber(x);
  if (number <= 0) throw domainError();
  if (base === undefined) return toFloat(Math.log(number));
  const radix = asNumber(base);
  if (radix <= 0) throw domainError();
  if (radix === 1) throw divideByZero();
  return toFloat(Math.log(number) / Math.log(radix));
}, "x, base=, /");

/** `x * 2**i`, in two steps so that the power itself does not overflow. */
export const ldexp = def(function ldexp(x: Value, i: Value): Value {
  const number = asNumber(x);
  const exponent = Math.max(-2200, Math.min(2200, index(i)));
  const half = Math.trunc(exponent / 2);
  let result = number * 2 ** half;
  for (let rest = exponent - half; rest !== 0; ) {
    const step = Math.max(-1000, Math.min(1000, rest));
    result *= 2 ** step;
    rest -= step;
  }
  return toFloat(result);
}, "x, i, /");

export const frexp = def(function frexp(x: Value): Value {
  const number = asNumber(x);
  if (number === 0 || !Number.isFinite(number)) return tup(toFloat(number), 0);
  let exponent = Math.max(-1022, Math.floor(Math.log2(Math.abs(number))) + 1);
  let fraction = number * 2 ** -exponent;
  while (Math.abs(fraction) < 0.5) {
    fraction *= 2;
    exponent--;
  }
  while (Math.abs(fraction) >= 1) {
    fraction /= 2;
    exponent++;
  }
  return tup(toFloat(fraction), exponent);
}, "x, /");

export const modf = def(function modf(x: Value): Value {
  const number = asNumber(x);
  const integer = Math.trunc(number);
  const fraction = Number.isFinite(number) ? number - integer : Number.isNaN(number) ? number : 0;
  const sign = number < 0 || Object.is(number, -0) ? -1 : 1;
  return tup(toFloat(fraction === 0 ? 0 * sign : fraction), toFloat(integer));
}, "x, /");

export const radians = def(
  (x: Value): Value => toFloat(asNumber(x) * (Math.PI / 180)),
  "x, /",
  "radians",
);

export const degrees = def(
  (x: Value): Value => toFloat(asNumber(x) * (180 / Math.PI)),
  "x, /",
  "degrees",
);

export const factorial = def(
  wherePresent("math", "factorial", (x: Value): Int => {
    const count = index(x);
    if (count < 0) throw new ValueError("negative factorial");
    let product: Int = 1;
    for (let factor = 2; factor <= count; factor++) product = intMul(product, factor);
    return product;
  }),
  "x, /",
  "factorial",
);
