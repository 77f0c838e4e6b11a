/** Lock: one task at a time, in the order in which they asked. */

import { define } from "../core/class/class.js";
import { PyObject } from "../core/class/object.js";
import { RuntimeError } from "../core/exception/exceptions.js";
import { caught } from "../core/exception/raise.js";
import { Stepwise } from "../core/iteration/stepwise.js";
import type { Value } from "../core/values.js";
import { core } from "./core.js";
import { CancelledError } from "./errors.js";
import type { Task } from "./task.js";
import { TaskQueue } from "./task-queue.js";

export class Lock extends PyObject {
  /** 0 unlocked, 1 locked, a task: unlocked, but that task is scheduled to lock it next. */
  declare state: Value;
  /** The tasks that wait: a TaskQueue, unless the program puts something else there. */
  declare waiting: Value;

  override __init__(): Value {
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

  acquire(): Acquisition {
    return new Acquisition(this);
  }

  __aenter__(): Acquisition {
    return this.acquire();
  }

  __aexit__(_type: Value, _error: Value, _traceback: Value): Release {
    return new Release(this);
  }
}
define(Lock, {
  fields: ["state", "waiting"],
  methods: {
    __init__: "",
    locked: "",
    release: "",
    acquire: "",
    __aenter__: "",
    __aexit__: "exc_type, exc, tb",
  },
});

/** `await lock.acquire()` */
class Acquisition extends Stepwise {
  declare private readonly lock: Lock;

  constructor(lock: Lock) {
    super();
    this.lock = lock;
  }

  protected step(isFirst: boolean): boolean {
    const { lock } = this;
    if (!isFirst || lock.state === 0) return false;
    const { curTask } = core();
    lock.waiting.push(curTask);
    (curTask as Task).$slot = lock.waiting;
    return true;
  }

  protected end(): boolean {
    this.lock.state = 1;
    return true;
  }

  protected override fail(thrown: unknown): never {
    const { lock } = this;
    const error = caught(thrown);
    if (error instanceof CancelledError && lock.state === core().curTask) {
      // Cancelled when it was about to get the lock: pass it on.
      lock.state = 1;
      lock.release();
    }
    throw error;
  }
}

/** `await lock.__aexit__(...)`: does not suspend. */
class Release extends Stepwise {
  declare private readonly lock: Lock;

  constructor(lock: Lock) {
    super();
    this.lock = lock;
  }

  protected step(): boolean {
    return false;
  }

  protected end(): null {
    return this.lock.release();
  }
}
