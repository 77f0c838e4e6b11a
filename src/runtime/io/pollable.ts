/**
 * What can be waited for: objects of the runtime that say what they are ready for and tell when that
 * may have changed, and Python objects with an `ioctl` method, which can only be asked. Used by
 * `select` and by asyncio's queue of streams.
 */

import { call } from "../core/call/call.js";
import { load } from "../core/class/attributes.js";
import { OSError } from "../core/exception/exceptions.js";
import type { Value } from "../core/values.js";

export const POLLIN = 1;
export const POLLOUT = 4;
export const POLLERR = 8;
export const POLLHUP = 16;
export const POLLNVAL = 32;

/** The requests of `ioctl` that MicroPython's streams know. */
export const STREAM_FLUSH = 1;
export const STREAM_SEEK = 2;
export const STREAM_POLL = 3;
export const STREAM_CLOSE = 4;

export interface Pollable {
  /** Which of `flags` hold now, and POLLERR and POLLHUP if they do. */
  poll(flags: number): number;
  /** Calls `notify` whenever poll() may have changed; returns what ends that. */
  watch?(notify: () => void): () => void;
  /** Watching has no effect of its own and need not end between one wait and the next. */
  readonly lasting?: boolean;
}

/** On a runtime object: how it is polled. */
export const POLLABLE: unique symbol = Symbol("pollable");

/** How a stream is polled; OSError when it cannot be. */
export function pollable(stream: Value): Pollable {
  const own = stream?.[POLLABLE] as Pollable | undefined;
  if (own !== undefined) return own;
  const ioctl = load(stream, "ioctl");
  if (ioctl === undefined) throw new OSError("stream operation not supported");
  return {
    poll(flags) {
      const result = call(ioctl, STREAM_POLL, flags);
      if (result < 0) throw new OSError(-result);
      return Number(result);
    },
  };
}
