/**
 * Tasks that wait for a stream to become readable or writable. Streams that tell when that may have
 * changed are asked only then; the others (a Python class with `ioctl`) are asked before every step of
 * the loop, as MicroPython does. One task at a time can wait for each direction of a stream: a second
 * one takes the place of the first, which then waits for ever unless it is cancelled. MicroPython's
 * asyncio is frozen into its ports without the assertions that its source has against that.
 */

import { define } from "../core/class/class.js";
import { identity } from "../core/class/identity.js";
import { PyObject } from "../core/class/object.js";
import { Dict } from "../core/container/dict.js";
import type { Value } from "../core/values.js";
import { POLLIN, POLLOUT, type Pollable, pollable } from "../io/pollable.js";
import { core } from "./core.js";
import type { Task } from "./task.js";

/** No task waits for the stream. */
const NOWHERE = -1;

/** A stream that tasks have waited for: kept for the next wait, as many follow on most. */
interface Entry {
  readonly stream: Value;
  source: Pollable;
  reader: Task | null;
  writer: Task | null;
  /** Its place among `entries`, while somebody waits. */
  place: number;
  /** Whether the stream tells when its readiness may have changed; else it is asked again and again. */
  tells: boolean;
  /** Ends watching; null while it is not watched. */
  unwatch: (() => void) | null;
  /** Whether it stands in `signalled`. */
  marked: boolean;
  readonly mark: () => void;
}

export class IOQueue extends PyObject {
  /** By stream; a map that is changed at each wait would be copied again and again. */
  declare private $known: WeakMap<object, Entry>;
  /** Those that tasks wait for, in no order. */
  declare private $entries: Entry[];
  /** Entries whose readiness may have changed. */
  declare private $signalled: Entry[];
  /** Entries that have to be asked each time. */
  declare private $asked: Set<Entry>;
  /** Whether poll() could find something: the loop looks at it before every step. */
  declare $active: boolean;
  /** Wakes the resting loop. */
  declare $wake: (() => void) | null;

  override __init__(): Value {
    this.$known = new WeakMap();
    this.$entries = [];
    this.$signalled = [];
    this.$asked = new Set();
    this.$active = false;
    this.$wake = null;
    return null;
  }

  get $size(): number {
    return this.$entries.length;
  }

  /** Whether some streams do not tell when they become ready. */
  get $mustAsk(): boolean {
    return this.$asked.size > 0;
  }

  queue_read(stream: Value): null {
    const entry = this.$enqueue(stream);
    entry.reader = core().curTask;
    return null;
  }

  queue_write(stream: Value): null {
    const entry = this.$enqueue(stream);
    entry.writer = core().curTask;
    return null;
  }

  /** `map`: what waits, by the identity of the stream: `[reader, writer, stream]`. */
  get map(): Dict {
    return new Dict(
      this.$entries.map(({ stream, reader, writer }) => [
        identity(stream),
        [reader, writer, stream],
      ]),
    );
  }

  /** `wait_io_event(dt)`, without the waiting: that is the driver's. */
  wait_io_event(_dt: Value): null {
    this.$poll();
    return null;
  }

  /** The tasks that wait here. */
  $tasks(): Task[] {
    return this.$entries.flatMap(({ reader, writer }) =>
      [reader, writer].filter((task) => task !== null),
    );
  }

  /** Called when a task that waits here is cancelled. */
  remove(task: Task): null {
    for (const entry of [...this.$entries]) {
      if (entry.reader === task || entry.writer === task) this.$dequeue(entry);
    }
    return null;
  }

  /** Queues the tasks whose streams are ready, without waiting. */
  $poll(): void {
    if (this.$signalled.length > 0) {
      const { $signalled: signalled } = this;
      this.$signalled = [];
      for (const entry of signalled) {
        entry.marked = false;
        if (entry.place !== NOWHERE) this.$ask(entry);
      }
    }
    for (const entry of this.$asked) this.$ask(entry);
    this.$noteActive();
  }

  private $noteActive(): void {
    this.$active = this.$signalled.length > 0 || this.$asked.size > 0;
  }

  private $enqueue(stream: Value): Entry {
    const { curTask } = core();
    const entry = this.$known.get(stream) ?? this.$add(stream);
    if (entry.place === NOWHERE) this.$begin(entry);
    this.$mark(entry);
    // A cancelled task is taken out of the queue that its data names.
    if (curTask !== null) curTask.$slot = this;
    return entry;
  }

  private $add(stream: Value): Entry {
    const entry: Entry = {
      stream,
      source: pollable(stream),
      reader: null,
      writer: null,
      place: NOWHERE,
      tells: false,
      unwatch: null,
      marked: false,
      mark: () => this.$mark(entry),
    };
    this.$known.set(stream, entry);
    return entry;
  }

  private $begin(entry: Entry): void {
    // What is watched already is still the same; others may have changed how they are asked.
    if (entry.unwatch === null) {
      entry.source = pollable(entry.stream);
      entry.tells = entry.source.watch !== undefined;
    }
    entry.place = this.$entries.push(entry) - 1;
    if (!entry.tells) {
      this.$asked.add(entry);
      this.$noteActive();
    } else {
      entry.unwatch ??= entry.source.watch?.(entry.mark) ?? null;
    }
  }

  private $mark(entry: Entry): void {
    if (!entry.tells || entry.marked || entry.place === NOWHERE) return;
    entry.marked = true;
    this.$signalled.push(entry);
    this.$active = true;
    this.$wake?.();
  }

  private $dequeue(entry: Entry): void {
    const last = this.$entries.pop() as Entry;
    if (last !== entry) {
      last.place = entry.place;
      this.$entries[last.place] = last;
    }
    entry.place = NOWHERE;
    entry.reader = null;
    entry.writer = null;
    if (!entry.tells) {
      this.$asked.delete(entry);
      this.$noteActive();
    } else if (entry.source.lasting !== true) {
      entry.unwatch?.();
      entry.unwatch = null;
    }
  }

  private $ask(entry: Entry): void {
    const wanted = (entry.reader === null ? 0 : POLLIN) | (entry.writer === null ? 0 : POLLOUT);
    const events = entry.source.poll(wanted);
    if (events === 0) return;
    const { taskQueue } = core();
    if (events & ~POLLOUT && entry.reader !== null) {
      taskQueue.push(entry.reader);
      entry.reader = null;
    }
    if (events & ~POLLIN && entry.writer !== null) {
      taskQueue.push(entry.writer);
      entry.writer = null;
    }
    if (entry.reader === null && entry.writer === null) this.$dequeue(entry);
  }
}
define(IOQueue, {
  methods: {
    __init__: "",
    queue_read: "s",
    queue_write: "s",
    remove: "task",
    wait_io_event: "dt",
  },
});
