/** `hash()` of str and bytes: over the bytes of UTF-8, so that both agree. */

import { encodeUtf8 } from "../text/utf8.js";

export function hashString(value: string): number {
  return hashBytes(encodeUtf8(value));
}

/** Never zero, and of 16 bits, as MicroPython stores it with its interned strings. */
export function hashBytes(bytes: Uint8Array): number {
  let hash = 5381;
  for (const byte of bytes) hash = (Math.imul(hash, 33) ^ byte) & 0xffff;
  return hash || 1;
}
