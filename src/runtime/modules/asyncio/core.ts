/** `asyncio.core`: the loop's own module. Programs read and replace its queues and the running task. */

import { core } from "../../asyncio/core.js";
import type { DynamicNames } from "../../core/module/module.js";

export {
  create_task,
  current_task,
  promoted as _promote_to_task,
} from "../../asyncio/create-task.js";
export { CancelledError, TimeoutError } from "../../asyncio/errors.js";
export { IOQueue } from "../../asyncio/io-queue.js";
export {
  get_event_loop,
  Loop,
  new_event_loop,
  run,
  run_until_complete,
} from "../../asyncio/loop.js";
export { SingletonGenerator, sleep, sleep_ms } from "../../asyncio/sleep.js";
export { Task } from "../../asyncio/task.js";
export { TaskQueue } from "../../asyncio/task-queue.js";
export * as $package from "../asyncio.js";
export { ticks_add, ticks_diff, ticks_ms as ticks } from "../time.js";

export const $dynamic: DynamicNames = {
  cur_task: {
    get: () => core().curTask,
    set: (task) => {
      core().curTask = task;
    },
  },
  _task_queue: {
    get: () => core().taskQueue,
    set: (queue) => {
      core().taskQueue = queue;
    },
  },
  _io_queue: {
    get: () => core().ioQueue,
    set: (queue) => {
      core().ioQueue = queue;
    },
  },
};
