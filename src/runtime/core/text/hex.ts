/** Hexadecimal digits of bytes and back, for `bytes.hex`, `bytes.fromhex` and `binascii`. */

import { ValueError } from "../exception/exceptions.js";
import { Bytes } from "./bytes.js";

const DIGITS = "0123456789abcdef";

/** Of each byte its two digits. */
const PAIRS = /* @__PURE__ */ Array.from({ length: 256 }, (_, byte) =>
  byte.toString(16).padStart(2, "0"),
);

/** `bytes.hex(separator)` */
export function hexText(bytes: Uint8Array, separator: string): string {
  let text = "";
  for (let at = 0; at < bytes.length; at++) {
    if (at > 0) text += separator;
    text += PAIRS[bytes[at] as number];
  }
  return text;
}

/** The same as bytes; `separator` is a character code, if any. */
export function hexBytes(bytes: Uint8Array, separator?: number): Bytes {
  const { length } = bytes;
  const width = separator === undefined ? 2 : 3;
  const made = new Bytes(length === 0 ? 0 : width * length - (width - 2));
  for (let at = 0, to = 0; at < length; at++, to += width) {
    const byte = bytes[at] as number;
    made[to] = DIGITS.charCodeAt(byte >> 4);
    made[to + 1] = DIGITS.charCodeAt(byte & 15);
    if (separator !== undefined && at + 1 < length) made[to + 2] = separator;
  }
  return made;
}

/** The bytes of hexadecimal digits; white space between pairs is skipped. ValueError for others. */
export function fromHex(digits: Uint8Array): Uint8Array {
  const made = new Uint8Array(digits.length >> 1);
  let count = 0;
  for (let at = 0; at < digits.length; ) {
    const code = digits[at] as number;
    if (code === 32 || (code >= 9 && code <= 13)) {
      at += 1;
      continue;
    }
    const byte = (digit(code) << 4) | digit(digits[at + 1]);
    if (byte < 0) throw new ValueError("non-hex digit");
    made[count++] = byte;
    at += 2;
  }
  return made.subarray(0, count);
}

/** What a digit stands for; -1 for what is none. */
function digit(code: number | undefined): number {
  if (code === undefined) return -1;
  if (code >= 48 && code <= 57) return code - 48;
  const letter = code | 32;
  return letter >= 97 && letter <= 102 ? letter - 87 : -1;
}
