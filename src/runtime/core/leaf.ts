/**
 * Coroutines of the runtime that suspend once at most: `event.wait()`, `lock.acquire()`. To a program
 * they are generators like any other; as objects with two steps they cost a fraction of one.
 */

import type { Value } from "./values.js";

const FRESH = 0;
const SUSPENDED = 1;
const FINISHED = 2;

const YIELDED: IteratorYieldResult<null> = { value: null, done: false };

export abstract class Leaf implements IterableIterator<Value> {
  private stage = FRESH;

  /** Runs up to the suspension; false where there is none. */
  protected abstract begin(): boolean;

  /** Runs on after the suspension, or at once; the value of `await`. */
  protected abstract end(): Value;

  /** An exception arrives at the suspension. */
  protected fail(error: unknown): never {
    throw error;
  }

  next(): IteratorResult<Value, Value> {
    const { stage } = this;
    // An exception that leaves begin() or end() finishes a coroutine.
    this.stage = FINISHED;
    if (stage === FINISHED) return { done: true, value: null };
    if (stage === FRESH && this.begin()) {
      this.stage = SUSPENDED;
      return YIELDED;
    }
    return { done: true, value: this.end() };
  }

  throw(error: unknown): IteratorResult<Value, Value> {
    const { stage } = this;
    this.stage = FINISHED;
    if (stage === SUSPENDED) this.fail(error);
    throw error;
  }

  return(value: Value): IteratorResult<Value, Value> {
    this.stage = FINISHED;
    return { done: true, value };
  }

  [Symbol.iterator](): this {
    return this;
  }

  /** What isGenerator() asks for. */
  get [Symbol.toStringTag](): string {
    return "Generator";
  }
}
