/**
 * UTF-8, with MicroPython's tolerance: surrogates are encoded like any other character, and what
 * `bytes.decode` accepts is checked only roughly. Strings, bytes, print and the file layer use it.
 */

import { characterOf, standIn } from "./beyond-unicode.js";
import { text } from "./strings.js";

/** Bytes of a string in UTF-8. */
export function utf8Length(value: string): number {
  let length = value.length;
  for (let at = 0; at < value.length; at++) {
    const unit = value.charCodeAt(at);
    if (unit < 0x80) continue;
    // A surrogate pair is two units and four bytes.
    if (unit < 0x800 || isPair(value, at)) length += 1;
    else length += (unit & 0xfc00) === 0xdc00 && at > 0 && isPair(value, at - 1) ? 1 : 2;
  }
  return length;
}

function isPair(value: string, at: number): boolean {
  return (
    (value.charCodeAt(at) & 0xfc00) === 0xd800 && (value.charCodeAt(at + 1) & 0xfc00) === 0xdc00
  );
}

export function encodeUtf8(value: string): Uint8Array {
  const bytes = new Uint8Array(utf8Length(value));
  let end = 0;
  for (let at = 0; at < value.length; at++) {
    let code = value.codePointAt(at) as number;
    if (code < 0x80) {
      bytes[end++] = code;
      continue;
    }
    if (code < 0x800) {
      bytes[end++] = 0xc0 | (code >> 6);
    } else {
      if (code < 0x10000) {
        bytes[end++] = 0xe0 | (code >> 12);
      } else {
        at++;
        code = characterOf(code);
        bytes[end++] = 0xf0 | (code >> 18);
        bytes[end++] = 0x80 | ((code >> 12) & 63);
      }
      bytes[end++] = 0x80 | ((code >> 6) & 63);
    }
    bytes[end++] = 0x80 | (code & 63);
  }
  return bytes;
}

/** Whether every lead byte has its continuation bytes. */
export function isUtf8(bytes: Uint8Array): boolean {
  let need = 0;
  for (const byte of bytes) {
    if (need > 0) {
      if ((byte & 0xc0) !== 0x80) return false;
      need--;
    } else if (byte >= 0x80) {
      if (byte < 0xc0 || byte >= 0xf8) return false;
      need = continuationBytes(byte);
    }
  }
  return need === 0;
}

function continuationBytes(lead: number): number {
  return lead >= 0xf0 ? 3 : lead >= 0xe0 ? 2 : 1;
}

/** Decodes; what is not UTF-8 becomes `replacement`. */
export function decodeUtf8(bytes: Uint8Array, replacement = "\ufffd"): string {
  const parts: string[] = [];
  let astral = false;
  for (let at = 0; at < bytes.length; ) {
    const lead = bytes[at++] as number;
    if (lead < 0x80) {
      parts.push(String.fromCharCode(lead));
      continue;
    }
    if (lead < 0xc0 || lead >= 0xf8) {
      parts.push(replacement);
      continue;
    }
    const need = continuationBytes(lead);
    let code = lead & (0x7f >> (need + 1));
    let got = 0;
    while (got < need && at < bytes.length && ((bytes[at] as number) & 0xc0) === 0x80) {
      code = (code << 6) | ((bytes[at++] as number) & 63);
      got++;
    }
    if (got < need) parts.push(replacement);
    else parts.push(String.fromCodePoint(code > 0x10ffff ? standIn(code) : code));
    astral ||= code > 0xffff;
  }
  const result = parts.join("");
  return astral ? text(result) : result;
}
