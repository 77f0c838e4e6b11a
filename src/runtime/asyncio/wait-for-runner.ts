/**
 * The second task of a wait_for(): awaits the coroutine and wakes the task that waits with a time limit.
 * Also that task's own part where a program gives a `sleep` function of its own.
 */

import { call } from "../core/call.js";
import { BaseException } from "../core/exceptions.js";
import { GeneratorObject, type Step } from "../core/generator-object.js";
import { awaiting } from "../core/generators.js";
import { caught, raise } from "../core/raise.js";
import type { Value } from "../core/values.js";
import { core } from "./core.js";
import { create_task, promoted } from "./create-task.js";
import { CancelledError, TimeoutError } from "./errors.js";
import { exceptionOf, type Task } from "./task.js";

/** How the coroutine ended before the time was over. */
export interface Outcome {
  /** True, or the exception. */
  readonly status: Value;
  readonly result: Value;
}

export class WaitForRunner extends GeneratorObject {
  declare private readonly waiter: Task;
  declare private readonly aw: Task;
  declare private readonly ownSleep: boolean;
  declare private awaited: Iterator<Value, Value, Value> | null;
  declare private finished: boolean;
  /** What the waiting task has been woken with. */
  declare outcome: Outcome | null;

  /** `ownSleep`: the waiting task looks at `outcome`, and needs no exception to end its sleep. */
  constructor(waiter: Task, aw: Task, ownSleep: boolean) {
    super();
    this.waiter = waiter;
    this.aw = aw;
    this.ownSleep = ownSleep;
    this.awaited = null;
    this.finished = false;
    this.outcome = null;
  }

  next(): Step {
    if (this.finished) return { done: true, value: null };
    let step: Step;
    try {
      this.awaited ??= this.aw.__iter__();
      step = this.awaited.next(null);
    } catch (thrown) {
      return this.failed(thrown);
    }
    return step.done === true ? this.end(true, step.value) : step;
  }

  throw(thrown: unknown): Step {
    if (this.finished || this.awaited === null) {
      this.finished = true;
      throw thrown;
    }
    return this.failed(thrown);
  }

  return(value: Value): Step {
    this.finished = true;
    return { done: true, value };
  }

  private failed(thrown: unknown): Step {
    const error = caught(thrown);
    if (error instanceof BaseException) return this.end(error, null);
    this.finished = true;
    throw error;
  }

  /** Wakes the waiting task, unless its time is over. */
  private end(status: Value, result: Value): Step {
    this.finished = true;
    const { waiter } = this;
    if (waiter.slot === null && waiter.cancel()) {
      waiter.slot = this.ownSleep ? null : new CancelledError(status, result);
      this.outcome = { status, result };
    }
    return { done: true, value: null };
  }
}

/** wait_for() with a program's own function in place of sleep(). */
export function* waitWithSleep(
  aw: Value,
  timeout: Value,
  sleeping: Value,
): Generator<Value, Value, Value> {
  const task = promoted(aw);
  if (timeout === null) return yield* task;
  const runner = create_task(new WaitForRunner(core().curTask as Task, task, false));
  try {
    yield* awaiting(call(sleeping, timeout));
  } catch (thrown) {
    const error = caught(thrown);
    if (!(error instanceof CancelledError)) throw error;
    if (error.value === null) {
      // Cancelled from outside.
      runner.cancel();
      throw error;
    }
    if (error.value === true) return error.args[1];
    throw exceptionOf(error.value);
  }
  runner.cancel();
  yield* runner;
  throw raise(new TimeoutError());
}
