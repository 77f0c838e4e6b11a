/** Lock: one task at a time, in the order in which they asked. */

import { define } from "../core/class.js";
import { RuntimeError } from "../core/exceptions.js";
import { PyObject } from "../core/object.js";
import { caught } from "../core/raise.js";
import type { Value } from "../core/values.js";
import { core } from "./core.js";
import { CancelledError } from "./errors.js";
import type { Task } from "./task.js";
import { TaskQueue } from "./task-queue.js";

export class Lock extends PyObject {
  /** 0 unlocked, 1 locked, a task: unlocked, but that task is scheduled to lock it next. */
  declare state: Value;
  /** The tasks that wait. */
  declare waiting: TaskQueue;

  override __init__(): null {
    this.state = 0;
    this.waiting = new TaskQueue();
    return null;
  }

  locked(): boolean {
    return this.state === 1;
  }

  release(): null {
    if (this.state !== 1) throw new RuntimeError("Lock not acquired");
    if (this.waiting.peek() !== null) {
      this.state = this.waiting.pop();
      core().taskQueue.push(this.state);
    } else {
      this.state = 0;
    }
    return null;
  }

  *acquire(): Generator<null, boolean, Value> {
    if (this.state !== 0) {
      const { curTask } = core();
      this.waiting.push(curTask);
      (curTask as Task).slot = this.waiting;
      try {
        yield null;
      } catch (thrown) {
        const error = caught(thrown);
        if (error instanceof CancelledError && this.state === core().curTask) {
          // Cancelled when it was about to get the lock: pass it on.
          this.state = 1;
          this.release();
        }
        throw error;
      }
    }
    this.state = 1;
    return true;
  }

  *__aenter__(): Generator<null, boolean, Value> {
    return yield* this.acquire();
  }

  // biome-ignore lint/correctness/useYield: a coroutine that never suspends.
  *__aexit__(_type: Value, _error: Value, _traceback: Value): Generator<null, Value, Value> {
    return this.release();
  }
}
define(Lock, {
  methods: {
    __init__: "",
    locked: "",
    release: "",
    acquire: "",
    __aenter__: "",
    __aexit__: "exc_type, exc, tb",
  },
});
