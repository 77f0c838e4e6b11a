/**
 * The `asyncio` module. What upstream has in submodules (`asyncio.core`, `asyncio.stream` ...) is in the
 * files of the folder of that name.
 */

import { AttributeError } from "../core/exception/exceptions.js";
import type { Value } from "../core/values.js";
import { tup } from "../core/values.js";

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

/** Called for names that the module lacks: `asyncio.Stream`, which is in `asyncio.stream` alone. */
export function __getattr__(attr: Value): never {
  throw new AttributeError(attr);
}

export { allModules as $dynamic } from "./asyncio/submodules.js";
