/** What stands before compressed data: the headers of zlib (RFC 1950) and gzip (RFC 1952). */

import type { Waiting } from "../core/blocking/blocking.js";

export interface StreamHeader {
  readonly isGzip: boolean;
  /** The logarithm of the window's size. gzip does not tell, so it is the greatest. */
  readonly windowBits: number;
}

const DEFLATE = 8;
const GZIP_MAGIC = 0x1f8b;
const GZIP_WINDOW_BITS = 15;
const HEADER_CRC = 2;
const EXTRA = 4;
const NAME = 8;
const COMMENT = 16;
const RESERVED = 0xe0;
const DICTIONARY = 0x20;

/** Null for what is neither. */
export function* readHeader(next: () => Waiting<number>): Waiting<StreamHeader | null> {
  const first = yield* next();
  const second = yield* next();
  const word = first * 256 + second;
  if (word === GZIP_MAGIC) return yield* readGzipHeader(next);
  const windowBits = (first >> 4) + 8;
  const isZlib = word % 31 === 0 && (first & 15) === DEFLATE && windowBits <= 15;
  return isZlib && (second & DICTIONARY) === 0 ? { isGzip: false, windowBits } : null;
}

function* readGzipHeader(next: () => Waiting<number>): Waiting<StreamHeader | null> {
  const skip = function* (count: number): Waiting<void> {
    for (let left = count; left > 0; left--) yield* next();
  };
  const skipText = function* (): Waiting<void> {
    while ((yield* next()) !== 0);
  };
  if ((yield* next()) !== DEFLATE) return null;
  const flags = yield* next();
  if ((flags & RESERVED) !== 0) return null;
  yield* skip(6);
  if (flags & EXTRA) yield* skip((yield* next()) + 256 * (yield* next()));
  if (flags & NAME) yield* skipText();
  if (flags & COMMENT) yield* skipText();
  if (flags & HEADER_CRC) yield* skip(2);
  return { isGzip: true, windowBits: GZIP_WINDOW_BITS };
}

/** Level "default", no dictionary; the smallest window that zlib readers take is of 512 bytes. */
export function zlibHeader(windowBits: number): Uint8Array {
  const method = (Math.max(windowBits - 8, 1) << 4) | DEFLATE;
  const flags = 0x80;
  return Uint8Array.of(method, flags | (31 - ((method * 256 + flags) % 31)));
}

/** No name, no time; "fastest", Unix. */
export function gzipHeader(): Uint8Array {
  return Uint8Array.of(0x1f, 0x8b, DEFLATE, 0, 0, 0, 0, 0, 4, 3);
}
