/** Event: tasks wait until it is set. To be set from tasks only; see ThreadSafeFlag for interrupts. */

import { define } from "../core/class/class.js";
import { PyObject } from "../core/class/object.js";
import { Stepwise } from "../core/iteration/stepwise.js";
import type { Value } from "../core/values.js";
import { core } from "./core.js";
import type { Task } from "./task.js";
import { TaskQueue } from "./task-queue.js";

export class Event extends PyObject {
  declare state: Value;
  /** The tasks that wait: a TaskQueue, unless the program puts something else there. */
  declare waiting: Value;

  override __init__(): Value {
    this.state = false;
    this.waiting = new TaskQueue();
    return null;
  }

  is_set(): Value {
    return this.state;
  }

  set(): null {
    const { taskQueue } = core();
    while (this.waiting.peek() !== null) taskQueue.push(this.waiting.pop());
    this.state = true;
    return null;
  }

  clear(): null {
    this.state = false;
    return null;
  }

  wait(): EventWait {
    return new EventWait(this);
  }
}
define(Event, {
  fields: ["state", "waiting"],
  methods: { __init__: "", is_set: "", set: "", clear: "", wait: "" },
});

class EventWait extends Stepwise {
  declare private readonly event: Event;

  constructor(event: Event) {
    super();
    this.event = event;
  }

  protected step(isFirst: boolean): boolean {
    const { event } = this;
    if (!isFirst || event.state === true) return false;
    const { curTask } = core();
    event.waiting.push(curTask);
    (curTask as Task).$slot = event.waiting;
    return true;
  }

  protected end(): boolean {
    return true;
  }
}
