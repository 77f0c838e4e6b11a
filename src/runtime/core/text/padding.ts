/** Padding to a width, which MicroPython counts in bytes of UTF-8. Used by `%` and `str.format`. */

import { utf8Length } from "./utf8.js";

/** `<` left, `>` right, `^` centred, `=` between sign and digits. */
export type Align = "<" | ">" | "^" | "=";

export function pad(text: string, width: number, fill: string, align: Align): string {
  const missing = width - utf8Length(text);
  if (missing <= 0) return text;
  if (align === "<") return text + fill.repeat(missing);
  if (align !== "^") return fill.repeat(missing) + text;
  const left = missing >> 1;
  return fill.repeat(left) + text + fill.repeat(missing - left);
}

/**
 * Zeros that go on with the separators of the number: `{:09,}` of 31 is `0,000,031`. They are placed
 * by the width alone; a separator is never the first character, another zero goes before it.
 */
export function padGrouped(text: string, width: number, separator: string, align: Align): string {
  const period = separator === "_" ? 5 : 4;
  let missing = width - utf8Length(text);
  let total = width;
  if (width % period === 0) {
    missing++;
    total++;
  }
  if (missing <= 0) return text;
  const zeros = (count: number) => {
    let result = "";
    for (let at = 0; at < count; at++) {
      const place = (period - 1 - (total % period) + at) % period;
      result += place === period - 1 ? separator : "0";
    }
    return result;
  };
  if (align === "<") return text + zeros(missing);
  if (align !== "^") return zeros(missing) + text;
  const left = missing >> 1;
  return zeros(left) + text + zeros(missing - left);
}

/** The longest beginning that fits into so many bytes. */
export function truncateBytes(text: string, bytes: number): string {
  if (utf8Length(text) <= bytes) return text;
  let end = Math.min(bytes, text.length);
  while (utf8Length(text.slice(0, end)) > bytes) end--;
  return text.slice(0, end);
}
