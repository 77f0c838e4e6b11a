/** The `binascii` module: hexadecimal, base64 and CRC-32. */

import { crc32 as update } from "../compression/checksums.js";
import { def } from "../core/call/signature.js";
import { ValueError } from "../core/exception/exceptions.js";
import { bytesOf } from "../core/memory/buffer.js";
import { intAnd } from "../core/number/int.js";
import { asInt } from "../core/number/numbers.js";
import { truth } from "../core/operator/unary.js";
import { Bytes, toBytes } from "../core/text/bytes.js";
import { fromHex, hexBytes } from "../core/text/hex.js";
import { anyText } from "../core/text/strings.js";
import type { Value } from "../core/values.js";

export const hexlify = def(function hexlify(data: Value, sep?: Value): Bytes {
  const separator = sep === undefined ? "" : anyText(sep);
  return hexBytes(bytesOf(data), separator === "" ? undefined : separator.charCodeAt(0));
}, "data, sep=, /");

export const unhexlify = def(function unhexlify(data: Value): Bytes {
  return toBytes(fromHex(bytesOf(data)));
}, "data, /");

const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
const PADDING = 61;
const NEWLINE = 10;
const LETTERS = /* @__PURE__ */ Uint8Array.from(ALPHABET, (letter) => letter.charCodeAt(0));
/** What each character stands for; -1 for those outside the alphabet. */
const SEXTETS = /* @__PURE__ */ Int8Array.from({ length: 256 }, (_, code) =>
  ALPHABET.indexOf(String.fromCharCode(code)),
);

/** Characters outside the alphabet are skipped. */
export const a2b_base64 = def(function a2b_base64(data: Value): Bytes {
  const text = bytesOf(data);
  const result = new Uint8Array((text.length * 3) >> 2);
  let count = 0;
  let pending = 0;
  let bits = 0;
  let padded = false;
  for (let at = 0; at < text.length; at++) {
    const code = text[at] as number;
    if (code === PADDING) {
      if (bits === 2 || (bits === 4 && padded)) {
        bits = 0;
        break;
      }
      padded = true;
      continue;
    }
    const sextet = SEXTETS[code] as number;
    if (sextet < 0) continue;
    padded = false;
    pending = ((pending << 6) | sextet) & 0xffff;
    bits += 6;
    if (bits >= 8) {
      bits -= 8;
      result[count++] = (pending >> bits) & 255;
    }
  }
  if (bits !== 0) throw new ValueError("incorrect padding");
  return toBytes(result.subarray(0, count));
}, "data, /");

export const b2a_base64 = def(function b2a_base64(data: Value, newline: Value = true): Bytes {
  const bytes = bytesOf(data);
  const ends = truth(newline);
  const made = new Bytes(4 * Math.ceil(bytes.length / 3) + (ends ? 1 : 0));
  let to = 0;
  for (let at = 0; at < bytes.length; at += 3, to += 4) {
    const left = bytes.length - at;
    const word = ((bytes[at] as number) << 16) | ((bytes[at + 1] ?? 0) << 8) | (bytes[at + 2] ?? 0);
    made[to] = LETTERS[word >> 18] as number;
    made[to + 1] = LETTERS[(word >> 12) & 63] as number;
    made[to + 2] = left > 1 ? (LETTERS[(word >> 6) & 63] as number) : PADDING;
    made[to + 3] = left > 2 ? (LETTERS[word & 63] as number) : PADDING;
  }
  if (ends) made[to] = NEWLINE;
  return made;
}, "data, *, newline=");

export const crc32 = def(function crc32(data: Value, value: Value = 0): number {
  return update(bytesOf(data), Number(intAnd(asInt(value), 0xffffffff)));
}, "data, value=, /");
