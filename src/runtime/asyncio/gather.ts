/** gather: waiting for several tasks at once. */

import { defined } from "../core/call/signature.js";
import { RuntimeError } from "../core/exception/exceptions.js";
import { caught } from "../core/exception/raise.js";
import type { Coroutine } from "../core/iteration/generators.js";
import { truth } from "../core/operator/unary.js";
import type { Value } from "../core/values.js";
import { core } from "./core.js";
import { promoted } from "./create-task.js";
import { CancelledError } from "./errors.js";
import { GatherPart, Remove } from "./gather-part.js";
import { exceptionOf, type Task } from "./task.js";

/** `gather(*aws, return_exceptions=False)`: the results of all, in order. */
export const gather = defined(function* gather(
  aws: Value,
  return_exceptions: Value = false,
): Coroutine {
  const waiter = core().curTask as Task;
  const keepsExceptions = truth(return_exceptions);
  const part = new GatherPart(keepsExceptions);
  const results: Value[] = aws.slice();
  for (let i = 0; i < results.length; i++) results[i] = promoted(results[i]);
  for (const task of results as Task[]) {
    if (task.$status === true) {
      task.$status = part;
      part.$state += 1;
    } else if (task.$isDone) {
      // One that has failed already: nothing is waited for.
      if (!task.$hasReturned() && !keepsExceptions) part.$state = -results.length;
    } else {
      throw new RuntimeError("can't gather");
    }
  }

  part.$waiter = waiter;
  let cancelled = false;
  if (part.$state > 0) {
    waiter.$slot = Remove;
    try {
      yield null;
    } catch (thrown) {
      const error = caught(thrown);
      if (!(error instanceof CancelledError)) throw error;
      cancelled = true;
      part.$state = error;
    }
  }

  for (let i = 0; i < results.length; i++) {
    const task: Task = results[i];
    if (task.$status === part) {
      task.$status = true;
      if (cancelled) task.cancel();
    } else if (task.$hasReturned()) {
      results[i] = task.$value;
    } else if (keepsExceptions) {
      results[i] = task.data;
    } else if (typeof part.$state === "number") {
      part.$state = task.data;
    }
  }
  if (part.$state) throw exceptionOf(part.$state);
  return results;
}, "*aws, return_exceptions=");
