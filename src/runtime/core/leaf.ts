/** Coroutines of the runtime that suspend once at most: `event.wait()`, `lock.acquire()`. */

import { GeneratorObject, type Step, YIELDED } from "./generator-object.js";
import type { Value } from "./values.js";

const FRESH = 0;
const SUSPENDED = 1;
const FINISHED = 2;

export abstract class Leaf extends GeneratorObject {
  declare private stage: number;

  constructor() {
    super();
    this.stage = FRESH;
  }

  /** Runs up to the suspension; false where there is none. */
  protected abstract begin(): boolean;

  /** Runs on after the suspension, or at once; the value of `await`. */
  protected abstract end(): Value;

  /** An exception arrives at the suspension. */
  protected fail(error: unknown): never {
    throw error;
  }

  next(): Step {
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

  throw(error: unknown): Step {
    const { stage } = this;
    this.stage = FINISHED;
    if (stage === SUSPENDED) this.fail(error);
    throw error;
  }

  return(value: Value): Step {
    this.stage = FINISHED;
    return { done: true, value };
  }
}
