/** The `binascii` module: hexadecimal, base64 and CRC-32. */

import { crc32 as update } from "../compression/checksums.js";
import { bytesOf } from "../core/buffer.js";
import { type Bytes, b, toBytes, toLatin1 } from "../core/bytes.js";
import { fromHex, hexOf } from "../core/bytes-methods.js";
import { ValueError } from "../core/exceptions.js";
import { intAnd } from "../core/int.js";
import { asInt } from "../core/numbers.js";
import { def } from "../core/signature.js";
import { anyText } from "../core/strings.js";
import { truth } from "../core/unary.js";
import type { Value } from "../core/values.js";

export const hexlify = def(function hexlify(data: Value, sep?: Value): Bytes {
  return b(hexOf(bytesOf(data), sep === undefined ? "" : anyText(sep).charAt(0)));
}, "data, sep=, /");

export const unhexlify = def(function unhexlify(data: Value): Bytes {
  return b(fromHex(toLatin1(bytesOf(data))));
}, "data, /");

const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/** Characters outside the alphabet are skipped. */
export const a2b_base64 = def(function a2b_base64(data: Value): Bytes {
  const result: number[] = [];
  let pending = 0;
  let bits = 0;
  let padded = false;
  for (const code of bytesOf(data)) {
    const character = String.fromCharCode(code);
    if (character === "=") {
      if (bits === 2 || (bits === 4 && padded)) {
        bits = 0;
        break;
      }
      padded = true;
    }
    const sextet = ALPHABET.indexOf(character);
    if (sextet < 0) continue;
    padded = false;
    pending = ((pending << 6) | sextet) & 0xffff;
    bits += 6;
    if (bits >= 8) {
      bits -= 8;
      result.push((pending >> bits) & 255);
    }
  }
  if (bits !== 0) throw new ValueError("incorrect padding");
  return toBytes(result);
}, "data, /");

export const b2a_base64 = def(function b2a_base64(data: Value, newline: Value = true): Bytes {
  const bytes = bytesOf(data);
  let text = "";
  for (let at = 0; at < bytes.length; at += 3) {
    const [first = 0, second = 0, third = 0] = bytes.subarray(at, at + 3);
    const word = (first << 16) | (second << 8) | third;
    const count = Math.min(3, bytes.length - at);
    for (let digit = 0; digit < 4; digit++) {
      text += digit > count ? "=" : ALPHABET[(word >> (18 - 6 * digit)) & 63];
    }
  }
  return b(truth(newline) ? `${text}\n` : text);
}, "data, *, newline=");

export const crc32 = def(function crc32(data: Value, value: Value = 0): number {
  return update(bytesOf(data), Number(intAnd(asInt(value), 0xffffffff)));
}, "data, value=, /");
