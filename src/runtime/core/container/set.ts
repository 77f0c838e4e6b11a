/**
 * `PySet` and `FrozenSet`: Python's set and frozenset. What goes through the items sees MicroPython's
 * order (hash-order.ts). set-type.ts has what Python sees.
 */

import type { TypeInfo } from "../class/type.js";
import { HashOrder, LARGEST } from "../hash/hash-order.js";
import { KeyIndex, type MapKey } from "../hash/keys.js";
import { each } from "../iteration/iteration.js";
import { BINARY, type BinaryOp, PRINT, UNARY, type UnaryOp } from "../slots.js";
import { TYPE, type Value } from "../values.js";
import { setBinary, setHash, setText } from "./set-operators.js";
import { frozenset, set } from "./set-type.js";

export class PySet<T = Value> {
  static [TYPE]: TypeInfo = { name: "set", bases: [], represents: () => set };

  /** What stands for each item, with the item. */
  protected items = new Map<MapKey, Value>();
  private index = new KeyIndex();
  /** The table that decides the order, once something has depended on it. */
  private order: HashOrder | null = null;
  /** How many items there was room for at the beginning. */
  private reserved = 0;
  /** There is a table: where there never was an item, none is looked for, not even its hash. */
  private used = false;

  /** `new PySet([1, 2])`, a set display. */
  constructor(items?: readonly T[]) {
    if (items === undefined) return;
    this.reserved = items.length;
    for (const item of items) this.add(item);
  }

  /** Adds everything there is. */
  addAll(items: Iterable<Value>): this {
    for (const item of items) this.add(item);
    return this;
  }

  get frozen(): boolean {
    return false;
  }

  get size(): number {
    return this.items.size;
  }

  has(item: Value): boolean {
    return this.used && this.items.has(this.index.find(item));
  }

  add(item: T): this {
    this.used = true;
    const key = this.index.add(item);
    if (!this.items.has(key)) {
      this.items.set(key, item);
      this.order?.add(key);
    }
    return this;
  }

  /** Whether the item was there. */
  delete(item: Value): boolean {
    if (!this.used) return false;
    const key = this.index.find(item);
    if (!this.items.has(key)) return false;
    this.table()?.remove(key);
    this.items.delete(key);
    this.index.remove(key);
    return true;
  }

  clear(): void {
    this.items.clear();
    this.index.clear();
    this.order = null;
    this.reserved = 0;
    this.used = false;
  }

  private table(): HashOrder | null {
    if (this.order === null && this.items.size <= LARGEST) {
      this.order = HashOrder.of(this.items.keys(), this.reserved);
    }
    return this.order;
  }

  /** Takes the items of another set, which is given up. */
  become(other: PySet): void {
    this.items = other.items;
    this.index = other.index;
    this.order = other.order;
    this.reserved = other.reserved;
    this.used = other.used;
  }

  /** A copy of the same type, in the same order. */
  copy(): PySet<T> {
    const made = new (this.constructor as new () => PySet)();
    made.addAll(this.items.values());
    made.reserved = this.reserved;
    made.used = this.used;
    made.order = this.order === null ? null : this.order.copy();
    return made;
  }

  *[Symbol.iterator](): IterableIterator<Value> {
    const table = this.table();
    if (table === null) {
      yield* this.items.values();
      return;
    }
    for (let at = table.next(0); at >= 0; at = table.next(at + 1)) {
      yield this.items.get(table.at(at));
    }
  }

  [UNARY](op: UnaryOp): Value | undefined {
    if (op === "__len__") return this.size;
    if (op === "__bool__") return this.size !== 0;
    return op === "__hash__" && this.frozen ? setHash(this) : undefined;
  }

  [BINARY](op: BinaryOp, right: Value): Value | undefined {
    return setBinary(this, op, right);
  }

  [PRINT](): string {
    return setText(this);
  }
}

export class FrozenSet<T = Value> extends PySet<T> {
  static override [TYPE]: TypeInfo = {
    name: "frozenset",
    bases: [],
    represents: () => frozenset,
  };

  override get frozen(): boolean {
    return true;
  }
}

/** The items of any iterable as a set. */
export function toSet(items: Value): PySet {
  return items instanceof PySet ? items : new PySet().addAll(each(items));
}
