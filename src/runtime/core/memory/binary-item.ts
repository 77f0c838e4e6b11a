/**
 * Numbers in memory by type code ("b" ... "d"), as array, memoryview and struct store them. Sizes and
 * alignment are those of MicroPython's 32-bit boards.
 */

import { ValueError } from "../exception/exceptions.js";
import type { Int } from "../number/int.js";
import { asInt, asNumber } from "../number/numbers.js";
import { decodeUtf8 } from "../text/utf8.js";
import { toFloat, toInt, type Value } from "../values.js";
import { addressSpace } from "./address-space.js";
import { pointerTo, valueAt } from "./pointer.js";

interface ItemType {
  size: number;
  read(view: DataView, at: number, little: boolean): Value;
  write(view: DataView, at: number, value: Value, little: boolean): void;
}

/** The low bits of an int: stores truncate without complaint. */
function low(value: Value, bits: number): number {
  const int: Int = asInt(value);
  return typeof int === "number" ? int : Number(BigInt.asUintN(bits, int));
}

function wide(value: Value): bigint {
  return BigInt(asInt(value));
}

const byte: ItemType = {
  size: 1,
  read: (view, at) => view.getInt8(at),
  write: (view, at, value) => view.setInt8(at, low(value, 8)),
};

const unsignedByte: ItemType = {
  size: 1,
  read: (view, at) => view.getUint8(at),
  write: (view, at, value) => view.setUint8(at, low(value, 8)),
};

const int: ItemType = {
  size: 4,
  read: (view, at, little) => view.getInt32(at, little),
  write: (view, at, value, little) => view.setInt32(at, low(value, 32), little),
};

const unsignedInt: ItemType = {
  size: 4,
  read: (view, at, little) => view.getUint32(at, little),
  write: (view, at, value, little) => view.setUint32(at, low(value, 32), little),
};

const object: ItemType = {
  size: 4,
  read: (view, at, little) => valueAt(view.getUint32(at, little)),
  write: (view, at, value, little) => view.setUint32(at, pointerTo(value), little),
};

/** The address of a text: packed as a number, unpacked as what is there up to a zero. */
const cString: ItemType = {
  ...unsignedInt,
  read: (view, at, little) => decodeUtf8(addressSpace().untilZero(view.getUint32(at, little))),
};

/** The item types by type code. */
export const itemTypes: Record<string, ItemType> = {
  b: byte,
  B: unsignedByte,
  h: {
    size: 2,
    read: (view, at, little) => view.getInt16(at, little),
    write: (view, at, value, little) => view.setInt16(at, low(value, 16), little),
  },
  H: {
    size: 2,
    read: (view, at, little) => view.getUint16(at, little),
    write: (view, at, value, little) => view.setUint16(at, low(value, 16), little),
  },
  i: int,
  l: int,
  I: unsignedInt,
  L: unsignedInt,
  P: unsignedInt,
  O: object,
  S: cString,
  q: {
    size: 8,
    read: (view, at, little) => toInt(view.getBigInt64(at, little)),
    write: (view, at, value, little) => view.setBigInt64(at, wide(value), little),
  },
  Q: {
    size: 8,
    read: (view, at, little) => toInt(view.getBigUint64(at, little)),
    write: (view, at, value, little) => view.setBigUint64(at, wide(value), little),
  },
  e: {
    size: 2,
    read: (view, at, little) => toFloat(fromHalf(view.getUint16(at, little))),
    write: (view, at, value, little) => view.setUint16(at, toHalf(asNumber(value)), little),
  },
  f: {
    size: 4,
    read: (view, at, little) => toFloat(view.getFloat32(at, little)),
    write: (view, at, value, little) => view.setFloat32(at, asNumber(value), little),
  },
  d: {
    size: 8,
    read: (view, at, little) => toFloat(view.getFloat64(at, little)),
    write: (view, at, value, little) => view.setFloat64(at, asNumber(value), little),
  },
};

export function itemType(typecode: string): ItemType {
  const type = itemTypes[typecode];
  if (type === undefined) throw new ValueError("bad typecode");
  return type;
}

function fromHalf(bits: number): number {
  const exponent = (bits >> 10) & 31;
  const fraction = bits & 1023;
  const sign = bits & 0x8000 ? -1 : 1;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  if (exponent === 31) return fraction ? Number.NaN : sign * Number.POSITIVE_INFINITY;
  return sign * (1024 + fraction) * 2 ** (exponent - 25);
}

/** Rounds a half-precision float to the nearest, halves away from zero. */
function toHalf(value: number): number {
  const sign = value < 0 || Object.is(value, -0) ? 0x8000 : 0;
  const magnitude = Math.abs(value);
  if (Number.isNaN(value)) return 0x7e00;
  if (magnitude >= 65520) return sign | 0x7c00;
  if (magnitude < 2 ** -14) return sign | Math.round(magnitude * 2 ** 24);
  const exponent = Math.floor(Math.log2(magnitude));
  const fraction = Math.round((magnitude / 2 ** exponent - 1) * 1024);
  return sign | (((exponent + 15) << 10) + fraction);
}
