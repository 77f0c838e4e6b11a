/** `bytearray`: bytes that can change and grow. Its methods are in bytes-methods.ts. */

import { bytearray } from "../../builtins/strings.js";
import type { TypeInfo } from "../class/type.js";
import { each } from "../iteration/iteration.js";
import { bufferOf, requireBuffer } from "../memory/buffer.js";
import { compareMemory, containsBytes, sliceSource } from "../memory/memory.js";
import { asInt } from "../number/numbers.js";
import { isSlice, itemIndex, sliceBounds } from "../operator/bounds.js";
import {
  BINARY,
  type BinaryOp,
  BUFFER,
  type Buffer,
  GETITEM,
  PRINT,
  SETITEM,
  UNARY,
  type UnaryOp,
} from "../slots.js";
import { TYPE, type Value } from "../values.js";
import { reprBytes } from "./bytes-repr.js";

export class ByteArray {
  static [TYPE]: TypeInfo = { name: "bytearray", bases: [], represents: () => bytearray };

  /** The contents, exactly; a window on `store`. Growing may replace it. */
  bytes: Uint8Array;
  private store: Uint8Array;

  constructor(bytes: Uint8Array) {
    this.bytes = bytes;
    this.store = bytes;
  }

  get length(): number {
    return this.bytes.length;
  }

  /** Sees what is appended while a loop runs. */
  *[Symbol.iterator](): IterableIterator<number> {
    for (let at = 0; at < this.bytes.length; at++) yield this.bytes[at] as number;
  }

  append(value: Value): void {
    const byte = lowByte(value);
    const at = this.bytes.length;
    this.resize(at + 1);
    this.bytes[at] = byte;
  }

  /** By memory, or by the ints of an iterable. */
  extend(items: Value): void {
    const buffer = bufferOf(items);
    if (buffer === null) {
      for (const item of each(items)) this.append(item);
      return;
    }
    const at = this.bytes.length;
    // Growing may move the memory, also that of `items` if it is this bytearray itself.
    const added = items === this ? this.bytes.slice() : buffer.bytes;
    this.resize(at + added.length);
    this.bytes.set(added, at);
  }

  private resize(length: number): void {
    if (length > this.store.length) {
      const store = new Uint8Array(Math.max(length, Math.ceil(this.store.length * 1.5) + 8));
      store.set(this.bytes);
      this.store = store;
    }
    this.bytes = this.store.subarray(0, length);
  }

  [BINARY](op: BinaryOp, right: Value): Value | undefined {
    switch (op) {
      case "__add__": {
        const added = requireBuffer(right).bytes;
        const result = new Uint8Array(this.bytes.length + added.length);
        result.set(this.bytes);
        result.set(added, this.bytes.length);
        return new ByteArray(result);
      }
      case "__iadd__":
        this.extend(right);
        return this;
      case "__contains__":
        return containsBytes(this.bytes, right);
      default:
        return compareMemory(op, { bytes: this.bytes, typecode: "B" }, right);
    }
  }

  [UNARY](op: UnaryOp): Value | undefined {
    if (op === "__len__") return this.bytes.length;
    return op === "__bool__" ? this.bytes.length !== 0 : undefined;
  }

  [GETITEM](key: Value): Value {
    const { bytes } = this;
    if (typeof key === "number") {
      const byte = bytes[key];
      if (byte !== undefined) return byte;
    }
    if (isSlice(key)) return new ByteArray(bytes.slice(...sliceBounds(key, bytes.length)));
    return bytes[itemIndex("bytearray", bytes.length, key)];
  }

  [SETITEM](key: Value, value: Value): true {
    if (isSlice(key)) this.setSlice(...sliceBounds(key, this.bytes.length), value);
    else this.bytes[itemIndex("bytearray", this.bytes.length, key)] = lowByte(value);
    return true;
  }

  private setSlice(start: number, stop: number, value: Value): void {
    const source = sliceSource(value, 1);
    const tail = this.bytes.slice(stop);
    const items = source.slice();
    this.resize(start + items.length + tail.length);
    this.bytes.set(items, start);
    this.bytes.set(tail, start + items.length);
  }

  [PRINT](): string {
    return `bytearray(${reprBytes(this.bytes)})`;
  }

  [BUFFER](_write: boolean): Buffer {
    return { bytes: this.bytes, typecode: "B" };
  }
}

/** Stores take the low bits of any int. */
function lowByte(value: Value): number {
  const int = asInt(value);
  return typeof int === "number" ? int & 255 : Number(int & 255n);
}
