/**
 * The `asyncio` module, and its submodules `core`, `event`, `funcs`, `lock` and `stream` as module objects
 * with upstream's names.
 */

import { core as state } from "../asyncio/core.js";
import { create_task, current_task, promoted } from "../asyncio/create-task.js";
import { CancelledError, TimeoutError } from "../asyncio/errors.js";
import { Event } from "../asyncio/event.js";
import { gather } from "../asyncio/gather.js";
import { IOQueue } from "../asyncio/io-queue.js";
import { Lock } from "../asyncio/lock.js";
import { get_event_loop, Loop, new_event_loop, run, run_until_complete } from "../asyncio/loop.js";
import { Server, start_server } from "../asyncio/server.js";
import { SingletonGenerator, sleep, sleep_ms } from "../asyncio/sleep.js";
import { open_connection, Stream } from "../asyncio/stream.js";
import { Task } from "../asyncio/task.js";
import { TaskQueue } from "../asyncio/task-queue.js";
import { ThreadSafeFlag } from "../asyncio/thread-safe-flag.js";
import { wait_for, wait_for_ms } from "../asyncio/wait-for.js";
import { module, type PyModule } from "../core/module.js";
import type { Value } from "../core/values.js";
import { tup } from "../core/values.js";
import { ticks_ms as ticks, ticks_add, ticks_diff } from "./time.js";

export { create_task, current_task } from "../asyncio/create-task.js";
export { CancelledError, TimeoutError } from "../asyncio/errors.js";
export { Event } from "../asyncio/event.js";
export { gather } from "../asyncio/gather.js";
export { IOQueue } from "../asyncio/io-queue.js";
export { Lock } from "../asyncio/lock.js";
export { get_event_loop, Loop, new_event_loop, run, run_until_complete } from "../asyncio/loop.js";
export { start_server } from "../asyncio/server.js";
export { SingletonGenerator, sleep, sleep_ms } from "../asyncio/sleep.js";
export {
  open_connection,
  Stream as StreamReader,
  Stream as StreamWriter,
} from "../asyncio/stream.js";
export { Task } from "../asyncio/task.js";
export { TaskQueue } from "../asyncio/task-queue.js";
export { ThreadSafeFlag } from "../asyncio/thread-safe-flag.js";
export { wait_for, wait_for_ms } from "../asyncio/wait-for.js";
export { ticks_add, ticks_diff, ticks_ms as ticks } from "./time.js";

export const __version__ = tup(3, 0, 0);

/** `core.cur_task` as it was when the package imported it. */
export const cur_task = null;

function submodule(name: string, names: Record<string, Value>, live: Live = {}): PyModule {
  return module(
    `asyncio.${name}`,
    { file: `asyncio/${name}.py`, names, variables: live },
    () => {},
  );
}

type Live = Record<string, readonly [get: () => Value, set: (value: Value) => void]>;

export const core = /* @__PURE__ */ submodule(
  "core",
  {
    CancelledError,
    TimeoutError,
    SingletonGenerator,
    IOQueue,
    Loop,
    Task,
    TaskQueue,
    create_task,
    current_task,
    get_event_loop,
    new_event_loop,
    run,
    run_until_complete,
    sleep,
    sleep_ms,
    ticks,
    ticks_add,
    ticks_diff,
    _promote_to_task: promoted,
  },
  {
    cur_task: [
      () => state().curTask,
      (task) => {
        state().curTask = task;
      },
    ],
    _task_queue: [
      () => state().taskQueue,
      (queue) => {
        state().taskQueue = queue;
      },
    ],
    _io_queue: [
      () => state().ioQueue,
      (queue) => {
        state().ioQueue = queue;
      },
    ],
  },
);

export const event = /* @__PURE__ */ submodule("event", { core, Event, ThreadSafeFlag });
export const funcs = /* @__PURE__ */ submodule("funcs", { core, wait_for, wait_for_ms, gather });
export const lock = /* @__PURE__ */ submodule("lock", { core, Lock });
export const stream = /* @__PURE__ */ submodule("stream", {
  core,
  Stream,
  StreamReader: Stream,
  StreamWriter: Stream,
  Server,
  open_connection,
  start_server,
});
