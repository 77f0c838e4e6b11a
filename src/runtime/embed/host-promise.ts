/**
 * A JavaScript promise that Python awaits. The task that does is cancelled like one that waits for an
 * Event; outside of a task (a thread, plain code that awaits nothing) iterating it blocks.
 */

import { core } from "../asyncio/core.js";
import type { Task } from "../asyncio/task.js";
import { TaskQueue } from "../asyncio/task-queue.js";
import { Wait } from "../core/blocking/wait.js";
import { define } from "../core/class/class.js";
import { PyObject } from "../core/class/object.js";
import type { BaseException } from "../core/exception/exceptions.js";
import { raise } from "../core/exception/raise.js";
import { send, throwInto } from "../core/iteration/generators.js";
import type { Value } from "../core/values.js";
import { type Interrupts, interrupts } from "../host/interrupts.js";
import { fromHost } from "./from-host.js";
import { hostError } from "./host-error.js";

type Outcome = { readonly value: Value } | { readonly error: BaseException };

export class HostPromise extends PyObject {
  declare private $outcome: Outcome | null;
  declare private $waiting: TaskQueue;
  declare private $wakers: Set<() => void>;
  declare private $coroutine: Generator<Value, Value, Value> | null;

  override __init__(promise: Promise<unknown>, queue: Interrupts): Value {
    this.$outcome = null;
    this.$waiting = new TaskQueue();
    this.$wakers = new Set();
    this.$coroutine = null;
    const settle = (outcome: Outcome): void =>
      queue.post(() => {
        this.$outcome = outcome;
        while (this.$waiting.peek() !== null) core().taskQueue.push(this.$waiting.pop());
        for (const wake of this.$wakers) wake();
      });
    promise.then(
      (value) => settle({ value }),
      (error) => settle({ error: hostError(error) }),
    );
    return null;
  }

  done(): boolean {
    return this.$outcome !== null;
  }

  *__iter__(): Generator<Value, Value, Value> {
    while (this.$outcome === null) {
      const { curTask } = core();
      if (curTask === null) {
        yield new Wait(null, (wake) => {
          this.$wakers.add(wake);
          return () => this.$wakers.delete(wake);
        });
      } else {
        this.$waiting.push(curTask);
        (curTask as Task).data = this.$waiting;
        yield null;
      }
    }
    if ("error" in this.$outcome) throw raise(this.$outcome.error);
    return fromHost(this.$outcome.value);
  }

  __await__(): Generator<Value, Value, Value> {
    return this.__iter__();
  }

  // As the coroutine of a task: what wait_for and gather make of it.

  send(value: Value): Value {
    this.$coroutine ??= this.__iter__();
    return send(this.$coroutine, value);
  }

  throw(type: Value, value: Value = null): Value {
    this.$coroutine ??= this.__iter__();
    return throwInto(this.$coroutine, type, value);
  }

  close(): null {
    return null;
  }
}
define(HostPromise, {
  name: "HostPromise",
  methods: {
    __init__: "promise, queue",
    done: "",
    __iter__: "",
    __await__: "",
    send: "value",
    throw: "type, value=",
    close: "",
  },
});

/** What Python awaits to get the promise's value. To be called while the program runs. */
export function awaitable(promise: Promise<unknown>): HostPromise {
  return new HostPromise(promise, interrupts());
}
