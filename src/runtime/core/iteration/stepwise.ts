/**
 * Coroutines of the runtime that suspend at one place alone, once or several times: `event.wait()`,
 * `lock.acquire()`, reading a line. As objects they cost a fraction of a generator (generator-object.ts).
 */

import type { Value } from "../values.js";
import { GeneratorObject, type Step, YIELDED } from "./generator-object.js";

const FRESH = 0;
const SUSPENDED = 1;
const FINISHED = 2;

export abstract class Stepwise extends GeneratorObject {
  declare private stage: number;

  constructor() {
    super();
    this.stage = FRESH;
  }

  /** Runs up to the next suspension; false where there is none. */
  protected abstract step(isFirst: boolean): boolean;

  /** Runs on after the last suspension, or at once; the value of `await`. */
  protected abstract end(): Value;

  /** An exception arrives at the suspension. */
  protected fail(error: unknown): never {
    throw error;
  }

  next(): Step {
    const { stage } = this;
    // An exception that leaves step() or end() finishes a coroutine.
    this.stage = FINISHED;
    if (stage === FINISHED) return { done: true, value: null };
    if (!this.step(stage === FRESH)) return { done: true, value: this.end() };
    this.stage = SUSPENDED;
    return YIELDED;
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
