/**
 * Keys of dicts and sets under Python's equality: `1`, `1.0` and `True` are one key, and so are equal
 * tuples. Strings and ints are their own keys in a JavaScript Map; other values are translated here,
 * those with a hash of their own through buckets. dict.ts and set.ts use it.
 */

import { TypeError } from "../exception/exceptions.js";
import { Complex } from "../number/complex.js";
import { equal } from "../operator/compare.js";
import { NATIVE, UNARY } from "../slots.js";
import { Float, FUNC, INSTANCE, toFloat, type Value } from "../values.js";
import { hash } from "./hash.js";

/** What stands for a key in a Map: values that are the same key are the same here. */
// biome-ignore lint/suspicious/noExplicitAny: any primitive or object.
export type MapKey = any;

/** Translates a key that is decided by its value or its identity; undefined: by hash and equality. */
function direct(key: Value): MapKey | undefined {
  switch (typeof key) {
    case "boolean":
      return key ? 1 : 0;
    case "function":
      return key[FUNC] === undefined ? key : undefined;
    case "object":
      if (key === null) return key;
      if (key instanceof Float) {
        return Number.isSafeInteger(key.value) || !Number.isFinite(key.value)
          ? key.value
          : BigInt(key.value);
      }
      if (key instanceof Complex && key.im === 0) return direct(toFloat(key.re));
      if (key[INSTANCE] === true && !comparesByValue(key)) {
        return key[NATIVE] === undefined ? key : direct(key[NATIVE]);
      }
      if (key[INSTANCE] !== true && key[UNARY] === undefined && !Array.isArray(key)) return key;
      return undefined;
    default:
      return key;
  }
}

function comparesByValue(key: Value): boolean {
  return key.__eq__ !== undefined || key.__hash__ !== undefined || key[UNARY] !== undefined;
}

/** The keys of one dict or set that are told apart by hash and equality. */
export class KeyIndex {
  private readonly buckets = new Map<Value, Value[]>();

  /** `searched`: keys without a hash are looked for one by one, as in ordered dicts. */
  constructor(private readonly searched = false) {}

  private hash(key: Value): Value {
    try {
      return hash(key);
    } catch (error) {
      if (this.searched && error instanceof TypeError) return null;
      throw error;
    }
  }

  /** What stands for the key, if it is known; otherwise the key itself, which then is in no Map. */
  find(key: Value): MapKey {
    const known = direct(key);
    if (known !== undefined) return known;
    const bucket = this.buckets.get(this.hash(key));
    if (bucket !== undefined) {
      for (const other of bucket) if (other === key || equal(other, key)) return other;
    }
    return key;
  }

  /** The same for a key that is about to be added. */
  add(key: Value): MapKey {
    const known = direct(key);
    if (known !== undefined) return known;
    const code = this.hash(key);
    const bucket = this.buckets.get(code);
    if (bucket === undefined) {
      this.buckets.set(code, [key]);
      return key;
    }
    for (const other of bucket) if (other === key || equal(other, key)) return other;
    bucket.push(key);
    return key;
  }

  /** Forgets what `find` returned for a key. */
  remove(mapKey: MapKey): void {
    if (typeof mapKey !== "object" && typeof mapKey !== "function") return;
    if (mapKey === null || direct(mapKey) !== undefined) return;
    const code = this.hash(mapKey);
    const bucket = this.buckets.get(code);
    if (bucket === undefined) return;
    const at = bucket.indexOf(mapKey);
    if (at >= 0) bucket.splice(at, 1);
    if (bucket.length === 0) this.buckets.delete(code);
  }

  clear(): void {
    this.buckets.clear();
  }
}
