/**
 * The Loop class, whose functions programs call on what get_event_loop() returns (the class itself, as
 * in MicroPython: there is one loop), and run(). A run drives a LoopRun and passes its waits on to
 * whoever drives the program.
 */

import { str } from "../builtins/strings.js";
import { blocking } from "../core/blocking/blocking.js";
import type { Wait } from "../core/blocking/wait.js";
import { call } from "../core/call/call.js";
import { defined } from "../core/call/signature.js";
import { getattr } from "../core/class/attributes.js";
import { define } from "../core/class/class.js";
import { PyObject } from "../core/class/object.js";
import { Dict } from "../core/container/dict.js";
import { current } from "../core/context.js";
import { formatException } from "../core/exception/traceback.js";
import { getitem } from "../core/operator/items.js";
import type { Value } from "../core/values.js";
import type { Host } from "../host/host.js";
import { core } from "./core.js";
import { create_task, promoted } from "./create-task.js";
import { IOQueue } from "./io-queue.js";
import { LoopRun } from "./loop-run.js";
import { Task } from "./task.js";
import { TaskQueue } from "./task-queue.js";

function report(error: Value, task: Task): void {
  const context = new Dict([
    ["message", "Task exception wasn't retrieved"],
    ["exception", error],
    ["future", task],
  ]);
  Loop.call_exception_handler(context);
}

/** `run_until_complete(task)`; without a task: until nothing is left to run. */
export const run_until_complete = defined(
  blocking(function* run_until_complete(
    main_task: Task | null = null,
  ): Generator<Wait, Value, void> {
    const run = new LoopRun(main_task, report);
    const { loops } = core();
    loops.push(main_task);
    try {
      for (let wait = run.turn(); wait !== null; wait = run.turn()) {
        let interruption: unknown;
        try {
          yield wait;
        } catch (error) {
          interruption = error;
        }
        run.resume(interruption);
      }
    } finally {
      loops.splice(loops.lastIndexOf(main_task), 1);
    }
    return run.result;
  }),
  "main_task=",
);

/** `run(coro)`: runs the loop until the coroutine is done, and returns its value. */
export const run = defined(
  blocking(function* run(coro: Value): Generator<Wait, Value, void> {
    return yield* run_until_complete.wait(create_task(coro));
  }),
  "coro",
);

// biome-ignore lint/correctness/useYield: a coroutine that ends at once.
function* stopper(): Generator<Value, Value, Value> {
  return null;
}

export class Loop extends PyObject {
  static create_task(coro: Value): Task {
    return create_task(coro);
  }

  static run_forever = blocking(function* run_forever(): Generator<Wait, Value, void> {
    const stopTask = new Task(stopper());
    core().stopTask = stopTask;
    yield* run_until_complete.wait(stopTask);
    return null;
  });

  static run_until_complete = defined(
    blocking(function* (aw: Value): Generator<Wait, Value, void> {
      return yield* run_until_complete.wait(promoted(aw));
    }),
    "aw",
    "run_until_complete",
  );

  static stop(): null {
    const state = core();
    if (state.stopTask !== null) state.taskQueue.push(state.stopTask);
    state.stopTask = null;
    return null;
  }

  static close(): null {
    return null;
  }

  static set_exception_handler(handler: Value): null {
    core().exceptionHandler = handler;
    return null;
  }

  static get_exception_handler(): Value {
    return core().exceptionHandler;
  }

  static default_exception_handler(_loop: Value, context: Value): null {
    const host = current().host as Host;
    host.writeError(`${str(getitem(context, "message"))}\n`);
    const future = getitem(context, "future");
    host.writeError(`future: ${str(future)} coro= ${str(getattr(future, "coro"))}\n`);
    host.writeError(formatException(getitem(context, "exception")));
    return null;
  }

  static call_exception_handler(context: Value): null {
    call(core().exceptionHandler ?? Loop.default_exception_handler, Loop, context);
    return null;
  }
}
define(Loop, {
  name: "Loop",
  statics: {
    create_task: "coro",
    run_forever: "",
    run_until_complete: "aw",
    stop: "",
    close: "",
    set_exception_handler: "handler",
    get_exception_handler: "",
    default_exception_handler: "loop, context",
    call_exception_handler: "context",
  },
});

/** `get_event_loop()`; the arguments are legacy queue lengths. */
export const get_event_loop = defined(function get_event_loop(_runq_len = 0, _waitq_len = 0) {
  return Loop;
}, "runq_len=, waitq_len=");

/** `new_event_loop()`: forgets all tasks. */
export const new_event_loop = defined(function new_event_loop(): typeof Loop {
  const state = core();
  state.taskQueue = new TaskQueue();
  state.ioQueue = new IOQueue();
  return Loop;
}, "");
