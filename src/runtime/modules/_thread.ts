/**
 * The `_thread` module: cooperative threads (host/threads.ts) and their locks. A thread goes on until
 * it waits: for time, a lock, a stream. `_thread.exit()` raises SystemExit, which ends a thread silently.
 */

import { applyWait, type Waiting } from "../core/blocking/blocking.js";
import { def } from "../core/call/signature.js";
import { Dict } from "../core/container/dict.js";
import { current, perContext } from "../core/context.js";
import { SystemExit, TypeError } from "../core/exception/exceptions.js";
import { caught } from "../core/exception/raise.js";
import { formatException } from "../core/exception/traceback.js";
import { asArray } from "../core/iteration/iteration.js";
import { index } from "../core/number/numbers.js";
import { repr } from "../core/repr.js";
import type { Value } from "../core/values.js";
import type { Host } from "../host/host.js";
import { threads } from "../host/threads.js";
import { Lock } from "../thread/lock.js";

export { Lock as LockType } from "../thread/lock.js";

const state = perContext(() => ({ stackSize: 0 }));

function* main(fn: Value, args: Value[], kwargs: Dict | undefined): Waiting {
  try {
    yield* applyWait(fn, args, kwargs && Object.fromEntries(kwargs.entries()));
  } catch (thrown) {
    const error = caught(thrown);
    if (error instanceof SystemExit) return null;
    (current().host as Host).writeError(
      `Unhandled exception in thread started by ${repr(fn)}\n${formatException(error)}`,
    );
  }
  return null;
}

/** `start_new_thread(function, args, kwargs={})`: its identifier; it starts when this thread waits. */
export const start_new_thread = def(function start_new_thread(
  fn: Value,
  args: Value,
  kwargs?: Value,
): number {
  const positional = [...asArray(args)];
  if (kwargs !== undefined && !(kwargs instanceof Dict)) {
    throw new TypeError("expecting a dict for keyword args");
  }
  return threads().start(main(fn, positional, kwargs));
}, "function, args, kwargs=, /");

export function get_ident(): number {
  return threads().ident;
}

export function exit(): void {
  throw new SystemExit();
}

export function allocate_lock(): Lock {
  return new Lock();
}

/** `stack_size(size=0)`: the size set before. The host's stacks grow as needed; it means nothing. */
export const stack_size = def(function stack_size(size: Value = 0): number {
  const before = state().stackSize;
  state().stackSize = index(size);
  return before;
}, "size=, /");
