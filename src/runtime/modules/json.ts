/** The `json` module. */

import { runToEnd } from "../core/blocking/blocking.js";
import { def } from "../core/call/signature.js";
import { asArrayOf } from "../core/iteration/iteration.js";
import { requireBuffer } from "../core/memory/buffer.js";
import { anyText } from "../core/text/strings.js";
import { decodeUtf8 } from "../core/text/utf8.js";
import type { Value } from "../core/values.js";
import { rawStream } from "../io/raw-stream.js";
import { Stream } from "../io/stream.js";
import { writeText } from "../io/write-text.js";
import { parseJson } from "../json/parse.js";
import { printJson, type Separators } from "../json/print.js";

const CHUNK = 512;

function separatorsOf(value: Value): Separators {
  if (value === null) return { item: ", ", key: ": " };
  const items = asArrayOf(value, 2);
  return { item: anyText(items[0]), key: anyText(items[1]) };
}

export const dumps = def(function dumps(value: Value, separators: Value = null): string {
  return printJson(value, separatorsOf(separators));
}, "obj, *, separators=");

export const dump = def(function dump(value: Value, stream: Value, separators: Value = null): null {
  writeText(stream, printJson(value, separatorsOf(separators)));
  return null;
}, "obj, stream, *, separators=");

/** A str, or UTF-8 in memory. */
export const loads = def(function loads(source: Value): Value {
  if (typeof source === "string") return parseJson(source);
  return parseJson(decodeUtf8(requireBuffer(source).bytes));
}, "s, /");

/** From any stream, which is read to its end. */
export const load = def(function load(stream: Value): Value {
  const source = rawStream(stream);
  // A stream written in Python sees that the bytes are asked for one by one.
  const buffer = new Uint8Array(stream instanceof Stream ? CHUNK : 1);
  const pieces: Uint8Array[] = [];
  for (;;) {
    const count = runToEnd(source.read(buffer));
    if (count === 0) return parseJson(decodeUtf8(joined(pieces)));
    pieces.push(buffer.slice(0, count));
  }
}, "stream, /");

function joined(pieces: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(pieces.reduce((length, piece) => length + piece.length, 0));
  let at = 0;
  for (const piece of pieces) {
    whole.set(piece, at);
    at += piece.length;
  }
  return whole;
}
