/** Keys and values in the order of the keys' bytes: the contents of an open `btree` database. */

import { compareBytes } from "../core/memory/buffer.js";
import type { Pair } from "./database-file.js";

export class SortedPairs {
  constructor(private readonly pairs: Pair[]) {}

  get(key: Uint8Array): Uint8Array | undefined {
    const at = this.position(key);
    return this.isAt(at, key) ? this.pairs[at]?.value : undefined;
  }

  put(key: Uint8Array, value: Uint8Array): void {
    const at = this.position(key);
    this.pairs.splice(at, this.isAt(at, key) ? 1 : 0, { key, value });
  }

  /** False when there is no such key. */
  delete(key: Uint8Array): boolean {
    const at = this.position(key);
    if (!this.isAt(at, key)) return false;
    this.pairs.splice(at, 1);
    return true;
  }

  first(): Pair | undefined {
    return this.pairs[0];
  }

  last(): Pair | undefined {
    return this.pairs[this.pairs.length - 1];
  }

  /** The pair of the key, or of the next one. */
  from(key: Uint8Array): Pair | undefined {
    return this.pairs[this.position(key)];
  }

  after(key: Uint8Array): Pair | undefined {
    const at = this.position(key);
    return this.pairs[this.isAt(at, key) ? at + 1 : at];
  }

  before(key: Uint8Array): Pair | undefined {
    return this.pairs[this.position(key) - 1];
  }

  [Symbol.iterator](): IterableIterator<Pair> {
    return this.pairs.values();
  }

  private isAt(at: number, key: Uint8Array): boolean {
    const pair = this.pairs[at];
    return pair !== undefined && compareBytes(pair.key, key) === 0;
  }

  /** Where the key is or would be. */
  private position(key: Uint8Array): number {
    let low = 0;
    let high = this.pairs.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (compareBytes((this.pairs[middle] as Pair).key, key) < 0) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
