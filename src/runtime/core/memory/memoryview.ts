/** `memoryview`: a window on the memory of bytes, bytearray or array, without copying. */

import { memoryview } from "../../builtins/strings.js";
import type { TypeInfo } from "../class/type.js";
import { ValueError } from "../exception/exceptions.js";
import { isSlice, itemIndex, sliceBounds } from "../operator/bounds.js";
import {
  BINARY,
  type BinaryOp,
  BUFFER,
  type Buffer,
  GETITEM,
  SETITEM,
  UNARY,
  type UnaryOp,
} from "../slots.js";
import { TYPE, type Value } from "../values.js";
import { itemType, type itemTypes } from "./binary-item.js";
import { compareMemory, containsBytes, sliceSource } from "./memory.js";

export class MemoryView {
  static [TYPE]: TypeInfo = { name: "memoryview", bases: [], represents: () => memoryview };

  private readonly type: (typeof itemTypes)[string];
  private readonly view: DataView;
  readonly length: number;

  constructor(
    readonly bytes: Uint8Array,
    readonly typecode: string,
    readonly writable: boolean,
  ) {
    this.type = itemType(typecode);
    this.length = Math.floor(bytes.length / this.type.size);
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  get itemsize(): number {
    return this.type.size;
  }

  *[Symbol.iterator](): IterableIterator<Value> {
    for (let at = 0; at < this.length; at++) yield this[GETITEM](at);
  }

  [BINARY](op: BinaryOp, right: Value): Value | undefined {
    if (op === "__contains__") return containsBytes(null, right);
    return compareMemory(op, { bytes: this.bytes, typecode: this.typecode }, right);
  }

  [UNARY](op: UnaryOp): Value | undefined {
    if (op === "__len__") return this.length;
    return op === "__bool__" ? this.length !== 0 : undefined;
  }

  [GETITEM](key: Value): Value {
    const { size } = this.type;
    if (isSlice(key)) {
      const [start, stop] = sliceBounds(key, this.length);
      const window = this.bytes.subarray(start * size, stop * size);
      return new MemoryView(window, this.typecode, this.writable);
    }
    const at = itemIndex("memoryview", this.length, key);
    return size === 1 && this.typecode === "B"
      ? this.bytes[at]
      : this.type.read(this.view, at * size, true);
  }

  [SETITEM](key: Value, value: Value): true | undefined {
    const { size } = this.type;
    if (isSlice(key)) {
      const [start, stop] = sliceBounds(key, this.length);
      const source = sliceSource(value, size);
      if (!this.writable) return undefined;
      if (source.length !== (stop - start) * size) {
        throw new ValueError("lhs and rhs should be compatible");
      }
      this.bytes.set(source, start * size);
      return true;
    }
    const at = itemIndex("memoryview", this.length, key);
    if (!this.writable) return undefined;
    this.type.write(this.view, at * size, value, true);
    return true;
  }

  [BUFFER](write: boolean): Buffer | null {
    return write && !this.writable ? null : { bytes: this.bytes, typecode: this.typecode };
  }
}
