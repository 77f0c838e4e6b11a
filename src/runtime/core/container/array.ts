/** `array.array`: numbers of one type in a growable typed array. modules/array.ts exports the type. */

import { nativeType } from "../class/builtin-types.js";
import type { TypeInfo } from "../class/type.js";
import { ValueError } from "../exception/exceptions.js";
import { each } from "../iteration/iteration.js";
import { bufferOf, requireBuffer } from "../memory/buffer.js";
import { compareMemory, containsBytes, sliceSource } from "../memory/memory.js";
import { pointerTo, valueAt } from "../memory/pointer.js";
import { asInt, asNumber } from "../number/numbers.js";
import { isSlice, itemIndex, sliceBounds } from "../operator/bounds.js";
import { repr } from "../repr.js";
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
import { ByteArray } from "../text/bytearray.js";
import { Bytes } from "../text/bytes.js";
import { anyText } from "../text/strings.js";
import { TYPE, toFloat, toInt, type Value } from "../values.js";

// biome-ignore lint/suspicious/noExplicitAny: a typed array of numbers or of bigints.
type Store = any;

interface Kind {
  make(source: number | ArrayBufferLike, offset?: number, length?: number): Store;
  size: number;
  /** A Python value as the typed array stores it; stores take the low bits. */
  encode(value: Value): number | bigint;
  decode(raw: Value): Value;
}

function kind(Made: Value, encode: Kind["encode"], decode: Kind["decode"]): Kind {
  return {
    make: (source, offset, length) => new Made(source, offset, length),
    size: Made.BYTES_PER_ELEMENT,
    encode,
    decode,
  };
}

function word(value: Value): number {
  const int = asInt(value);
  return typeof int === "number" ? int : Number(BigInt.asUintN(32, int));
}

function wide(value: Value): bigint {
  return BigInt(asInt(value));
}

const itself = (raw: Value): Value => raw;

const kinds: Record<string, Kind> = {
  b: kind(Int8Array, word, itself),
  B: kind(Uint8Array, word, itself),
  h: kind(Int16Array, word, itself),
  H: kind(Uint16Array, word, itself),
  i: kind(Int32Array, word, itself),
  I: kind(Uint32Array, word, itself),
  l: kind(Int32Array, word, itself),
  L: kind(Uint32Array, word, itself),
  P: kind(Uint32Array, word, itself),
  O: kind(Uint32Array, pointerTo, valueAt),
  S: kind(Uint32Array, pointerTo, valueAt),
  q: kind(BigInt64Array, wide, toInt),
  Q: kind(BigUint64Array, wide, toInt),
  f: kind(Float32Array, asNumber, toFloat),
  d: kind(Float64Array, asNumber, toFloat),
};

function kindOf(typecode: string): Kind {
  const found = kinds[typecode];
  if (found === undefined) throw new ValueError("bad typecode");
  return found;
}

export class PyArray {
  static [TYPE]: TypeInfo = { name: "array", bases: [], represents: () => array };

  private readonly kind: Kind;
  /** The items, exactly; a window on a larger buffer. */
  items: Store;

  constructor(
    readonly typecode: string,
    length: number,
  ) {
    this.kind = kindOf(typecode);
    this.items = this.kind.make(length);
  }

  get length(): number {
    return this.items.length;
  }

  *[Symbol.iterator](): IterableIterator<Value> {
    for (let at = 0; at < this.items.length; at++) yield this.kind.decode(this.items[at]);
  }

  /** The memory of the items. */
  get bytes(): Uint8Array {
    const { buffer, byteOffset, byteLength } = this.items;
    return new Uint8Array(buffer, byteOffset, byteLength);
  }

  append(value: Value): void {
    const raw = this.kind.encode(value);
    const at = this.items.length;
    this.resize(at + 1);
    this.items[at] = raw;
  }

  /** By memory, of which only whole items are taken, or by the items of an iterable. */
  extend(source: Value): void {
    const buffer = bufferOf(source);
    if (buffer === null) {
      for (const item of each(source)) this.append(item);
      return;
    }
    const count = Math.floor(buffer.bytes.length / this.kind.size);
    const added = buffer.bytes.slice(0, count * this.kind.size);
    const at = this.items.length;
    this.resize(at + count);
    this.bytes.set(added, at * this.kind.size);
  }

  private resize(length: number): void {
    const { buffer } = this.items;
    const { size } = this.kind;
    if (length * size <= buffer.byteLength) {
      this.items = this.kind.make(buffer, 0, length);
      return;
    }
    const grown = this.kind.make(Math.ceil(length * 1.5) + 8);
    grown.set(this.items);
    this.items = this.kind.make(grown.buffer, 0, length);
  }

  [BINARY](op: BinaryOp, right: Value): Value | undefined {
    switch (op) {
      case "__add__": {
        requireBuffer(right);
        const sum = new PyArray(this.typecode, 0);
        sum.extend(this);
        sum.extend(right);
        return sum;
      }
      case "__iadd__":
        this.extend(right);
        return this;
      case "__contains__":
        return containsBytes(null, right);
      case "__eq__":
        if (!(right instanceof PyArray)) return undefined;
        return compareMemory(op, this[BUFFER](false), right);
      default:
        return compareMemory(op, this[BUFFER](false), right);
    }
  }

  [UNARY](op: UnaryOp): Value | undefined {
    if (op === "__len__") return this.items.length;
    return op === "__bool__" ? this.items.length !== 0 : undefined;
  }

  [GETITEM](key: Value): Value {
    const { items, kind } = this;
    if (typeof key === "number") {
      const raw = items[key];
      if (raw !== undefined) return kind.decode(raw);
    }
    if (!isSlice(key)) return kind.decode(items[itemIndex("array", items.length, key)]);
    const [start, stop] = sliceBounds(key, items.length);
    const part = new PyArray(this.typecode, 0);
    part.items = items.slice(start, stop);
    return part;
  }

  [SETITEM](key: Value, value: Value): true {
    if (isSlice(key)) this.setSlice(...sliceBounds(key, this.items.length), value);
    else this.items[itemIndex("array", this.items.length, key)] = this.kind.encode(value);
    return true;
  }

  private setSlice(start: number, stop: number, value: Value): void {
    const { size } = this.kind;
    const inserted = sliceSource(value, size).slice();
    const count = inserted.length / size;
    const tail = this.items.slice(stop);
    this.resize(start + count + tail.length);
    this.bytes.set(inserted, start * size);
    this.items.set(tail, start + count);
  }

  [PRINT](): string {
    if (this.items.length === 0) return `array('${this.typecode}')`;
    return `array('${this.typecode}', ${repr([...this])})`;
  }

  [BUFFER](_write: boolean): Buffer {
    return { bytes: this.bytes, typecode: this.typecode };
  }
}

/** bytes and bytearray are taken as memory, everything else item by item. */
function makeArray(typecode: Value, source?: Value): PyArray {
  const code = anyText(typecode).charAt(0);
  const made = new PyArray(code, 0);
  if (source === undefined) return made;
  if (source instanceof Bytes || source instanceof ByteArray) {
    made.extend(source);
    return made;
  }
  for (const item of each(source)) made.append(item);
  return made;
}

export const array = nativeType(makeArray, "array", "typecode, initializer=, /", {
  methods: {
    append(self: PyArray, value: Value): null {
      self.append(value);
      return null;
    },
    extend(self: PyArray, items: Value): null {
      self.extend(items);
      return null;
    },
  },
});
