/** wait_for and gather: waiting with a time limit, and for several tasks at once. */

import { call } from "../core/call.js";
import { define } from "../core/class.js";
import { BaseException, RuntimeError, StopIteration } from "../core/exceptions.js";
import { awaiting } from "../core/generators.js";
import { PyObject } from "../core/object.js";
import { caught, raise } from "../core/raise.js";
import { def } from "../core/signature.js";
import type { Value } from "../core/values.js";
import { core } from "./core.js";
import { create_task, promoted } from "./create-task.js";
import { CancelledError, TimeoutError } from "./errors.js";
import { sleep, sleep_ms } from "./sleep.js";
import { exceptionOf, type Task } from "./task.js";

type Coroutine = Generator<Value, Value, Value>;

/** Awaits `aw` for the waiting task and wakes that one with the outcome in a CancelledError. */
function* run(waiter: Task, aw: Task): Coroutine {
  let result: Value = null;
  let status: Value = true;
  try {
    result = yield* aw;
  } catch (thrown) {
    const error = caught(thrown);
    if (!(error instanceof BaseException)) throw error;
    status = error;
  }
  if (waiter.data === null && waiter.cancel()) waiter.data = new CancelledError(status, result);
}

/** `wait_for(aw, timeout)`: at most `timeout` seconds, then TimeoutError. */
export const wait_for = def(function* wait_for(
  aw: Value,
  timeout: Value,
  sleeping: Value = sleep,
): Coroutine {
  const task = promoted(aw);
  if (timeout === null) return yield* task;
  const runner = create_task(run(core().curTask as Task, task));
  try {
    yield* awaiting(sleeping === sleep ? sleep(timeout) : call(sleeping, timeout));
  } catch (thrown) {
    const error = caught(thrown);
    if (!(error instanceof CancelledError)) throw error;
    const status = error.value;
    if (status === null) {
      // Cancelled from outside.
      runner.cancel();
      throw error;
    }
    if (status === true) return error.args[1];
    throw exceptionOf(status);
  }
  runner.cancel();
  yield* runner;
  throw raise(new TimeoutError());
}, "aw, timeout, sleep=");

/** `wait_for_ms(aw, timeout)`: the same in milliseconds. */
export function wait_for_ms(aw: Value, timeout: Value): Coroutine {
  return wait_for(aw, timeout, sleep_ms);
}

/** What a gathering task's data is while it waits: nothing needs to be undone to cancel it. */
class Remove extends PyObject {
  static remove(_t: Value): null {
    return null;
  }
}
define(Remove, { name: "_Remove", statics: { remove: "t" } });

/** `gather(*aws, return_exceptions=False)`: the results of all, in order. */
export const gather = def(function* gather(
  aws: Value,
  return_exceptions: Value = false,
): Coroutine {
  const waiter = core().curTask as Task;
  /** How many tasks are still to finish, or the exception that ends this gather. */
  let state: Value = 0;

  function done(_task: Task, error: Value): null {
    if (waiter.data !== Remove) return null;
    if (!return_exceptions && !(error instanceof StopIteration)) {
      state = error;
    } else {
      state -= 1;
      if (state) return null;
    }
    core().taskQueue.push(waiter);
    return null;
  }

  const results: Value[] = [];
  for (const aw of aws) results.push(promoted(aw));
  for (const task of results as Task[]) {
    if (task.state === true) {
      task.state = done;
      state += 1;
    } else if (task.done()) {
      if (!(task.data instanceof StopIteration) && !return_exceptions) state = -results.length;
    } else {
      throw new RuntimeError("can't gather");
    }
  }

  let cancelled = false;
  if (state > 0) {
    waiter.data = Remove;
    try {
      yield null;
    } catch (thrown) {
      const error = caught(thrown);
      if (!(error instanceof CancelledError)) throw error;
      cancelled = true;
      state = error;
    }
  }

  results.forEach((task: Task, i) => {
    if (task.state === done) {
      task.state = true;
      if (cancelled) task.cancel();
    } else if (task.data instanceof StopIteration) {
      results[i] = task.data.value;
    } else if (return_exceptions) {
      results[i] = task.data;
    } else if (typeof state === "number") {
      state = task.data;
    }
  });
  if (state) throw exceptionOf(state);
  return results;
}, "*aws, return_exceptions=");
