/**
 * `_thread.allocate_lock()`: one thread at a time. Whoever waits gets the lock in the order in which
 * it asked; an `acquire()` stands behind those that wait already.
 */

import type { Waiting } from "../core/blocking/blocking.js";
import { Wait } from "../core/blocking/wait.js";
import { define } from "../core/class/class.js";
import { PyObject } from "../core/class/object.js";
import { current } from "../core/context.js";
import { RuntimeError } from "../core/exception/exceptions.js";
import { index } from "../core/number/numbers.js";
import type { Value } from "../core/values.js";
import type { Host } from "../host/host.js";
import { threads } from "../host/threads.js";

/** After so many acquisitions in a row the other threads get a turn: a thread may poll with a lock. */
const ACQUISITIONS_PER_TURN = 16;

export class Lock extends PyObject {
  declare private $taken: boolean;
  declare private $waiting: (() => void)[];
  declare private $acquisitions: number;

  override __init__(): Value {
    this.$taken = false;
    this.$waiting = [];
    this.$acquisitions = 0;
    return null;
  }

  /** `acquire(waitflag=1, timeout=-1)`; MicroPython takes a timeout and ignores it (py/modthread.c). */
  *acquire(waitflag: Value = 1, _timeout?: Value): Waiting<boolean> {
    return index(waitflag) === 0 ? this.$take() : yield* this.$obtain();
  }

  private *$obtain(): Waiting<boolean> {
    if (++this.$acquisitions % ACQUISITIONS_PER_TURN === 0 && threads().count > 0) {
      yield new Wait((current().host as Host).now());
    }
    if (this.$waiting.length === 0 && this.$take()) return true;
    let isFirst = false;
    let wake: (() => void) | undefined;
    const called = (): void => {
      isFirst = true;
      wake?.();
    };
    this.$waiting.push(called);
    try {
      do {
        yield new Wait(null, (resume) => {
          wake = resume;
          if (isFirst) resume();
          return () => {};
        });
        isFirst = false;
      } while (this.$waiting[0] !== called || !this.$take());
    } finally {
      const place = this.$waiting.indexOf(called);
      this.$waiting.splice(place, 1);
      if (!this.$taken) this.$waiting[0]?.();
    }
    return true;
  }

  release(): null {
    if (!this.$taken) throw new RuntimeError();
    this.$taken = false;
    this.$waiting[0]?.();
    return null;
  }

  locked(): boolean {
    return this.$taken;
  }

  *__enter__(): Waiting<boolean> {
    return yield* this.$obtain();
  }

  __exit__(_type: Value, _error: Value, _traceback: Value): null {
    return Lock.prototype.release.call(this);
  }

  private $take(): boolean {
    if (this.$taken) return false;
    this.$taken = true;
    return true;
  }
}
define(Lock, {
  name: "lock",
  builtin: true,
  methods: {
    acquire: "waitflag=, timeout=, /",
    release: "",
    locked: "",
    __enter__: "",
    __exit__: "exc_type, exc, tb",
  },
  blocking: ["acquire", "__enter__"],
});
