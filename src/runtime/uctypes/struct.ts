/** `uctypes.struct`: memory seen through a descriptor, as a structure, an array or a pointer. */

import { nativeType } from "../core/class/builtin-types.js";
import type { TypeInfo } from "../core/class/type.js";
import { Dict } from "../core/container/dict.js";
import { IndexError, KeyError, TypeError } from "../core/exception/exceptions.js";
import { addressSpace } from "../core/memory/address-space.js";
import { itemType } from "../core/memory/binary-item.js";
import { asInt, index } from "../core/number/numbers.js";
import {
  BUFFER,
  type Buffer,
  GETITEM,
  PRINT,
  SETITEM,
  UNARY,
  type UnaryOp,
} from "../core/slots.js";
import { ByteArray } from "../core/text/bytearray.js";
import { isInt, isTuple, LOAD, REMOVE, SAVE, TYPE, type Value } from "../core/values.js";
import {
  type Aggregate,
  aggregateOf,
  BIG_ENDIAN,
  itemSize,
  type Layout,
  NATIVE,
  POINTER_SIZE,
  type Scalar,
  scalarOf,
  sizeOf,
  syntaxError,
} from "./descriptor.js";

/** Its fields are private: every other name is the program's. */
export class Struct {
  static [TYPE]: TypeInfo = { name: "struct", bases: [], represents: () => struct };

  readonly #address: number;
  readonly #descriptor: Value;
  readonly #layout: Layout;
  /** What the address points to: it lives as long as this. */
  readonly #memory: Uint8Array;

  constructor(address: number, descriptor: Value, layout: Layout) {
    this.#address = address;
    this.#descriptor = descriptor;
    this.#layout = layout;
    this.#memory = addressSpace().at(address, 0);
  }

  /** What `sizeOf` takes. */
  static describe(struct: Struct): [descriptor: Value, layout: Layout] {
    return [struct.#descriptor, struct.#layout];
  }

  [LOAD](name: string): Value {
    const field = this.#field(name);
    if (isInt(field)) return this.#read(scalarOf(Number(field)));
    const aggregate = aggregateOf(field);
    const { kind, offset, target, count } = aggregate;
    const address = this.#address + offset;
    if (kind === "struct") return new Struct(address, target, this.#layout);
    if (isArrayOfBytes(aggregate)) return new ByteArray(addressSpace().at(address, count));
    return new Struct(address, field, this.#layout);
  }

  [SAVE](name: string, value: Value): void {
    const field = this.#field(name);
    if (!isInt(field)) throw syntaxError();
    this.#write(scalarOf(Number(field)), value);
  }

  /** `del s.x` is no error in MicroPython, and does nothing. */
  [REMOVE](name: string): boolean {
    if (!isInt(this.#field(name))) throw syntaxError();
    return true;
  }

  #field(name: string): Value {
    if (!(this.#descriptor instanceof Dict)) throw new TypeError("struct: no fields");
    const field = this.#descriptor.get(name);
    if (field === undefined) throw new KeyError(name);
    return field;
  }

  #read({ code, size, rest, bits }: Scalar): Value {
    const value = itemType(code).read(this.#view(this.#address + rest, size), 0, this.#isLittle);
    if (bits === null) return value;
    // Bits have no sign, in a signed field either.
    const count = 2 ** bits.length;
    return ((Math.floor(value / 2 ** bits.position) % count) + count) % count;
  }

  #write({ code, size, rest, bits }: Scalar, value: Value): void {
    const view = this.#view(this.#address + rest, size);
    const type = itemType(code);
    let stored = value;
    if (bits !== null) {
      const mask = ((1n << BigInt(bits.length)) - 1n) << BigInt(bits.position);
      const kept = BigInt(type.read(view, 0, this.#isLittle)) & ~mask;
      stored = Number(kept | ((BigInt(asInt(value)) << BigInt(bits.position)) & mask));
    }
    type.write(view, 0, stored, this.#isLittle);
  }

  get #isLittle(): boolean {
    return this.#layout !== BIG_ENDIAN;
  }

  #view(address: number, size: number): DataView {
    const { buffer, byteOffset } = this.#memory;
    const near = byteOffset + address - this.#address;
    if (near >= 0 && near + size <= buffer.byteLength) return new DataView(buffer, near, size);
    const far = addressSpace().at(address, size);
    return new DataView(far.buffer, far.byteOffset, size);
  }

  [GETITEM](key: Value): Value {
    const [address, target] = this.#item(key);
    if (!isInt(target)) return new Struct(address, target, this.#layout);
    const { code, size } = scalarOf(Number(target));
    return itemType(code).read(this.#view(address, size), 0, this.#isLittle);
  }

  [SETITEM](key: Value, value: Value): true | undefined {
    const [address, target] = this.#item(key);
    if (!isInt(target)) return undefined;
    const { code, size } = scalarOf(Number(target));
    itemType(code).write(this.#view(address, size), 0, value, this.#isLittle);
    return true;
  }

  /** The address of an item of an array, or of what a pointer points to, and what is there. */
  #item(key: Value): [address: number, target: Value] {
    if (!isTuple(this.#descriptor)) throw new TypeError("struct: can't index");
    const { kind, target, count } = aggregateOf(this.#descriptor);
    const at = index(key);
    if (kind === "array" && at >= count) throw new IndexError("struct: index out of range");
    const start = kind === "pointer" ? this.#pointer() : this.#address;
    return [start + at * itemSize(target, this.#layout), target];
  }

  #pointer(): number {
    return this.#view(this.#address, POINTER_SIZE).getUint32(0, true);
  }

  [UNARY](op: UnaryOp): Value | undefined {
    if (op !== "__int__" || !isTuple(this.#descriptor)) return undefined;
    return aggregateOf(this.#descriptor).kind === "pointer" ? this.#pointer() : undefined;
  }

  [BUFFER](_write: boolean): Buffer {
    const bytes = addressSpace().at(this.#address, sizeOf(this.#descriptor, this.#layout));
    return { bytes, typecode: "B" };
  }

  [PRINT](): string {
    return `<struct ${kindName(this.#descriptor)} ${this.#address.toString(16)}>`;
  }
}

function isArrayOfBytes({ kind, target }: Aggregate): boolean {
  return kind === "array" && isInt(target) && scalarOf(Number(target)).code === "B";
}

function kindName(descriptor: Value): string {
  if (descriptor instanceof Dict) return "STRUCT";
  if (!isTuple(descriptor)) return "ERROR";
  const { kind } = aggregateOf(descriptor);
  return kind === "pointer" ? "PTR" : kind === "array" ? "ARRAY" : "unk";
}

export const struct = nativeType(
  (addr: Value, descriptor: Value, layout_type: Value = NATIVE): Struct =>
    new Struct(addressArgument(addr), descriptor, index(layout_type) as Layout),
  "struct",
  "addr, descriptor, layout_type=, /",
);

/** The low bits of an int: addresses may be negative. */
export function addressArgument(value: Value): number {
  const address = asInt(value);
  if (typeof address === "number" && address >= 0) return address;
  return Number(BigInt.asUintN(typeof address === "number" ? 32 : 64, BigInt(address)));
}
