/** The `uctypes` module: structures in memory, by address. */

import { def } from "../core/call/signature.js";
import { TypeError } from "../core/exception/exceptions.js";
import { addressSpace } from "../core/memory/address-space.js";
import { requireBuffer } from "../core/memory/buffer.js";
import { index } from "../core/number/numbers.js";
import { ByteArray } from "../core/text/bytearray.js";
import { type Bytes, toBytes } from "../core/text/bytes.js";
import type { Value } from "../core/values.js";
import {
  aggregateConstant,
  type Layout,
  NATIVE,
  scalarConstant,
  sizeOf,
} from "../uctypes/descriptor.js";
import { addressArgument, Struct } from "../uctypes/struct.js";

export { BF_LEN, BF_POS, BIG_ENDIAN, LITTLE_ENDIAN, NATIVE } from "../uctypes/descriptor.js";
export { struct } from "../uctypes/struct.js";

export const UINT8 = scalarConstant("UINT8");
export const INT8 = scalarConstant("INT8");
export const UINT16 = scalarConstant("UINT16");
export const INT16 = scalarConstant("INT16");
export const UINT32 = scalarConstant("UINT32");
export const INT32 = scalarConstant("INT32");
export const UINT64 = scalarConstant("UINT64");
export const INT64 = scalarConstant("INT64");
export const BFUINT8 = scalarConstant("BFUINT8");
export const BFINT8 = scalarConstant("BFINT8");
export const BFUINT16 = scalarConstant("BFUINT16");
export const BFINT16 = scalarConstant("BFINT16");
export const BFUINT32 = scalarConstant("BFUINT32");
export const BFINT32 = scalarConstant("BFINT32");
export const FLOAT32 = scalarConstant("FLOAT32");
export const FLOAT64 = scalarConstant("FLOAT64");
export const VOID = UINT8;
// As C compilers for 32-bit chips have them.
export const SHORT = INT16;
export const USHORT = UINT16;
export const INT = INT32;
export const UINT = UINT32;
export const LONG = INT32;
export const ULONG = UINT32;
export const LONGLONG = INT64;
export const ULONGLONG = UINT64;

export const PTR = aggregateConstant("pointer");
export const ARRAY = aggregateConstant("array");

/** Of a structure, or of what a descriptor describes. */
export const sizeof = def(function sizeof(subject: Value, layout_type?: Value): number {
  if (subject instanceof ByteArray) return subject.length;
  if (subject instanceof Struct) {
    if (layout_type !== undefined) throw new TypeError();
    return sizeOf(...Struct.describe(subject));
  }
  return sizeOf(subject, (layout_type === undefined ? NATIVE : index(layout_type)) as Layout);
}, "struct, layout_type=, /");

export function addressof(obj: Value): number {
  const { bytes } = requireBuffer(obj);
  if (typeof obj === "string") return addressSpace().addressOfText(obj, bytes);
  return addressSpace().addressOf(bytes);
}

/** A copy of memory. */
export function bytes_at(addr: Value, size: Value): Bytes {
  return toBytes(addressSpace().at(addressArgument(addr), index(size)));
}

/** The memory itself. */
export function bytearray_at(addr: Value, size: Value): ByteArray {
  return new ByteArray(addressSpace().at(addressArgument(addr), index(size)));
}
