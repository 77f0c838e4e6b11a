/**
 * The second task of a wait_for(): awaits the coroutine and wakes the task that waits with a time limit.
 * Also that task's own part where a program gives a `sleep` function of its own.
 */

import { call } from "../core/call/call.js";
import { BaseException } from "../core/exception/exceptions.js";
import { caught, raise } from "../core/exception/raise.js";
import { GeneratorObject, type Step, YIELDED } from "../core/iteration/generator-object.js";
import { awaiting } from "../core/iteration/generators.js";
import type { Value } from "../core/values.js";
import { core } from "./core.js";
import { promoted, startTask } from "./create-task.js";
import { CancelledError, TimeoutError } from "./errors.js";
import { exceptionOf, type Task } from "./task.js";

const FRESH = 0;
const SUSPENDED = 1;
const OVER = 2;

/** In `WaitForRunner.status`: the waiting task has not been woken. */
export const PENDING: unique symbol = Symbol("pending");

const FINISHED: Step = { done: true, value: null };

export class WaitForRunner extends GeneratorObject {
  declare private readonly waiter: Task;
  declare private readonly aw: Task;
  declare private stage: number;
  /** What the waiting task has been woken with: PENDING, True or an exception; and the result. */
  declare status: Value;
  declare result: Value;
  /** Whether the waiting task sleeps in its wait_for() and looks at `status`: it needs no exception. */
  declare ownSleep: boolean;

  constructor(waiter: Task, aw: Task) {
    super();
    this.waiter = waiter;
    this.aw = aw;
    this.ownSleep = false;
    this.stage = FRESH;
    this.status = PENDING;
    this.result = null;
  }

  next(): Step {
    if (this.stage === OVER) return FINISHED;
    const { aw } = this;
    try {
      if (this.stage === FRESH) aw.$beginAwait();
      this.stage = SUSPENDED;
      if (!aw.$isDone) {
        aw.$addRunning();
        return YIELDED;
      }
    } catch (thrown) {
      return this.failed(thrown);
    }
    return aw.$hasReturned() ? this.end(true, aw.$value) : this.failed(exceptionOf(aw.$slot));
  }

  throw(thrown: unknown): Step {
    if (this.stage === SUSPENDED) return this.failed(thrown);
    this.stage = OVER;
    throw thrown;
  }

  return(value: Value): Step {
    this.stage = OVER;
    return { done: true, value };
  }

  private failed(thrown: unknown): Step {
    const error = caught(thrown);
    if (error instanceof BaseException) return this.end(error, null);
    this.stage = OVER;
    throw error;
  }

  /** Wakes the waiting task, unless its time is over. */
  private end(status: Value, result: Value): Step {
    this.stage = OVER;
    const { waiter } = this;
    if (waiter.$slot !== null) return FINISHED;
    if (this.ownSleep) waiter.$hasten();
    else if (!waiter.cancel()) return FINISHED;
    else waiter.$slot = new CancelledError(status, result);
    this.status = status;
    this.result = result;
    return FINISHED;
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
  const loop = core();
  const runner = startTask(new WaitForRunner(loop.curTask as Task, task), loop);
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
