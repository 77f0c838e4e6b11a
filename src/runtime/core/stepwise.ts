/**
 * Coroutines of the runtime that may suspend several times, always at the same place: reading a line,
 * sending a buffer. As objects they cost a fraction of a generator (generator-object.ts).
 */

import { GeneratorObject, type Step, YIELDED } from "./generator-object.js";
import type { Value } from "./values.js";

const FRESH = 0;
const SUSPENDED = 1;
const FINISHED = 2;

export abstract class Stepwise extends GeneratorObject {
  declare private stage: number;

  constructor() {
    super();
    this.stage = FRESH;
  }

  /** Runs up to the next suspension; false where there is none, and `result` is what `await` gives. */
  protected abstract step(isFirst: boolean): boolean;

  protected abstract get result(): Value;

  next(): Step {
    const { stage } = this;
    // An exception that leaves step() finishes a coroutine.
    this.stage = FINISHED;
    if (stage === FINISHED) return { done: true, value: null };
    if (!this.step(stage === FRESH)) return { done: true, value: this.result };
    this.stage = SUSPENDED;
    return YIELDED;
  }

  throw(error: unknown): Step {
    this.stage = FINISHED;
    throw error;
  }

  return(value: Value): Step {
    this.stage = FINISHED;
    return { done: true, value };
  }
}
