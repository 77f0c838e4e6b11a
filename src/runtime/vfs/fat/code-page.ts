/**
 * Code page 437, in which MicroPython's FAT keeps names: each byte of a name (of its UTF-8) is one
 * character of this page, stored as UTF-16 in long names and as the byte in short ones.
 */

import { decodeUtf8, encodeUtf8 } from "../../core/text/utf8.js";

const HIGH =
  "ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜ¢£¥₧ƒáíóúñÑªº¿⌐¬½¼¡«»░▒▓│┤╡╢╖╕╣║╗╝╜╛┐" +
  "└┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀αßΓπΣσµτΦΘΩδ∞φε∩≡±≥≤⌠⌡÷≈°∙·√ⁿ²■\u00a0";

/** Capitals of the bytes from 0x80 on, in hexadecimal; the later ones have none. */
const CAPITALS = "809a45418e418f804545454949498e8f9092924f994f555559999a9b9c9d9e9f41494f55a5";

/** A path as the file system stores it: one UTF-16 unit for each byte of its UTF-8. */
export function toUnits(name: string): string {
  let units = "";
  for (const byte of encodeUtf8(name)) units += toUnit(byte);
  return units;
}

export function toUnit(byte: number): string {
  return byte < 0x80 ? String.fromCharCode(byte) : (HIGH[byte - 0x80] as string);
}

/** The name that units stand for; null when one of them is not of the code page. */
export function fromUnits(units: string): string | null {
  const bytes = new Uint8Array(units.length);
  for (let at = 0; at < units.length; at++) {
    const byte = toByte(units[at] as string);
    if (byte === null) return null;
    bytes[at] = byte;
  }
  return decodeUtf8(bytes);
}

/** The byte of a character; null when the page lacks it. */
export function toByte(unit: string): number | null {
  const code = unit.charCodeAt(0);
  if (code < 0x80) return code;
  const place = HIGH.indexOf(unit);
  return place < 0 ? null : 0x80 + place;
}

/** The capital of a byte, as short names have it. */
export function capital(byte: number): number {
  if (byte >= 0x61 && byte <= 0x7a) return byte - 0x20;
  const place = 2 * (byte - 0x80);
  if (place < 0 || place >= CAPITALS.length) return byte;
  return Number.parseInt(CAPITALS.slice(place, place + 2), 16);
}
