/**
 * ThreadSafeFlag: an event that interrupts, timers and other threads may set. A stream that the loop
 * polls; it clears itself when the task that waited goes on.
 */

import { define } from "../core/class/class.js";
import type { Value } from "../core/values.js";
import { IOBase } from "../io/io-base.js";
import { POLLABLE, type Pollable, STREAM_POLL } from "../io/pollable.js";
import { core } from "./core.js";

/** No name, so that a subclass may have attributes of any name. */
const WATCHERS = Symbol("watchers");

export class ThreadSafeFlag extends IOBase {
  declare state: Value;
  declare private [WATCHERS]: Set<() => void>;

  override __init__(): Value {
    this.state = 0;
    this[WATCHERS] = new Set();
    return null;
  }

  ioctl(req: Value, flags: Value): Value {
    return req === STREAM_POLL ? this.state * flags : -1;
  }

  set(): null {
    this.state = 1;
    for (const notify of this[WATCHERS]) notify();
    return null;
  }

  clear(): null {
    this.state = 0;
    return null;
  }

  *wait(): Generator<Value, null, Value> {
    if (!this.state) yield core().ioQueue.queue_read(this);
    this.state = 0;
    return null;
  }

  get [POLLABLE](): Pollable | undefined {
    // A subclass with an `ioctl` of its own is asked through it.
    if (this.ioctl !== ThreadSafeFlag.prototype.ioctl) return undefined;
    return {
      poll: (flags) => (this.state ? flags : 0),
      watch: (notify) => {
        this[WATCHERS].add(notify);
        return () => this[WATCHERS].delete(notify);
      },
    };
  }
}
define(ThreadSafeFlag, {
  fields: ["state"],
  methods: { __init__: "", ioctl: "req, flags", set: "", clear: "", wait: "" },
});
