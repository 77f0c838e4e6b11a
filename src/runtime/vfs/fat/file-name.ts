/**
 * File names on FAT: the eleven bytes of the short name, and the long name beside it where the short
 * one cannot say everything. Follows the rules of FatFs, so that both find each other's files.
 */

import { FileError } from "../../host/files.js";
import { capital, fromUnits, toByte, toUnit } from "./code-page.js";

const EINVAL = 22;
const SPACE = 0x20;
/** The mark of a deleted entry, and the byte that stands for it in a name. */
const DELETED = 0xe5;
const INSTEAD_OF_DELETED = 0x05;
const LONGEST = 255;
/** Flags of an entry: its name, or its extension, is shown in small letters. */
export const SMALL_BODY = 0x08;
export const SMALL_EXTENSION = 0x10;

export interface FatName {
  readonly long: string;
  readonly short: Uint8Array;
  /** "." or "..". */
  readonly isDot: boolean;
  /** The short name is no faithful picture: it needs a number to be unique. */
  readonly isLossy: boolean;
  readonly needsLong: boolean;
  /** SMALL_BODY and SMALL_EXTENSION. */
  readonly small: number;
}

/** The name of one segment of a path, in units of the code page. */
export function fatName(segment: string): FatName {
  if (/["*:<>?|\x7f]/.test(segment) || segment.length > LONGEST) throw new FileError(EINVAL);
  const short = new Uint8Array(11).fill(SPACE);
  if (segment === "." || segment === "..") {
    short.fill(0x2e, 0, segment.length);
    return { long: segment, short, isDot: true, isLossy: false, needsLong: false, small: 0 };
  }
  const long = segment.replace(/[ .]+$/, "");
  if (long === "") throw new FileError(EINVAL);
  const bare = long.replace(/^ +/, "");
  const dot = bare.lastIndexOf(".");
  const leadingDot = bare.startsWith(".");
  const body = field(dot < 0 ? bare : bare.slice(0, dot), short, 0, 8);
  const extension = dot < 0 ? NO_FIELD : field(bare.slice(dot + 1), short, 8, 3);
  if (short[0] === DELETED) short[0] = INSTEAD_OF_DELETED;
  const isLossy = bare !== long || leadingDot || body.isLossy || extension.isLossy;
  const mixed = (body.small && body.large) || (extension.small && extension.large);
  const needsLong = isLossy || body.isForeign || extension.isForeign || mixed;
  const small = (body.small ? SMALL_BODY : 0) | (extension.small ? SMALL_EXTENSION : 0);
  return { long, short, isDot: false, isLossy, needsLong, small: needsLong ? 0 : small };
}

interface Field {
  isLossy: boolean;
  isForeign: boolean;
  small: boolean;
  large: boolean;
}

const NO_FIELD: Field = { isLossy: false, isForeign: false, small: false, large: false };

/** Writes the name or the extension into its place in the short name. */
function field(text: string, short: Uint8Array, start: number, size: number): Field {
  const found = { ...NO_FIELD };
  let end = start;
  for (const unit of text) {
    if (unit === " " || unit === ".") {
      found.isLossy = true;
      continue;
    }
    if (end === start + size) {
      found.isLossy = true;
      break;
    }
    const byte = toByte(unit);
    if (byte === null || byte === 0 || "+,;=[]".includes(unit)) {
      found.isLossy = true;
      short[end++] = 0x5f;
      continue;
    }
    if (byte >= 0x80) found.isForeign = true;
    else if (/[a-z]/.test(unit)) found.small = true;
    if (/[A-Z]/.test(unit)) found.large = true;
    short[end++] = capital(byte);
  }
  return found;
}

/** A variant of a lossy short name: `LONGNA~1.TXT`. */
export function numbered(name: FatName, sequence: number): Uint8Array {
  let number = sequence;
  if (sequence > 5) {
    // After some collisions the number is a hash of the long name.
    for (let at = 0; at < name.long.length; at++) {
      let unit = name.long.charCodeAt(at);
      for (let bit = 0; bit < 16; bit++) {
        number = (number << 1) + (unit & 1);
        unit >>= 1;
        if (number & 0x10000) number ^= 0x11021;
      }
    }
  }
  const suffix = `~${number.toString(16).toUpperCase()}`;
  const short = name.short.slice();
  let end = 0;
  while (end < 8 - suffix.length && short[end] !== SPACE) end++;
  for (let at = end; at < 8; at++) {
    short[at] = at - end < suffix.length ? suffix.charCodeAt(at - end) : SPACE;
  }
  return short;
}

/** The checksum by which long names know their short one. */
export function shortSum(short: Uint8Array): number {
  let sum = 0;
  for (const byte of short) sum = ((sum >> 1) + (sum << 7) + byte) & 0xff;
  return sum;
}

/** How a short name is shown. */
export function shownShort(short: Uint8Array, flags: number): string {
  let units = "";
  for (let at = 0; at < 11; at++) {
    let byte = short[at] as number;
    if (byte === SPACE) continue;
    if (at === 0 && byte === INSTEAD_OF_DELETED) byte = DELETED;
    if (at >= 8 && !units.includes(".")) units += ".";
    const small = flags & (at < 8 ? SMALL_BODY : SMALL_EXTENSION);
    if (small && byte >= 0x41 && byte <= 0x5a) byte += 0x20;
    units += toUnit(byte);
  }
  return fromUnits(units) ?? units;
}
