/**
 * A coroutine that the loop runs. Its state is what MicroPython's Task has: `state` is True while it
 * runs and nobody waits for it, a TaskQueue of those who wait, a callable to be told of its end, None
 * when done and not waited for, False when done and waited for; `data` is what it waits on while it
 * waits, the exception to throw into it while it is queued, and its StopIteration or exception when done.
 */

import { call, invoke } from "../core/call/call.js";
import { load } from "../core/class/attributes.js";
import { define } from "../core/class/class.js";
import { checkInit, PyObject } from "../core/class/object.js";
import { isGenerator } from "../core/class/type.js";
import {
  BaseException,
  RuntimeError,
  StopIteration,
  TypeError,
} from "../core/exception/exceptions.js";
import { stopIteration } from "../core/iteration/generators.js";
import { PyIterator } from "../core/iteration/py-iterator.js";
import { PRINT } from "../core/slots.js";
import { BARE, type Value } from "../core/values.js";
import { toTicks } from "../time/ticks.js";
import { core } from "./core.js";
import { CancelledError } from "./errors.js";
import { TaskQueue } from "./task-queue.js";

/** What a coroutine yields when it has seen to its own rescheduling. */
export const SUSPENDED: IteratorYieldResult<null> = { value: null, done: false };

/** In `Task.slot`: the task has returned, and nobody has asked for its StopIteration yet. */
export const RETURNED: unique symbol = Symbol("returned");

/** In `Task.status`: somebody is about to wait, and nobody has asked for the queue yet. */
const AWAITED: unique symbol = Symbol("awaited");

export class Task extends PyObject {
  declare coro: Value;
  /** What Python sees as `data`, or RETURNED. */
  declare $slot: Value;
  /** What the coroutine has returned. */
  declare $value: Value;
  /** What Python sees as `state`, or AWAITED, or the only task that waits for this one. */
  declare $status: Value;
  /** When it is due, in times of now(); set by TaskQueue, as are the next four. */
  declare $key: number;
  declare $queue: TaskQueue | null;
  /** Where in `queue`: a place of its ring, or `~index` in its heap. */
  declare $position: number;
  /** In the heap: how many were pushed there before, and where its ring ended then. */
  declare $order: number;
  declare $pushedAt: number;
  /** Whether `coro` is a generator of the host, to be resumed directly. */
  declare $native: boolean;

  constructor(coro: Value, globals?: Value) {
    super(BARE);
    this.coro = null;
    this.$slot = null;
    this.$value = null;
    this.$status = true;
    this.$key = 0;
    this.$queue = null;
    this.$position = 0;
    this.$order = 0;
    this.$pushedAt = 0;
    this.$native = false;
    if (coro === BARE) return;
    if (new.target === Task) {
      this.coro = coro;
      this.$native = isGenerator(coro);
    } else {
      checkInit((this as Value).__init__(coro, globals));
    }
  }

  override __init__(coro: Value, _globals?: Value): Value {
    this.coro = coro;
    this.$native = isGenerator(coro);
    return null;
  }

  get data(): Value {
    if (this.$slot === RETURNED) this.$slot = stopIteration(this.$value);
    return this.$slot;
  }

  set data(value: Value) {
    this.$slot = value;
  }

  get state(): Value {
    const { $status: status } = this;
    if (status !== AWAITED && !(status instanceof Task)) return status;
    const queue = new TaskQueue();
    this.$status = queue;
    if (status !== AWAITED && status.$slot === this) {
      queue.$insert(status, status.$key, status.$key);
      status.$slot = this;
    }
    return queue;
  }

  set state(value: Value) {
    this.$status = value;
  }

  get ph_key(): number {
    return toTicks(this.$key);
  }

  done(): boolean {
    return this.$isDone;
  }

  get $isDone(): boolean {
    return this.$status === null || this.$status === false;
  }

  cancel(): boolean {
    if (this.$isDone) return false;
    const { curTask, taskQueue } = core();
    if (this === curTask) throw new RuntimeError("can't cancel self");
    // A task that waits for another one passes the cancellation on to it.
    let task: Task = this;
    while (task.$slot instanceof Task) task = task.$slot;
    if (removable(task.$slot)) {
      remove(task.$slot, task);
      taskQueue.push(task);
    } else {
      task.$hasten();
    }
    task.$slot = CancelledError;
    return true;
  }

