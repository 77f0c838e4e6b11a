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

/** The longest beginning that fits into so many bytes. */
export function truncateBytes(text: string, bytes: number): string {
  if (utf8Length(text) <= bytes) return text;
  let end = Math.min(bytes, text.length);
  while (utf8Length(text.slice(0, end)) > bytes) end--;
  return text.slice(0, end);
}
