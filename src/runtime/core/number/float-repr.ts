/**
 * Floats as text with MicroPython's algorithm: `repr(x)` and the `e`, `f`, `g` formats of `%` and
 * `str.format`. At most 19 significant digits are produced, zeros follow them; 16 digits are tried
 * first and more only if those do not read back as the same float; a text never exceeds a buffer of
 * fixed size, so very long `f` formats turn into `g`. On boards whose floats are single they are shown as
 * those (`single-format.ts`), though they have double precision here.
 */

import { current, hasContext } from "../context.js";
import {
  asShown,
  type FloatFormat,
  type FloatPrecision,
  formatSingle,
  REPR_PRECISION,
} from "./single-format.js";

const MAX_DIGITS = 19;
const SAFE_DIGITS = 16;
const BUFFER = 33;

const POWERS = /* @__PURE__ */ Array.from(
  { length: SAFE_DIGITS + 1 },
  (_, exponent) => 10 ** exponent,
);

/** `sign` is what positive numbers begin with: "", "+" or " ". */
export function formatFloat(value: number, format: string, precision: number, sign = ""): string {
  const upper = format < "a";
  if (Number.isNaN(value)) return sign + (upper ? "NAN" : "nan");
  const negative = value < 0 || Object.is(value, -0);
  const prefix = negative ? "-" : sign;
  const floats = floatPrecision();
  const magnitude = asShown(Math.abs(value), floats);
  if (magnitude === Number.POSITIVE_INFINITY) return prefix + (upper ? "INF" : "inf");
  const kind = format.toLowerCase() as FloatFormat;
  const room = BUFFER - prefix.length;
  const text =
    floats === "double"
      ? formatMagnitude(magnitude, kind, precision, room)
      : formatSingle(magnitude, kind, precision, room, floats === "short");
  return prefix + (upper ? text.toUpperCase() : text);
}

/** What floats the board has; twice the bits where no program runs. */
function floatPrecision(): FloatPrecision {
  return hasContext() ? current().floats : "double";
}

/** `repr(x)` of a float. */
export function reprFloat(value: number): string {
  const magnitude = Math.abs(value);
  if (magnitude >= 1e-4 && magnitude < 1e16 && floatPrecision() === "double") {
    const digits = value.toPrecision(SAFE_DIGITS);
    if (Number(digits) === value) return withoutZeros(digits);
  }
  const text = formatFloat(value, "g", REPR_PRECISION);
  return /[.en]/.test(text) ? text : `${text}.0`;
}

/** Leaves one digit after the point. */
function withoutZeros(digits: string): string {
  const point = digits.indexOf(".");
  if (point < 0) return `${digits}.0`;
  let end = digits.length;
  while (end > point + 2 && digits.charCodeAt(end - 1) === 48) end--;
  return digits.slice(0, end);
}

function formatMagnitude(value: number, format: string, wanted: number, capacity: number): string {
  let precision = wanted < 0 ? 6 : wanted;
  // All digits that are asked for are safe ones: then the host rounds alike.
  if (
    format === "f" &&
    precision < SAFE_DIGITS &&
    value < (POWERS[SAFE_DIGITS - precision] as number)
  ) {
    return value.toFixed(precision);
  }
  let exponentFrom = Math.min(precision, capacity - 3);
  if (precision === REPR_PRECISION) {
    precision = MAX_DIGITS;
    exponentFrom = 16;
  }
  const exponent = value === 0 ? 0 : decimalExponent(value);
  if (format === "f" && exponent > 0 && exponent + precision + 2 > capacity) {
    return general(value, precision + 1, exponentFrom, capacity);
  }
  if (format === "f") return fixed(value, precision, exponent, capacity);
  if (format === "g") return general(value, precision, exponentFrom, capacity);
  return scientific(value, precision, capacity);
}

/** The power of ten of the leading digit. */
function decimalExponent(value: number): number {
  return Number(value.toExponential().split("e")[1]);
}

/** How many of `most` digits are worth computing, the rest being zeros. */
function digitCount(value: number, most: number, print: (digits: number) => string): number {
  let digits = Math.min(SAFE_DIGITS, most);
  while (digits < most && Number(print(digits)) !== value) digits++;
  return digits;
}

