/** Making tasks of coroutines: create_task, and the promotion that wait_for and gather do. */

import { defined } from "../core/call/signature.js";
import { load } from "../core/class/attributes.js";
import { RuntimeError, TypeError } from "../core/exception/exceptions.js";
import type { GeneratorObject } from "../core/iteration/generator-object.js";
import { BARE, type Value } from "../core/values.js";
import { type Core, core } from "./core.js";
import { Task } from "./task.js";

/** `create_task(coro)`: queues a new task to start soon. */
export const create_task = defined(function create_task(coro: Value): Task {
  const task = new Task(coro);
  if (!task.$native && load(coro, "send") === undefined) {
    throw new TypeError("coroutine expected");
  }
  return started(task, core());
}, "coro");

/** The same for a coroutine of the runtime. */
export function startTask(coro: GeneratorObject, loop: Core): Task {
  const task = new Task(BARE);
  task.coro = coro;
  task.$native = true;
  return started(task, loop);
}

function started(task: Task, { taskQueue, clock }: Core): Task {
  taskQueue.$insertReady(task, clock.time);
  return task;
}

/** A task as it is, a coroutine as a new task. */
export function promoted(aw: Value): Task {
  return aw instanceof Task ? aw : create_task(aw);
}

/** `current_task()`. */
export const current_task = defined(function current_task(): Task {
  const { curTask } = core();
  if (curTask === null) throw new RuntimeError("no running event loop");
  return curTask;
}, "");
