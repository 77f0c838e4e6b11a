/**
 * One gather() as the tasks that it waits for know it: each has it as its `state`. The loop tells it of
 * every task's end.
 */

import { define } from "../core/class/class.js";
import { PyObject } from "../core/class/object.js";
import { StopIteration } from "../core/exception/exceptions.js";
import { assigned } from "../core/module/names.js";
import { BARE, type Value } from "../core/values.js";
import { core } from "./core.js";
import { RETURNED, type Task } from "./task.js";

/** What a gathering task's data is while it waits: nothing needs to be undone to cancel it. */
export class Remove extends PyObject {
  static remove(_t: Value): null {
    return null;
  }
}
define(Remove, { name: "_Remove", statics: { remove: "t" } });

export class GatherPart extends PyObject {
  /** How many tasks are still to finish, or the exception that ends this gather. */
  $state: Value = 0;

  /** The gathering task, once all parts are known. */
  $waiter: Task | undefined;

  constructor(private readonly $keepsExceptions: boolean) {
    super(BARE);
  }

  /** To a program it is the function that MicroPython has here. */
  __call__(_t: Value, er: Value): null {
    this.$done(er);
    return null;
  }

  /** A task has ended: with RETURNED or an exception. */
  $done(end: Value): void {
    // Left behind by a gather() that raised "can't gather": in MicroPython its variable is unbound.
    const waiter = assigned(this.$waiter, "gather_task");
    if (waiter.$slot !== Remove) return;
    if (!this.$keepsExceptions && end !== RETURNED && !(end instanceof StopIteration)) {
      this.$state = end;
    } else {
      this.$state -= 1;
      if (this.$state) return;
    }
    core().taskQueue.push(waiter);
  }
}
define(GatherPart, { name: "closure", methods: { __call__: "t, er" } });
