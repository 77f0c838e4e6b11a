/**
 * `Dict`: Python's dict. Keys are found by a Map: strings and ints are their own keys there, everything
 * else goes through a KeyIndex. What goes through the keys sees MicroPython's order (hash-order.ts).
 * dict-type.ts has what Python sees.
 */

import type { TypeInfo } from "../class/type.js";
import { KeyError, TypeError } from "../exception/exceptions.js";
import { HashOrder, LARGEST } from "../hash/hash-order.js";
import { KeyIndex, type MapKey } from "../hash/keys.js";
import type { UnaryOp } from "../slots.js";
import {
  BINARY,
  type BinaryOp,
  DELITEM,
  GETITEM,
  NATIVE,
  PRINT,
  SETITEM,
  UNARY,
} from "../slots.js";
import { TYPE, type Value } from "../values.js";
import { dictBinary, dictText } from "./dict-operators.js";
import { dict } from "./dict-type.js";

export class Dict<K = Value, V = Value> {
  static [TYPE]: TypeInfo = { name: "dict", bases: [], represents: () => dict };

  private readonly map = new Map<MapKey, Value>();
  /** Keys as the program gave them, where the Map has another value for them. */
  private originals: Map<MapKey, Value> | null = null;
  private index: KeyIndex | null = null;
  /** The table that decides the order, once something has depended on it. */
  private order: HashOrder | null = null;
  /** How many keys there was room for at the beginning. */
  private reserved = 0;
  /** A dict that takes no changes (`C.__dict__`). */
  fixed = false;

  /** An OrderedDict: compares by order too, and pops its last item. */
  ordered = false;

  /** `new Dict([["a", 1], ["b", 2]])`, a dict display. */
  constructor(items?: readonly (readonly [K, V])[]) {
    if (items === undefined) return;
    this.reserved = items.length;
    for (const [key, value] of items) this.set(key, value);
  }

  /** An empty dict with room for `count` keys: it orders them as one that had them from the start. */
  static reserving(count: number): Dict {
    const made = new Dict();
    made.reserved = count;
    return made;
  }

  /** A copy, in the same order. */
  copy(): Dict<K, V> {
    const made = new (this.constructor as new () => Dict)();
    for (const [key, value] of this.inserted()) made.set(key, value);
    made.reserved = this.reserved;
    made.order = this.order === null ? null : this.order.copy();
    return made;
  }

  get size(): number {
    return this.map.size;
  }

  /** The value, or undefined where the key is missing. */
  get(key: Value): V | undefined {
    if (typeof key === "string" || typeof key === "number") return this.map.get(key);
    if (this.map.size === 0) return undefined;
    return this.map.get(this.find(key));
  }

  has(key: Value): boolean {
    if (typeof key === "string" || typeof key === "number") return this.map.has(key as K);
    if (this.map.size === 0) return false;
    return this.map.has(this.find(key));
  }

  /** Where all keys are strings MicroPython knows without a hash that another key is missing. */
  private find(key: Value): Value {
    // That goes for an instance of a subclass of str as well, which is a key like any other else.
    if (typeof key?.[NATIVE] === "string" && this.hasOnlyStrings()) return undefined;
    try {
      return this.keyIndex().find(key);
    } catch (error) {
      if (!this.hasOnlyStrings()) throw error;
      return undefined;
    }
  }

  private hasOnlyStrings(): boolean {
    if (this.originals !== null && this.originals.size > 0) return false;
    for (const key of this.map.keys()) if (typeof key !== "string") return false;
    return true;
  }

  set(key: K, value: V): this {
    if (this.fixed) throw new TypeError();
    if (typeof key === "string" || typeof key === "number") {
      const { size } = this.map;
      this.map.set(key, value);
      if (this.order !== null && this.map.size !== size) this.order.add(key);
    } else {
      this.setTranslated(key, value);
    }
    return this;
  }

  private setTranslated(key: Value, value: Value): void {
    const at = this.keyIndex().add(key);
    if (!this.map.has(at)) {
      if (at !== key) {
        this.originals ??= new Map();
        this.originals.set(at, key);
      }
      this.order?.add(at);
    }
    this.map.set(at, value);
  }

  /** Whether the key was there. */
  delete(key: K): boolean {
    if (this.fixed) throw new TypeError();
    const plain = typeof key === "string" || typeof key === "number";
    if (!plain && this.map.size === 0) return false;
    const at = plain ? key : this.find(key);
    if (!this.map.has(at)) return false;
    this.table()?.remove(at);
    this.map.delete(at);
    this.originals?.delete(at);
    if (!plain) this.index?.remove(at);
    return true;
  }

  clear(): void {
    if (this.fixed) throw new TypeError();
    this.map.clear();
    this.originals = null;
    this.index = null;
    this.order = null;
    this.reserved = 0;
  }

  /** The table of the order; null where the order is that of insertion. */
  private table(): HashOrder | null {
    if (this.order === null && !this.ordered && this.map.size <= LARGEST) {
      this.order = HashOrder.of(this.map.keys(), this.reserved);
    }
    return this.order;
  }

  private original(at: MapKey): Value {
    const key = this.originals?.get(at);
    return key === undefined ? at : key;
  }

  /** The items in the order in which their keys were added. */
  *inserted(): IterableIterator<[Value, Value]> {
    for (const [at, value] of this.map) yield [this.original(at), value];
  }

  keys(): IterableIterator<K> {
    return this.iterate((at) => this.original(at));
  }

  values(): IterableIterator<V> {
    return this.iterate((at) => this.map.get(at));
  }

  entries(): IterableIterator<[K, V]> {
    return this.iterate((at) => [this.original(at), this.map.get(at)]);
  }

  private iterate<T>(of: (at: MapKey) => T): IterableIterator<T> {
    const table = this.table();
    return table === null ? mapped(this.map.keys(), of) : new OrderedIterator(table, of);
  }

  [Symbol.iterator](): IterableIterator<K> {
    return this.keys();
  }

  /** The entry that `popitem` takes. */
  popped(): [K, V] {
    const [first] = this.entries();
    return first as [K, V];
  }

  private keyIndex(): KeyIndex {
    this.index ??= new KeyIndex(this.ordered);
    return this.index;
  }

  [GETITEM](key: Value): Value {
    const value = this.get(key);
    if (value === undefined) throw new KeyError(key);
    return value;
  }

  [SETITEM](key: Value, value: Value): true {
    this.set(key, value);
    return true;
  }

  [DELITEM](key: Value): true {
    if (!this.delete(key)) throw new KeyError(key);
    return true;
  }

  [UNARY](op: UnaryOp): Value | undefined {
    if (op === "__len__") return this.size;
    if (op === "__bool__") return this.size !== 0;
    return undefined;
  }

  [BINARY](op: BinaryOp, right: Value): Value | undefined {
    return dictBinary(this, op, right);
  }

  [PRINT](): string {
    return dictText(this);
  }
}

function* mapped<T>(keys: Iterable<MapKey>, of: (at: MapKey) => T): IterableIterator<T> {
  for (const at of keys) yield of(at);
}

/** Goes through the slots of the table as it is at each step. */
class OrderedIterator<T> implements IterableIterator<T> {
  private from = 0;

  constructor(
    private readonly table: HashOrder,
    private readonly of: (at: MapKey) => T,
  ) {}

  next(): IteratorResult<T> {
    const at = this.table.next(this.from);
    if (at < 0) return { done: true, value: null };
    this.from = at + 1;
    return { done: false, value: this.of(this.table.at(at)) };
  }

  [Symbol.iterator](): this {
    return this;
  }
}
