/** wait_for and gather: waiting with a time limit, and for several tasks at once. */

import { call } from "../core/call.js";
import { BaseException, RuntimeError, StopIteration } from "../core/exceptions.js";
import { awaiting } from "../core/generators.js";
import { caught, raise } from "../core/raise.js";
import { def } from "../core/signature.js";
import { truth } from "../core/unary.js";
import type { Value } from "../core/values.js";
import { core } from "./core.js";
import { create_task, promoted } from "./create-task.js";
import { CancelledError, TimeoutError } from "./errors.js";
import { GatherPart, Remove } from "./gather-part.js";
import { sleep, sleep_ms } from "./sleep.js";
import { exceptionOf, RETURNED, type Task } from "./task.js";

type Coroutine = Generator<Value, Value, Value>;

/** How the awaitable of a wait_for() ended before the time was over. */
interface Outcome {
  /** True, or the exception. */
  readonly status: Value;
  readonly result: Value;
}

/** Awaits `aw` for the waiting task and wakes that one; `tell` gets the outcome then. */
function* run(waiter: Task, aw: Task, tell: (outcome: Outcome) => void): Coroutine {
  let result: Value = null;
  let status: Value = true;
  try {
    result = yield* aw;
  } catch (thrown) {
    const error = caught(thrown);
    if (!(error instanceof BaseException)) throw error;
    status = error;
  }
  if (waiter.slot === null && waiter.cancel()) tell({ status, result });
}

/**
 * `wait_for(aw, timeout)`: at most `timeout` seconds, then TimeoutError. MicroPython cancels the sleep
 * with a CancelledError that holds the outcome. Where the sleep is our own, it just ends early instead;
 * whoever cancels the waiting task before it runs puts a CancelledError there, as in MicroPython. There
 * a task that was cancelled, and sleeps again when what it waited for has ended, gets that CancelledError
 * in its new sleep; so it does here.
 */
export const wait_for = def(function* wait_for(
  aw: Value,
  timeout: Value,
  sleeping: Value = sleep,
): Coroutine {
  const task = promoted(aw);
  if (timeout === null) return yield* task;
  const waiter = core().curTask as Task;
  let ownSleep = false;
  let outcome: Outcome | undefined;
  const runner = create_task(
    run(waiter, task, (ended) => {
      if (ownSleep) outcome = ended;
      waiter.slot = ownSleep ? null : new CancelledError(ended.status, ended.result);
    }),
  );
  try {
    if (sleeping === sleep || sleeping === sleep_ms) {
      (sleeping === sleep ? sleep(timeout) : sleep_ms(timeout)).next();
      ownSleep = true;
      yield null;
      ownSleep = false;
    } else {
      yield* awaiting(call(sleeping, timeout));
    }
  } catch (thrown) {
    ownSleep = false;
    const error = caught(thrown);
    if (!(error instanceof CancelledError)) throw error;
    if (error.value === null) {
      // Cancelled from outside.
      runner.cancel();
      throw error;
    }
    outcome = { status: error.value, result: error.args[1] };
  }
  if (outcome !== undefined) {
    if (outcome.status === true) return outcome.result;
    throw exceptionOf(outcome.status);
  }
  runner.cancel();
  yield* runner;
  throw raise(new TimeoutError());
}, "aw, timeout, sleep=");

/** `wait_for_ms(aw, timeout)`: the same in milliseconds. */
export function wait_for_ms(aw: Value, timeout: Value): Coroutine {
  return wait_for(aw, timeout, sleep_ms);
}

/** `gather(*aws, return_exceptions=False)`: the results of all, in order. */
export const gather = def(function* gather(
  aws: Value,
  return_exceptions: Value = false,
): Coroutine {
  const waiter = core().curTask as Task;
  const keepsExceptions = truth(return_exceptions);
  const part = new GatherPart(keepsExceptions);
  const results: Value[] = aws.slice();
  for (let i = 0; i < results.length; i++) results[i] = promoted(results[i]);
  for (const task of results as Task[]) {
    if (task.state === true) {
      task.state = part;
      part.state += 1;
    } else if (task.done()) {
      // One that has failed already: nothing is waited for.
      if (!hasReturned(task) && !keepsExceptions) part.state = -results.length;
    } else {
      throw new RuntimeError("can't gather");
    }
  }

  part.waiter = waiter;
  let cancelled = false;
  if (part.state > 0) {
    waiter.slot = Remove;
    try {
      yield null;
    } catch (thrown) {
      const error = caught(thrown);
      if (!(error instanceof CancelledError)) throw error;
      cancelled = true;
      part.state = error;
    }
  }

  for (let i = 0; i < results.length; i++) {
    const task: Task = results[i];
    if (task.state === part) {
      task.state = true;
      if (cancelled) task.cancel();
    } else if (task.slot === RETURNED) {
      results[i] = task.value;
    } else if (hasReturned(task)) {
      results[i] = task.data.value;
    } else if (keepsExceptions) {
      results[i] = task.data;
    } else if (typeof part.state === "number") {
      part.state = task.data;
    }
  }
  if (part.state) throw exceptionOf(part.state);
  return results;
}, "*aws, return_exceptions=");

/** Whether a task that is done has returned, and not failed. */
function hasReturned({ slot }: Task): boolean {
  return slot === RETURNED || slot instanceof StopIteration;
}
