/** What bytearray, memoryview and array share: comparison and assignment of raw memory. */

import { NotImplementedError, ValueError } from "../exception/exceptions.js";
import type { BinaryOp, Buffer } from "../slots.js";
import { isFloat, isInt, type Value } from "../values.js";
import { itemType } from "./binary-item.js";
import { bufferOf, compareBytes, findBytes } from "./buffer.js";

/** Items of the same kind apart from their sign are equal when their bytes are. */
export function compareMemory(op: BinaryOp, left: Buffer, right: Value): boolean | undefined {
  if (!/^__(eq|lt|le|gt|ge)__$/.test(op)) return undefined;
  const other = bufferOf(right);
  if (other === null) return false;
  const same = left.typecode.toLowerCase() === other.typecode.toLowerCase();
  const floats = /[fd]/.test(left.typecode);
  const unsigned = left.typecode <= "Z" || other.typecode <= "Z";
  if (!same || floats || (op !== "__eq__" && !unsigned)) throw new NotImplementedError();
  const order = compareBytes(left.bytes, other.bytes);
  switch (op) {
    case "__eq__":
      return order === 0;
    case "__lt__":
      return order < 0;
    case "__le__":
      return order <= 0;
    case "__gt__":
      return order > 0;
    default:
      return order >= 0;
  }
}

/** What may be assigned to a slice of items of `size` bytes: memory of items of that size. */
export function sliceSource(value: Value, size: number): Uint8Array {
  const buffer = typeof value === "string" ? null : bufferOf(value);
  if (buffer === null) throw new NotImplementedError("array/bytes required on right side");
  if (itemType(buffer.typecode).size !== size) {
    throw new ValueError("lhs and rhs should be compatible");
  }
  return buffer.bytes;
}

/** `in` for arrays (`bytes` null) and bytearrays: byte strings in bytearrays only. */
export function containsBytes(bytes: Uint8Array | null, item: Value): boolean {
  const needle = bufferOf(item)?.bytes;
  if (needle !== undefined) return bytes !== null && findBytes(bytes, needle) >= 0;
  if (isInt(item) || isFloat(item)) throw new NotImplementedError();
  return false;
}
