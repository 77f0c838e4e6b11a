/** `PySet` and `FrozenSet`: Python's set and frozenset, in the order of insertion. */

import { each } from "./iteration.js";
import { KeyIndex, type MapKey } from "./keys.js";
import { setBinary, setHash, setText } from "./set-operators.js";
import { frozenset, set } from "./set-type.js";
import { BINARY, type BinaryOp, PRINT, UNARY, type UnaryOp } from "./slots.js";
import type { TypeInfo } from "./type.js";
import { TYPE, type Value } from "./values.js";

export class PySet {
  static [TYPE]: TypeInfo = { name: "set", bases: [], represents: () => set };

  /** What stands for each item, with the item. */
  protected items = new Map<MapKey, Value>();
  private index = new KeyIndex();

  constructor(items?: Iterable<Value>) {
    if (items !== undefined) for (const item of items) this.add(item);
  }

  get frozen(): boolean {
    return false;
  }

  get size(): number {
    return this.items.size;
  }

  has(item: Value): boolean {
    return this.items.has(this.index.find(item));
  }

  add(item: Value): this {
    const key = this.index.add(item);
    if (!this.items.has(key)) this.items.set(key, item);
    return this;
  }

  /** Whether the item was there. */
  delete(item: Value): boolean {
    const key = this.index.find(item);
    if (!this.items.delete(key)) return false;
    this.index.remove(key);
    return true;
  }

  clear(): void {
    this.items.clear();
    this.index.clear();
  }

  /** Takes the items of another set, which is given up. */
  become(other: PySet): void {
    this.items = other.items;
    this.index = other.index;
  }

  copy(): PySet {
    return new PySet(this);
  }

  [Symbol.iterator](): IterableIterator<Value> {
    return this.items.values();
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

export class FrozenSet extends PySet {
  static override [TYPE]: TypeInfo = {
    name: "frozenset",
    bases: [],
    represents: () => frozenset,
  };

  override get frozen(): boolean {
    return true;
  }

  override copy(): FrozenSet {
    return new FrozenSet(this);
  }
}

/** The items of any iterable as a set. */
export function toSet(items: Value): PySet {
  return items instanceof PySet ? items : new PySet(each(items));
}
