/**
 * The buffer protocol: the raw memory behind bytes, bytearray, memoryview, array and, for reading,
 * str. Files, sockets, machine's buses, struct and hashlib take their data this way.
 */

import { TypeError } from "../exception/exceptions.js";
import { BUFFER, type Buffer, NATIVE } from "../slots.js";
import { encodeUtf8 } from "../text/utf8.js";
import type { Value } from "../values.js";

/** The memory of a value, or null; `write` asks for memory that may be changed. */
export function bufferOf(value: Value, write = false): Buffer | null {
  if (typeof value === "string") return write ? null : { bytes: encodeUtf8(value), typecode: "B" };
  if (typeof value !== "object" || value === null) return null;
  if (value[BUFFER] !== undefined) return value[BUFFER](write);
  return NATIVE in value ? bufferOf(value[NATIVE], write) : null;
}

/** The memory of an argument that must have some. */
export function requireBuffer(value: Value, write = false): Buffer {
  const buffer = bufferOf(value, write);
  if (buffer === null) throw new TypeError("object with buffer protocol required");
  return buffer;
}

/** The bytes to read from an argument. */
export function bytesOf(value: Value): Uint8Array {
  return requireBuffer(value).bytes;
}

/** The bytes that a read may fill in. */
export function writableBytes(value: Value): Uint8Array {
  return requireBuffer(value, true).bytes;
}

/** Below, equal or above zero, byte by byte. */
export function compareBytes(left: Uint8Array, right: Uint8Array): number {
  const common = Math.min(left.length, right.length);
  for (let at = 0; at < common; at++) {
    const difference = (left[at] as number) - (right[at] as number);
    if (difference !== 0) return difference;
  }
  return left.length - right.length;
}

/** The offset of `needle` in `bytes`, or -1. */
export function findBytes(bytes: Uint8Array, needle: Uint8Array): number {
  for (let at = 0; at + needle.length <= bytes.length; at++) {
    let same = 0;
    while (same < needle.length && bytes[at + same] === needle[same]) same++;
    if (same === needle.length) return at;
  }
  return -1;
}
