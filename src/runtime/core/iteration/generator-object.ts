/**
 * Coroutines of the runtime that are objects with a few steps: to a program they are generators like any
 * other, but they cost a fraction of one. Extended by stepwise.ts and by what asyncio awaits.
 */

import type { Value } from "../values.js";

export type Step = IteratorResult<Value, Value>;

/** A suspension: the loop's tasks yield nothing but None. */
export const YIELDED: IteratorYieldResult<null> = { value: null, done: false };

export abstract class GeneratorObject implements IterableIterator<Value> {
  abstract next(value: Value): Step;

  abstract throw(error: unknown): Step;

  abstract return(value: Value): Step;

  [Symbol.iterator](): this {
    return this;
  }

  /** What isGenerator() asks for. */
  get [Symbol.toStringTag](): string {
    return "Generator";
  }
}