  /** Lets a task that sleeps run now; one that is due already keeps its place. */
  $hasten(): void {
    const { taskQueue, clock } = core();
    const { time } = clock;
    if (this.$key > time) taskQueue.$insertReady(this, time);
  }

  /** `await task`. */
  __iter__(): TaskAwait {
    this.$beginAwait();
    return new TaskAwait(this);
  }

  /** Somebody is about to wait, or to ask for the outcome. */
  $beginAwait(): void {
    const { $status: status } = this;
    if (status === true) this.$status = AWAITED;
    else if (this.$isDone) this.$status = false;
    else if (!this.$hasWaiters()) throw new RuntimeError("can't wait");
  }

  /** The running task waits for this one. */
  $addRunning(): void {
    const { curTask, clock } = core();
    if (curTask !== null && curTask.$queue === null && this.$status === AWAITED) {
      this.$status = curTask;
      curTask.$key = clock.time;
    } else {
      (this.state as TaskQueue).push(curTask);
    }
    (curTask as Task).$slot = this;
  }

  /** Of a task that is done: whether `value` is its outcome. If not, `exceptionOf(slot)` is. */
  $hasReturned(): boolean {
    const { $slot: slot } = this;
    if (slot instanceof StopIteration) this.$value = slot.value;
    else if (slot !== RETURNED) return false;
    return true;
  }

  /** Whether others wait, or are about to. */
  $hasWaiters(): boolean {
    const { $status: status } = this;
    return status === AWAITED || status instanceof Task || status instanceof TaskQueue;
  }

  /** Queues those who wait for this one, which is done; whether there are any. */
  $wakeWaiters(taskQueue: TaskQueue, time: number): boolean {
    const { $status: status } = this;
    this.$status = false;
    if (status === AWAITED) return false;
    if (status instanceof Task) {
      // It may have been queued by something else meanwhile.
      if (status.$slot !== this) return false;
      taskQueue.$insertReady(status, time);
      return true;
    }
    let woken = false;
    for (let waiter = status.peek(); waiter !== null; waiter = status.peek()) {
      status.$drop(waiter);
      taskQueue.$insertReady(waiter, time);
      woken = true;
    }
    return woken;
  }

  /** `yield* task` in the runtime. */
  [Symbol.iterator](): Iterator<null, Value, Value> {
    return this.__iter__() as Iterator<null, Value, Value>;
  }

  [PRINT](): string {
    return "<Task>";
  }
}

/** One `await task`: suspends the running task until the other one is done. */
class TaskAwait extends PyIterator {
  declare private readonly task: Task;

  constructor(task: Task) {
    super();
    this.task = task;
  }

  override get $isDelegable(): boolean {
    return true;
  }

  override next(sent?: Value): IteratorResult<null, Value> {
    // A task has no such method, which is what the program is told.
    if (sent !== null && sent !== undefined) invoke(this.task, "send", sent);
    const { task } = this;
    if (!task.$isDone) {
      task.$addRunning();
      return SUSPENDED;
    }
    // Thrown from here: each function that an exception leaves costs as much as a step.
    if (!task.$hasReturned()) throw exceptionOf(task.$slot);
    return { value: task.$value, done: true };
  }
}

function removable(data: Value): boolean {
  return (
    data !== null &&
    data !== RETURNED &&
    (data instanceof TaskQueue || load(data, "remove") !== undefined)
  );
}

function remove(data: Value, task: Task): void {
  if (data instanceof TaskQueue) data.remove(task);
  else invoke(data, "remove", task);
}

/** An exception, or an instance of an exception class, as `raise` takes it; no traceback is captured. */
export function exceptionOf(data: Value): BaseException {
  const error = typeof data === "function" ? call(data) : data;
  return error instanceof BaseException
    ? error
    : new TypeError("exceptions must derive from BaseException");
}

define(Task, {
  builtin: true,
  fields: ["coro"],
  methods: { __init__: "coro, globals=", done: "", cancel: "" },
});
