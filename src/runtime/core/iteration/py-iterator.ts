/**
 * Iterators that are Python values: what `iter([1, 2])` and `enumerate(x)` return. They are
 * JavaScript iterators too, without a `return` method, so that leaving a loop does not end them.
 */

import type { TypeInfo } from "../class/type.js";
import { TYPE, type Value } from "../values.js";

export abstract class PyIterator implements IterableIterator<Value> {
  static [TYPE]: TypeInfo = {
    name: "iterator",
    bases: [],
    iterator: true,
    abstract: true,
  };

  abstract next(): IteratorResult<Value>;

  /** An exception thrown into a generator that waits for this one passes through. */
  throw(error: unknown): IteratorResult<Value> {
    throw error;
  }

  /** Whether `yield*` may be given it as it is: it refuses what is sent, and lets no StopIteration out. */
  get $isDelegable(): boolean {
    return false;
  }

  [Symbol.iterator](): this {
    return this;
  }
}

/** Any JavaScript iterator as a Python value. */
export class WrappedIterator extends PyIterator {
  constructor(private readonly iterator: Iterator<Value>) {
    super();
  }

  next(): IteratorResult<Value> {
    return this.iterator.next();
  }
}
