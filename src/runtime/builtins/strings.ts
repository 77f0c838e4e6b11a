/** The text types and functions a program sees without import: `str`, `bytes`, `ord`, `hex` ... */

import { def } from "../core/call/signature.js";
import type { Dict } from "../core/container/dict.js";
import {
  MemoryError,
  NotImplementedError,
  TypeError,
  ValueError,
} from "../core/exception/exceptions.js";
import { each } from "../core/iteration/iteration.js";
import { bufferOf, requireBuffer } from "../core/memory/buffer.js";
import { MemoryView } from "../core/memory/memoryview.js";
import { index } from "../core/number/numbers.js";
import { printed, repr as reprOf } from "../core/repr.js";
import { characterOf } from "../core/text/beyond-unicode.js";
import { ByteArray } from "../core/text/bytearray.js";
import { Bytes, toBytes } from "../core/text/bytes.js";
import { textEncoding } from "../core/text/encoding.js";
import { format as formatValue } from "../core/text/format.js";
import { percentFormat } from "../core/text/percent-format.js";
import { implicitConversion, stringLength, text } from "../core/text/strings.js";
import { isInt, type Value } from "../core/values.js";

/** MicroPython knows these arguments by position only, and says so in words of its own. */
function refuseKeywords(keywords: Dict | undefined): void {
  if (keywords === undefined || keywords.size === 0) return;
  throw new NotImplementedError("keyword argument(s) not implemented - use normal args instead");
}

export const str = def(function str(
  value?: Value,
  encoding?: Value,
  errors: Value = null,
  keywords?: Dict,
): string {
  refuseKeywords(keywords);
  if (value === undefined) return "";
  if (encoding === undefined) return printed(value, "str");
  const { bytes } = requireBuffer(value);
  return textEncoding(encoding).decode(bytes, errors);
}, "$object=, $encoding=, $errors=, **keywords");

export const repr = def(reprOf, "object, /", "repr");

export const bytes = def(function bytes(
  source?: Value,
  encoding?: Value,
  _errors?: Value,
  keywords?: Dict,
): Bytes {
  refuseKeywords(keywords);
  if (source === undefined) return new Bytes(0);
  if (source instanceof Bytes) return source;
  if (typeof source === "string") {
    if (encoding === undefined) throw new TypeError("string argument without an encoding");
    return textEncoding(encoding).encode(source);
  }
  if (encoding !== undefined) throw new TypeError("wrong number of arguments");
  if (isInt(source)) {
    if (source > 0x3fffffff || source < -0x40000000)
      throw new TypeError("'int' object isn't iterable");
    if (source < 0) throw new ValueError();
    return new Bytes(checkLength(source));
  }
  const buffer = bufferOf(source);
  if (buffer !== null) return toBytes(buffer.bytes);
  const items: number[] = [];
  for (const item of each(source)) {
    const byte = index(item);
    if (byte < 0 || byte > 255) throw new ValueError("bytes value out of range");
    items.push(byte);
  }
  return toBytes(items);
}, "$source=, $encoding=, $errors=, **keywords");

export const bytearray = def(function bytearray(
  source?: Value,
  encoding?: Value,
  _errors?: Value,
): ByteArray {
  if (source === undefined) return new ByteArray(new Uint8Array(0));
  if (isInt(source)) return new ByteArray(new Uint8Array(checkLength(index(source))));
  if (typeof source === "string" && encoding === undefined) {
    throw new TypeError("string argument without an encoding");
  }
  const buffer = bufferOf(source);
  if (buffer !== null) return new ByteArray(new Uint8Array(buffer.bytes));
  const made = new ByteArray(new Uint8Array(0));
  made.extend(source);
  return made;
}, "source=, encoding=, errors=, /");

/** Memory of a size that a board could never have is refused as a board refuses it. */
function checkLength(length: number | bigint): number {
  if (length >= 0 && length <= 1 << 26) return Number(length);
  const asked = Number(BigInt.asUintN(32, BigInt(length)));
  throw new MemoryError(`memory allocation failed, allocating ${asked} bytes`);
}

export const memoryview = def(function memoryview(object: Value): MemoryView {
  const { bytes, typecode } = requireBuffer(object);
  return new MemoryView(bytes, typecode, bufferOf(object, true) !== null);
}, "object, /");

export const chr = def(function chr(code: Value): string {
  const point = index(code);
  if (point < 0 || point >= 0x110000) throw new ValueError("char not in range(0x110000)");
  return point > 0xffff ? text(String.fromCodePoint(point)) : String.fromCharCode(point);
}, "i, /");

export const ord = def(function ord(character: Value): number {
  let length: number;
  if (typeof character === "string") {
    length = stringLength(character);
    if (length === 1) return characterOf(character.codePointAt(0) as number);
  } else {
    if (!(character instanceof Bytes)) throw implicitConversion(character);
    length = character.length;
    if (length === 1) return character[0] as number;
  }
  throw new TypeError(`ord() expected a character, but string of length ${length} found`);
}, "c, /");

export const bin = def((value: Value): string => formatValue(value, "#b"), "x, /", "bin");

export const oct = def((value: Value): string => percentFormat("%#o", value), "x, /", "oct");

export const hex = def((value: Value): string => percentFormat("%#x", value), "x, /", "hex");

/** `format(value, spec)` of f-strings; programs have no builtin of that name. */
export function format(value: Value, spec: string): string {
  return formatValue(value, spec);
}