/**
 * `digits` significant digits and the exponent of the first. A float that stands for a power of ten
 * may be a little less than it (1e23, 1e-323): the digits are counted from the power all the same.
 */
function significant(value: number, digits: number): [string, number] {
  const [mantissa, exponent] = split(value.toExponential(digits - 1));
  const leading = value === 0 ? 0 : decimalExponent(value);
  if (digits === 1 || exponent >= leading) return [mantissa, exponent];
  const [shorter, power] = split(value.toExponential(digits - 2));
  return [power === leading ? `${shorter}0` : `0${shorter}`, leading];
}

function split(text: string): [string, number] {
  const [mantissa, exponent] = text.split("e") as [string, string];
  return [mantissa.replace(".", ""), Number(exponent)];
}

function exponential(value: number): (digits: number) => string {
  return (digits) => {
    const [mantissa, exponent] = significant(value, digits);
    return `${mantissa}e${exponent - digits + 1}`;
  };
}

function scientific(value: number, precision: number, capacity: number): string {
  const wanted = precision + 1;
  const most = Math.min(wanted, MAX_DIGITS);
  const zeros = Math.max(0, Math.min(wanted - most, capacity - most - 8));
  const digits = digitCount(value, most, exponential(value));
  const [mantissa, exponent] = significant(value, digits);
  return withExponent(mantissa + "0".repeat(zeros + most - digits), exponent);
}

function general(value: number, precision: number, exponentFrom: number, capacity: number): string {
  const wanted = precision || 1;
  const most = Math.min(wanted, MAX_DIGITS, capacity - 8);
  const digits = digitCount(value, most, exponential(value));
  const [padded, exponent] = significant(value, digits);
  const mantissa = padded.replace(/0+$/, "") || "0";
  if (exponent === 0) return pointAt(mantissa, 1);
  if (exponent >= exponentFrom || exponent < -4) return withExponent(mantissa, exponent);
  return exponent < 0
    ? `0.${"0".repeat(-exponent - 1)}${mantissa}`
    : pointAt(mantissa.padEnd(exponent + 1, "0"), exponent + 1);
}

/** Where the buffer has no room for the last zeros they are missing, even before the point: 1e30 has 30 digits. */
function fixed(value: number, precision: number, exponent: number, capacity: number): string {
  const wanted = Math.min(precision, capacity - 3);
  if (exponent < 0) return fraction(value, wanted, exponent, capacity);
  const total = wanted + exponent + 1;
  const most = Math.min(total, MAX_DIGITS);
  const zeros = Math.max(0, Math.min(total - most, capacity - most - 3));
  const print = (digits: number) => {
    const [mantissa, leading] = significant(value, digits);
    const places = most + zeros + leading - exponent;
    return pointAt(mantissa.padEnd(places, "0"), leading + 1);
  };
  return print(digitCount(value, most, print));
}

/** `f` below one: leading zeros beyond the second do not count as digits. */
function fraction(value: number, precision: number, exponent: number, capacity: number): string {
  const leading = precision > 2 && exponent < -2 ? Math.min(-exponent, precision) - 2 : 0;
  const total = leading > 0 ? precision - leading : precision + 1;
  const most = Math.min(total, MAX_DIGITS);
  const zeros = Math.max(0, Math.min(total - most, capacity - most - 3));
  const shift = leading > 0 ? leading : -1;
  const digits = digitCount(value, most, (n) => value.toFixed(n + shift));
  const text = value.toFixed(Math.max(0, digits + shift));
  const decimals = zeros + most + shift;
  if (decimals <= 0) return text.split(".")[0] as string;
  const [whole, rest = ""] = text.split(".") as [string, string?];
  return `${whole}.${rest.padEnd(decimals, "0")}`;
}

function pointAt(digits: string, whole: number): string {
  return digits.length <= whole ? digits : `${digits.slice(0, whole)}.${digits.slice(whole)}`;
}

function withExponent(mantissa: string, exponent: number): string {
  const sign = exponent < 0 ? "-" : "+";
  return `${pointAt(mantissa, 1)}e${sign}${String(Math.abs(exponent)).padStart(2, "0")}`;
}
