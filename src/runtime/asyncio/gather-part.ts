/**
 * One gather() as the tasks that it waits for know it: each has it as its `state`. The loop tells it of
 * every task's end.
 */

import { define } from "../core/class.js";
import { StopIteration } from "../core/exceptions.js";
import { PyObject } from "../core/object.js";
import type { Value } from "../core/values.js";
import { core } from "./core.js";
import { RETURNED, type Task } from "./task.js";

/** What a gathering task's data is while it waits: nothing needs to be undone to cancel it. */
export class Remove extends PyObject {
  static remove(_t: Value): null {
    return null;
  }
}
define(Remove, { name: "_Remove", statics: { remove: "t" } });

export class GatherPart {
  /** How many tasks are still to finish, or the exception that ends this gather. */
  state: Value = 0;

  constructor(
    private readonly waiter: Task,
    private readonly keepsExceptions: boolean,
  ) {}

  /** A task has ended: with RETURNED or an exception. */
  done(end: Value): void {
    if (this.waiter.slot !== Remove) return;
    if (!this.keepsExceptions && end !== RETURNED && !(end instanceof StopIteration)) {
      this.state = end;
    } else {
      this.state -= 1;
      if (this.state) return;
    }
    core().taskQueue.push(this.waiter);
  }
}
