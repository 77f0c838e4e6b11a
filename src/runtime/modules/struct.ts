/** The `struct` module: packed binary data, with MicroPython's leniency about argument counts. */

import { def } from "../core/call/signature.js";
import { ValueError } from "../core/exception/exceptions.js";
import { itemTypes } from "../core/memory/binary-item.js";
import { bytesOf, writableBytes } from "../core/memory/buffer.js";
import { index } from "../core/number/numbers.js";
import { Bytes, toBytes } from "../core/text/bytes.js";
import { anyText } from "../core/text/strings.js";
import { asTuple, type Value } from "../core/values.js";

interface Field {
  count: number;
  type: string;
  /** Of one item; 1 for padding and strings. */
  size: number;
  align: number;
}

interface Format {
  little: boolean;
  fields: Field[];
  size: number;
}

/** What was read lately: a program has few formats, and reads each again and again. */
const known = /* @__PURE__ */ new Map<string, Format>();
const MOST_KNOWN = 64;

function parse(format: Value): Format {
  const text = anyText(format);
  let parsed = known.get(text);
  if (parsed === undefined) {
    parsed = read(text);
    if (known.size === MOST_KNOWN) known.clear();
    known.set(text, parsed);
  }
  return parsed;
}

/** Only native formats are aligned. */
function read(text: string): Format {
  const order = /^[@=<>!]/.exec(text)?.[0] ?? "";
  const aligned = order === "" || order === "@";
  const fields: Field[] = [];
  let size = 0;
  const part = /(\d*)(.)/gs;
  part.lastIndex = order.length;
  for (let found = part.exec(text); found !== null; found = part.exec(text)) {
    const field = fieldOf(found[2] as string, found[1] === "" ? 1 : Number(found[1]), aligned);
    // MicroPython reads "=" and then knows no type in that order.
    if (order === "=" && !/[xs]/.test(field.type)) throw new ValueError("bad typecode");
    if (field.count > 0) size = alignTo(size, field.align) + field.size * field.count;
    fields.push(field);
  }
  return { little: order !== ">" && order !== "!", fields, size };
}

function fieldOf(type: string, count: number, aligned: boolean): Field {
  if (type === "x" || type === "s") return { type, count, size: 1, align: 1 };
  const size = itemTypes[type]?.size;
  if (size === undefined) throw new ValueError("bad typecode");
  return { type, count, size, align: aligned ? size : 1 };
}

function alignTo(offset: number, align: number): number {
  return Math.ceil(offset / align) * align;
}

export const calcsize = def(function calcsize(format: Value): number {
  return parse(format).size;
}, "fmt, /");

export const unpack = def(function unpack(format: Value, data: Value, offset: Value = 0): Value {
  const { little, fields, size } = parse(format);
  const bytes = bytesOf(data);
  let at = start(index(offset), bytes.length, size);
  const base = at;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const values: Value[] = [];
  for (const { type, count, size: step, align } of fields) {
    if (type === "s") values.push(toBytes(bytes.subarray(at, at + count)));
    if (type === "s" || type === "x") {
      at += count;
      continue;
    }
    for (let left = count; left > 0; left--) {
      at = base + alignTo(at - base, align);
      values.push(itemTypes[type]?.read(view, at, little));
      at += step;
    }
  }
  return asTuple(values);
}, "fmt, data, offset=, /");

export const unpack_from = def(
  (format: Value, data: Value, offset?: Value) => unpack(format, data, offset),
  "fmt, data, offset=, /",
  "unpack_from",
);

export const pack = def(function pack(format: Value, ...values: Value[]): Bytes {
  const parsed = parse(format);
  const bytes = new Bytes(parsed.size);
  store(parsed, bytes, 0, values);
  return bytes;
}, "fmt, *values");

export const pack_into = def(function pack_into(
  format: Value,
  buffer: Value,
  offset: Value,
  ...values: Value[]
): null {
  const parsed = parse(format);
  const bytes = writableBytes(buffer);
  store(parsed, bytes, start(index(offset), bytes.length, parsed.size), values);
  return null;
}, "fmt, buffer, offset, *values");

/** Where to begin in memory of `length` bytes, of which `size` are needed. */
function start(offset: number, length: number, size: number): number {
  const at = offset < 0 ? offset + length : offset;
  if (at < 0 || at + size > length) throw new ValueError("buffer too small");
  return at;
}

/** Values too many are ignored, fields without a value stay as they are. */
function store({ little, fields }: Format, bytes: Uint8Array, base: number, values: Value[]): void {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let at = base;
  let next = 0;
  for (const { type, count, size, align } of fields) {
    if (next >= values.length) return;
    if (type === "x") {
      bytes.fill(0, at, at + count);
      at += count;
    } else if (type === "s") {
      const text = bytesOf(values[next++]).subarray(0, count);
      bytes.fill(0, at, at + count);
      bytes.set(text, at);
      at += count;
    } else {
      for (let left = count; left > 0 && next < values.length; left--) {
        at = base + alignTo(at - base, align);
        itemTypes[type]?.write(view, at, values[next++], little);
        at += size;
      }
    }
  }
}
