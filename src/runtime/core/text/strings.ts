/**
 * Strings as sequences of code points. As long as no character beyond U+FFFF has been seen, code
 * points are UTF-16 units and everything is native; `text` notes the first such character. Used by
 * operators, subscripts, iteration and the str methods.
 */

import { typeName } from "../class/type.js";
import {
  IndexError,
  MemoryError,
  NotImplementedError,
  TypeError,
} from "../exception/exceptions.js";
import { index, intOperand } from "../number/numbers.js";
import { Slice } from "../operator/slice.js";
import type { BinaryOp } from "../slots.js";
import type { Value } from "../values.js";
import { characterOf } from "./beyond-unicode.js";
import { Bytes } from "./bytes.js";
import { percentFormat } from "./percent-format.js";
import { decodeUtf8 } from "./utf8.js";

/** Whether any string may hold a surrogate pair. */
let astralSeen = false;

const PAIR = /[\ud800-\udbff][\udc00-\udfff]/;

/** Every string made outside the program's own plain literals passes here. */
export function text(value: string): string {
  if (!astralSeen && PAIR.test(value)) astralSeen = true;
  return value;
}

export function isAstral(value: string): boolean {
  return astralSeen && PAIR.test(value);
}

/** `len(s)`. */
export function stringLength(value: string): number {
  if (!astralSeen) return value.length;
  let length = value.length;
  for (let at = 0; at + 1 < value.length; at++) {
    if (isPairAt(value, at)) {
      length--;
      at++;
    }
  }
  return length;
}

function isPairAt(value: string, at: number): boolean {
  if ((value.charCodeAt(at) & 0xfc00) !== 0xd800) return false;
  return (value.charCodeAt(at + 1) & 0xfc00) === 0xdc00;
}

/** The UTF-16 offset of a code point index, counted from the end if negative, clamped to the string. */
export function offsetOf(value: string, position: number): number {
  if (!isAstral(value)) {
    return position < 0 ? Math.max(0, value.length + position) : Math.min(position, value.length);
  }
  let rest = position < 0 ? Math.max(0, stringLength(value) + position) : position;
  let at = 0;
  for (; rest > 0 && at < value.length; rest--) at += isPairAt(value, at) ? 2 : 1;
  return at;
}

/** The code point index of a UTF-16 offset. */
export function positionOf(value: string, offset: number): number {
  return isAstral(value) ? stringLength(value.slice(0, offset)) : offset;
}

/** `s[key]`, an index or a slice. */
export function strItem(value: string, key: Value): string {
  if (typeof key === "number" && !astralSeen) {
    const item = key < 0 ? value[key + value.length] : value[key];
    if (item !== undefined) return item;
  }
  if (key instanceof Slice) return strSlice(value, key);
  if (intOperand(key) === undefined) {
    throw new TypeError(`string indices must be integers, not ${typeName(key)}`);
  }
  const characters = isAstral(value) ? [...value] : value;
  const at = index(key);
  const item = characters[at < 0 ? at + characters.length : at];
  if (item === undefined) throw new IndexError("string index out of range");
  return item;
}

function strSlice(value: string, { start, stop, step }: Slice): string {
  if (step !== null && step !== 1) {
    throw new NotImplementedError("only slices with step=1 (aka None) are supported");
  }
  const from = start === null ? 0 : offsetOf(value, sliceIndex(start));
  const to = stop === null ? value.length : offsetOf(value, sliceIndex(stop));
  return to < from ? "" : value.slice(from, to);
}

function sliceIndex(key: Value): number {
  if (intOperand(key) === undefined) {
    throw new TypeError(`string indices must be integers, not ${typeName(key)}`);
  }
  return index(key);
}

/** Below, equal or above zero by code points, where UTF-16 units would misplace surrogates. */
export function compareText(left: string, right: string): number {
  if (left === right) return 0;
  if (!astralSeen) return left < right ? -1 : 1;
  const length = Math.min(left.length, right.length);
  let at = 0;
  while (at < length && left.charCodeAt(at) === right.charCodeAt(at)) at++;
  if (at === length) return left.length - right.length;
  if (at > 0 && (left.charCodeAt(at) & 0xfc00) === 0xdc00 && isPairAt(left, at - 1)) at--;
  return characterOf(left.codePointAt(at) as number) - characterOf(right.codePointAt(at) as number);
}

/** Operators with a string on the left. */
export function stringOp(op: BinaryOp, left: string, right: Value): Value | undefined {
  if (op === "__mod__") return percentFormat(left, right);
  if (op === "__mul__") {
    return intOperand(right) === undefined ? undefined : repeatText(left, index(right));
  }
  if (typeof right !== "string") {
    if (op !== "__contains__") return undefined;
    throw implicitConversion(right);
  }
  switch (op) {
    case "__add__":
      return left + right;
    case "__contains__":
      return left.includes(right);
    case "__eq__":
      return left === right;
    case "__lt__":
      return compareText(left, right) < 0;
    case "__le__":
      return compareText(left, right) <= 0;
    case "__gt__":
      return compareText(left, right) > 0;
    case "__ge__":
      return compareText(left, right) >= 0;
    default:
      return undefined;
  }
}

/** Strings longer than this exceed what the host can hold. */
const LENGTH_LIMIT = 1 << 26;

function repeatText(value: string, count: number): string {
  if (count <= 0) return "";
  const length = value.length * count;
  if (length > LENGTH_LIMIT) {
    throw new MemoryError(`memory allocation failed, allocating ${length} bytes`);
  }
  return value.repeat(count);
}

/** bytes where str is needed, or anything but text. */
export function implicitConversion(value: Value): TypeError {
  const name = typeName(value);
  const wanted = name === "str" ? "bytes" : "str";
  return new TypeError(`can't convert '${name}' object to ${wanted} implicitly`);
}

/** The characters of an argument that may be str or bytes: separators, formats, type codes. */
export function anyText(value: Value): string {
  return value instanceof Bytes ? decodeUtf8(value) : asText(value);
}

/** The text of an argument that must be a str. */
export function asText(value: Value): string {
  if (typeof value !== "string") throw implicitConversion(value);
  return value;
}
