/** `bytes`: an immutable byte string. Its methods are in bytes-methods.ts, `bytes()` in builtins. */

import { bytes } from "../../builtins/strings.js";
import type { TypeInfo } from "../class/type.js";
import { MemoryError } from "../exception/exceptions.js";
import { hashBytes } from "../hash/hash-text.js";
import { bufferOf, compareBytes, findBytes } from "../memory/buffer.js";
import { index, intOperand } from "../number/numbers.js";
import { isSlice, itemIndex, sliceBounds } from "../operator/bounds.js";
import {
  BINARY,
  type BinaryOp,
  BUFFER,
  type Buffer,
  GETITEM,
  PRINT,
  REPEATABLE,
  UNARY,
  type UnaryOp,
} from "../slots.js";
import { TYPE, type Value } from "../values.js";
import { reprBytes } from "./bytes-repr.js";
import { percentFormatBytes } from "./percent-format.js";

export class Bytes extends Uint8Array {
  static [TYPE]: TypeInfo = { name: "bytes", bases: [], represents: () => bytes };

  declare [REPEATABLE]: true;

  static {
    Bytes.prototype[REPEATABLE] = true;
  }

  /**
   * Array methods that copy give plain memory: bytes are made on purpose only. No accessor: it would
   * turn the class into a dictionary, and the engine would compile what makes bytes for ever, in vain.
   */
  static readonly [Symbol.species]: Uint8ArrayConstructor = Uint8Array;

  [BINARY](op: BinaryOp, right: Value): Value | undefined {
    if (op === "__mod__") return percentFormatBytes(this, right);
    if (op === "__mul__") {
      return intOperand(right) === undefined ? undefined : repeat(this, index(right));
    }
    const other = bufferOf(right)?.bytes;
    if (other === undefined) return undefined;
    switch (op) {
      case "__add__":
        return concatenate(this, other);
      case "__contains__":
        return findBytes(this, other) >= 0;
      case "__eq__":
        // bytearray and memoryview are asked in their turn; arrays never equal bytes.
        return right instanceof Bytes ? compareBytes(this, other) === 0 : undefined;
      case "__lt__":
        return compareBytes(this, other) < 0;
      case "__le__":
        return compareBytes(this, other) <= 0;
      case "__gt__":
        return compareBytes(this, other) > 0;
      case "__ge__":
        return compareBytes(this, other) >= 0;
      default:
        return undefined;
    }
  }

  [UNARY](op: UnaryOp): Value | undefined {
    if (op === "__len__") return this.length;
    if (op === "__bool__") return this.length !== 0;
    return op === "__hash__" ? hashBytes(this) : undefined;
  }

  [GETITEM](key: Value): Value {
    if (isSlice(key)) return toBytes(this.subarray(...sliceBounds(key, this.length)));
    return this[itemIndex("bytes", this.length, key)];
  }

  [PRINT](): string {
    return reprBytes(this);
  }

  [BUFFER](write: boolean): Buffer | null {
    return write ? null : { bytes: this, typecode: "B" };
  }
}

/** A copy of memory as bytes. */
export function toBytes(memory: ArrayLike<number>): Bytes {
  return new Bytes(memory);
}

/** More memory than this, beyond four times its own, a piece of it must not keep alive. */
const MOST_KEPT = 1024;

/** Memory that will not change as bytes: without a copy, unless it is a small part of something large. */
export function adoptBytes(memory: Uint8Array): Bytes {
  const { buffer, byteOffset, length } = memory;
  if (buffer.byteLength > 4 * length + MOST_KEPT) return new Bytes(memory);
  return new Bytes(buffer as ArrayBuffer, byteOffset, length);
}

/** The bytes literal whose characters stand for the bytes: `b("\x00abc")`. */
export function b(latin1: string): Bytes {
  const made = new Bytes(latin1.length);
  for (let at = 0; at < latin1.length; at++) made[at] = latin1.charCodeAt(at);
  return made;
}

/** One character for each byte: the string algorithms work on bytes in this form. */
export function toLatin1(memory: Uint8Array): string {
  let result = "";
  for (let at = 0; at < memory.length; at += 8192) {
    result += String.fromCharCode(...memory.subarray(at, at + 8192));
  }
  return result;
}

function concatenate(left: Uint8Array, right: Uint8Array): Bytes {
  const result = new Bytes(left.length + right.length);
  result.set(left);
  result.set(right, left.length);
  return result;
}

function repeat(memory: Uint8Array, count: number): Bytes {
  const length = Math.max(0, count) * memory.length;
  if (length > 1 << 26) {
    throw new MemoryError(`memory allocation failed, allocating ${length} bytes`);
  }
  const result = new Bytes(length);
  for (let at = 0; at < length; at += memory.length) result.set(memory, at);
  return result;
}
