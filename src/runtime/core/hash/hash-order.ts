/**
 * The order in which MicroPython's dicts and sets go through their keys: that of a hash table with
 * linear probing. dict.ts and set.ts find keys by a JavaScript Map and ask here only when something
 * depends on the order, so that a table is built when it is first needed and kept up from then on.
 */

import { hash } from "./hash.js";
import { hashString } from "./hash-text.js";
import type { MapKey } from "./keys.js";

/** Sizes that a table grows through; beyond them by half. */
const SIZES = [
  0, 2, 4, 6, 8, 10, 12, 17, 23, 29, 37, 47, 59, 73, 97, 127, 167, 223, 293, 389, 521, 691, 919,
  1223, 1627, 2161, 3229, 4831, 7243, 10861, 16273, 24407, 36607, 54907,
];

/** A table of this many keys is not simulated any more: a full one is searched for too long. */
export const LARGEST = 20_000;

const EMPTY: unique symbol = Symbol("empty");
const DELETED: unique symbol = Symbol("deleted");

function sizeFor(count: number): number {
  return SIZES.find((size) => size >= count) ?? (count + (count >> 1)) | 1;
}

/** The first slot to try for a key in a table of `size` slots. */
function slotOf(key: MapKey, size: number): number {
  if (typeof key === "number" && Number.isInteger(key)) {
    return key >= 0 ? key % size : negativeSlot(key, size);
  }
  if (typeof key === "bigint") return Number(BigInt.asUintN(64, smallInt(key)) % BigInt(size));
  const code = typeof key === "string" ? hashOf(key) : Number(hash(key));
  return code >= 0 ? code % size : negativeSlot(code, size);
}

/** What remains of a large int as the hash of a port with 64-bit words, whose order this is. */
function smallInt(key: bigint): bigint {
  const word = BigInt.asUintN(64, key < 0n ? -key : key);
  return BigInt.asIntN(63, key < 0n ? -word : word);
}

/** Hashes are unsigned 64-bit words when they are reduced to a slot. */
function negativeSlot(code: number, size: number): number {
  const half = 2 ** 32 % size;
  const sum = ((half * half) % size) + (code % size);
  return (sum + size) % size;
}

function hashOf(text: string): number {
  let code = 5381;
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    if (unit > 127) return hashString(text);
    code = ((code * 33) ^ unit) & 0xffff;
  }
  return code || 1;
}

export class HashOrder {
  private slots: MapKey[];
  /** Keys that were added since the order was last asked for. */
  private pending: MapKey[] = [];

  private constructor(slots: MapKey[]) {
    this.slots = slots;
  }

  /** The table after `keys` were added one by one to one that had room for `reserved`. */
  static of(keys: Iterable<MapKey>, reserved: number): HashOrder {
    const made = new HashOrder(new Array(reserved).fill(EMPTY));
    for (const key of keys) made.insert(key);
    return made;
  }

  copy(): HashOrder {
    this.settle();
    return new HashOrder(this.slots.slice());
  }

  /** A new key; only noted for the time being. */
  add(key: MapKey): void {
    this.pending.push(key);
  }

  remove(key: MapKey): void {
    this.settle();
    const { slots } = this;
    let at = slotOf(key, slots.length);
    while (slots[at] !== key) at = at + 1 === slots.length ? 0 : at + 1;
    this.free(at);
  }

  private free(at: number): void {
    const { slots } = this;
    slots[at] = slots[(at + 1) % slots.length] === EMPTY ? EMPTY : DELETED;
  }

  /** The position of the first key at or after `from`; -1 at the end. */
  next(from: number): number {
    if (this.pending.length > 0) this.settle();
    const { slots } = this;
    for (let at = from; at < slots.length; at++) {
      if (slots[at] !== EMPTY && slots[at] !== DELETED) return at;
    }
    return -1;
  }

  at(position: number): MapKey {
    return this.slots[position];
  }

  private settle(): void {
    if (this.pending.length === 0) return;
    const { pending } = this;
    this.pending = [];
    for (const key of pending) this.insert(key);
  }

  private insert(key: MapKey): void {
    if (this.slots.length === 0) this.grow();
    for (;;) {
      const { slots } = this;
      const start = slotOf(key, slots.length);
      let at = start;
      let free = -1;
      do {
        const slot = slots[at];
        if (slot === EMPTY) {
          slots[free < 0 ? at : free] = key;
          return;
        }
        if (slot === DELETED && free < 0) free = at;
        at = at + 1 === slots.length ? 0 : at + 1;
      } while (at !== start);
      if (free >= 0) {
        slots[free] = key;
        return;
      }
      this.grow();
    }
  }

  private grow(): void {
    const old = this.slots;
    this.slots = new Array(sizeFor(old.length + 1)).fill(EMPTY);
    for (const key of old) if (key !== EMPTY && key !== DELETED) this.insert(key);
  }
}
