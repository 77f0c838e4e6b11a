/** Ints and floats printed with sign, prefix, separators, width and fill: the numeric half of `%` and
 * `str.format`, which call it with what they have parsed. */

import { formatFloat } from "../number/float-repr.js";
import type { Int } from "../number/int.js";
import { type Align, pad, padGrouped } from "./padding.js";

export interface NumberFormat {
  align: Align;
  /** `%-05d`: pads to the right and between sign and digits at once. */
  afterSign: boolean;
  fill: string;
  width: number;
  /** What positive numbers begin with: "", "+" or " ". */
  sign: string;
  /** Show `0x`, `0o` and `0b`. */
  prefixed: boolean;
  /** Between groups of digits: "", "," or "_". */
  separator: string;
}

const PREFIX: Record<number, string> = { 2: "0b", 8: "0o", 10: "", 16: "0x" };

export function formatInt(
  value: Int,
  base: number,
  upper: boolean,
  format: NumberFormat,
  precision = 0,
): string {
  const { fill, sign, separator } = format;
  let { width, align, afterSign } = format;
  let zeros = precision;
  if (align !== "<" && align !== "^" && fill === "0") {
    width = Math.max(width, zeros);
    zeros = 0;
  }
  const minus = value < 0 ? "-" : "";
  const magnitude = (value < 0 ? -value : value).toString(base);
  const prefix = format.prefixed ? (PREFIX[base] as string) : "";
  const lead = minus === "" ? sign : minus;
  const body = group(magnitude, separator, base === 10 ? 3 : 4);
  const digits = upper ? body.toUpperCase() : body;
  const head = lead + (upper ? prefix.toUpperCase() : prefix);
  if (zeros > 1) {
    const text = head + digits.padStart(zeros, "0");
    return align === "<" ? text.padEnd(width) : text.padStart(width);
  }
  afterSign ||= align === "=";
  if (!afterSign) return padNumber(head + digits, width, format);
  return head + padNumber(digits, width - head.length, format);
}

/** Zeros before a number with separators go on with these. */
export function padNumber(
  text: string,
  width: number,
  { fill, separator, align }: NumberFormat,
): string {
  if (separator !== "" && fill === "0") return padGrouped(text, width, separator, align);
  return pad(text, width, fill, align);
}

function group(digits: string, separator: string, size: number): string {
  if (separator === "") return digits;
  return digits.replace(new RegExp(`\\B(?=(.{${size}})+$)`, "g"), separator);
}

/** `suffix` is the `%` of the percent format. */
export function formatNumber(
  value: number,
  type: string,
  precision: number,
  format: NumberFormat,
  suffix = "",
): string {
  const text = formatFloat(value, type, precision, format.sign) + suffix;
  const { width, align } = format;
  if ((align === "=" || format.afterSign) && text.charCodeAt(0) < 48) {
    return text.charAt(0) + padNumber(text.slice(1), width - 1, format);
  }
  return padNumber(text, width, format);
}
