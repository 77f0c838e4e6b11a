/**
 * `Dict`: Python's dict. A Map inside, in the order of insertion; strings and ints are their own
 * keys, everything else goes through a KeyIndex. dict-methods.ts has what Python sees.
 */

import { dictBinary, dictText } from "./dict-operators.js";
import { dict } from "./dict-type.js";
import { KeyError, TypeError } from "./exceptions.js";
import { KeyIndex, type MapKey } from "./keys.js";
import { BINARY, type BinaryOp, DELITEM, GETITEM, PRINT, SETITEM, UNARY } from "./slots.js";
import type { UnaryOp } from "./slots.js";
import type { TypeInfo } from "./type.js";
import { TYPE, type Value } from "./values.js";

export class Dict {
  static [TYPE]: TypeInfo = { name: "dict", bases: [], represents: () => dict };

  private readonly map = new Map<MapKey, Value>();
  /** Keys as the program gave them, where the Map has another value for them. */
  private originals: Map<MapKey, Value> | null = null;
  private index: KeyIndex | null = null;
  /** A dict that takes no changes (`C.__dict__`). */
  fixed = false;

  /** An OrderedDict: compares by order too, and pops its last item. */
  get ordered(): boolean {
    return false;
  }

  /** `new Dict([["a", 1], ["b", 2]])`, a dict display. */
  constructor(items?: Iterable<readonly [Value, Value]>) {
    if (items !== undefined) for (const [key, value] of items) this.set(key, value);
  }

  get size(): number {
    return this.map.size;
  }

  /** The value, or undefined where the key is missing. */
  get(key: Value): Value | undefined {
    if (typeof key === "string" || typeof key === "number") return this.map.get(key);
    return this.map.get(this.keyIndex().find(key));
  }

  has(key: Value): boolean {
    if (typeof key === "string" || typeof key === "number") return this.map.has(key);
    return this.map.has(this.keyIndex().find(key));
  }

  set(key: Value, value: Value): this {
    if (this.fixed) throw new TypeError();
    if (typeof key === "string" || typeof key === "number") this.map.set(key, value);
    else this.setTranslated(key, value);
    return this;
  }

  private setTranslated(key: Value, value: Value): void {
    const at = this.keyIndex().add(key);
    if (at !== key && !this.map.has(at)) {
      this.originals ??= new Map();
      this.originals.set(at, key);
    }
    this.map.set(at, value);
  }

  /** Whether the key was there. */
  delete(key: Value): boolean {
    if (this.fixed) throw new TypeError();
    if (typeof key === "string" || typeof key === "number") {
      this.originals?.delete(key);
      return this.map.delete(key);
    }
    const at = this.keyIndex().find(key);
    if (!this.map.delete(at)) return false;
    this.originals?.delete(at);
    this.index?.remove(at);
    return true;
  }

  clear(): void {
    if (this.fixed) throw new TypeError();
    this.map.clear();
    this.originals = null;
    this.index = null;
  }

  keys(): IterableIterator<Value> {
    return this.originals === null ? this.map.keys() : this.originalKeys();
  }

  private *originalKeys(): IterableIterator<Value> {
    for (const at of this.map.keys()) yield this.original(at);
  }

  private original(at: MapKey): Value {
    const key = this.originals?.get(at);
    return key === undefined ? at : key;
  }

  values(): IterableIterator<Value> {
    return this.map.values();
  }

  entries(): IterableIterator<[Value, Value]> {
    return this.originals === null ? this.map.entries() : this.originalEntries();
  }

  private *originalEntries(): IterableIterator<[Value, Value]> {
    for (const [at, value] of this.map) yield [this.original(at), value];
  }

  [Symbol.iterator](): IterableIterator<Value> {
    return this.keys();
  }

  /** The entry that `popitem` takes. */
  popped(): [Value, Value] {
    const [first] = this.entries();
    return first as [Value, Value];
  }

  private keyIndex(): KeyIndex {
    this.index ??= new KeyIndex();
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
