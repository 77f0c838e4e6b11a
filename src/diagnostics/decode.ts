/**
 * Bytes of a source file to text: strict UTF-8, with or without a byte order mark. Called by
 * whoever reads files, before a `SourceFile` is made.
 */
import { diagnostic } from "./catalog.js";
import type { Diagnostic } from "./diagnostic.js";

const NEWLINE = 0x0a;

export type Decoded =
  | { readonly text: string; readonly diagnostic: null }
  | { readonly text: null; readonly diagnostic: Diagnostic };

export function decodeSource(bytes: Uint8Array, path: string): Decoded {
  try {
    return { text: new TextDecoder("utf-8", { fatal: true }).decode(bytes), diagnostic: null };
  } catch {
    const offset = firstInvalidByte(bytes);
    const byte = `0x${(bytes[offset] ?? 0).toString(16).padStart(2, "0")}`;
    const line = bytes.subarray(0, offset).filter((each) => each === NEWLINE).length + 1;
    return { text: null, diagnostic: diagnostic("MPY5003", { line, offset, byte }, path, null) };
  }
}

/** Lowest and highest second byte, and length, of the sequences a lead byte may start. */
function sequence(lead: number): { length: number; low: number; high: number } | null {
  if (lead < 0x80) return { length: 1, low: 0, high: 0 };
  if (lead >= 0xc2 && lead <= 0xdf) return { length: 2, low: 0x80, high: 0xbf };
  if (lead === 0xe0) return { length: 3, low: 0xa0, high: 0xbf };
  if (lead === 0xed) return { length: 3, low: 0x80, high: 0x9f };
  if (lead >= 0xe1 && lead <= 0xef) return { length: 3, low: 0x80, high: 0xbf };
  if (lead === 0xf0) return { length: 4, low: 0x90, high: 0xbf };
  if (lead >= 0xf1 && lead <= 0xf3) return { length: 4, low: 0x80, high: 0xbf };
  if (lead === 0xf4) return { length: 4, low: 0x80, high: 0x8f };
  return null;
}

/** The byte at which decoding cannot go on: a bad lead byte, or the lead of a cut sequence. */
function firstInvalidByte(bytes: Uint8Array): number {
  let at = 0;
  while (at < bytes.length) {
    const shape = sequence(bytes[at] ?? 0);
    if (shape === null) return at;
    for (let i = 1; i < shape.length; i++) {
      const next = bytes[at + i] ?? 0;
      const low = i === 1 ? shape.low : 0x80;
      const high = i === 1 ? shape.high : 0xbf;
      if (next < low || next > high) return at;
    }
    at += shape.length;
  }
  return bytes.length;
}
