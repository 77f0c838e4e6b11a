/**
 * Tasks that wait for a stream to become readable or writable. Streams that tell when that may have
 * changed are asked only then; the others (a Python class with `ioctl`) are asked before every step of
 * the loop, as MicroPython does. One task at a time can wait for each direction of a stream: a second
 * one takes the place of the first, which then waits for ever unless it is cancelled. MicroPython's
 * asyncio is frozen into its ports without the assertions that its source has against that.
 */

import { define } from "../core/class.js";
import { Dict } from "../core/dict.js";
import { identity } from "../core/identity.js";
import { PyObject } from "../core/object.js";
import type { Value } from "../core/values.js";
import { POLLIN, POLLOUT, type Pollable, pollable } from "../io/pollable.js";
import { core } from "./core.js";
import type { Task } from "./task.js";

interface Entry {
  stream: Value;
  source: Pollable;
  reader: Task | null;
  writer: Task | null;
  /** Ends watching; null for a stream that has to be asked again and again. */
  unwatch: (() => void) | null;
  /** Whether it stands in `signalled`. */
  marked: boolean;
}

export class IOQueue extends PyObject {
  declare private entries: Map<Value, Entry>;
  /** Entries whose readiness may have changed. */
  declare private signalled: Entry[];
  /** Entries that have to be asked each time. */
  declare private asked: Set<Entry>;
  /** As many as `asked` holds: the loop looks at it before every step. */
  declare private askedCount: number;
  /** Wakes the resting loop. */
  declare wake: (() => void) | null;

  override __init__(): Value {
    this.entries = new Map();
    this.signalled = [];
    this.asked = new Set();
    this.askedCount = 0;
    this.wake = null;
    return null;
  }

  get size(): number {
    return this.entries.size;
  }

  /** Whether poll() could find something. */
  get active(): boolean {
    return this.signalled.length > 0 || this.askedCount > 0;
  }

  /** Whether some streams do not tell when they become ready. */
  get mustAsk(): boolean {
    return this.askedCount > 0;
  }

  queue_read(stream: Value): null {
    const entry = this.enqueue(stream);
    entry.reader = core().curTask;
    return null;
  }

  queue_write(stream: Value): null {
    const entry = this.enqueue(stream);
    entry.writer = core().curTask;
    return null;
  }

  /** `map`: what waits, by the identity of the stream: `[reader, writer, stream]`. */
  get map(): Dict {
    return new Dict(
      [...this.entries.values()].map(({ stream, reader, writer }) => [
        identity(stream),
        [reader, writer, stream],
      ]),
    );
  }

  /** `wait_io_event(dt)`, without the waiting: that is the driver's. */
  wait_io_event(_dt: Value): null {
    this.poll();
    return null;
  }

  /** The tasks that wait here. */
  tasks(): Task[] {
    return [...this.entries.values()].flatMap(({ reader, writer }) =>
      [reader, writer].filter((task) => task !== null),
    );
  }

  /** Called when a task that waits here is cancelled. */
  remove(task: Task): null {
    for (const entry of [...this.entries.values()]) {
      if (entry.reader === task || entry.writer === task) this.dequeue(entry);
    }
    return null;
  }

  /** Queues the tasks whose streams are ready, without waiting. */
  poll(): void {
    if (this.signalled.length > 0) {
      const { signalled } = this;
      this.signalled = [];
      for (const entry of signalled) {
        entry.marked = false;
        if (this.entries.get(entry.stream) === entry) this.ask(entry);
      }
    }
    for (const entry of this.asked) this.ask(entry);
  }

  private enqueue(stream: Value): Entry {
    const { curTask } = core();
    let entry = this.entries.get(stream);
    if (entry === undefined) {
      entry = {
        stream,
        source: pollable(stream),
        reader: null,
        writer: null,
        unwatch: null,
        marked: false,
      };
      this.entries.set(stream, entry);
      this.watch(entry);
    } else {
      this.mark(entry);
    }
    // A cancelled task is taken out of the queue that its data names.
    if (curTask !== null) curTask.slot = this;
    return entry;
  }

  private watch(entry: Entry): void {
    if (entry.source.watch === undefined) {
      this.asked.add(entry);
      this.askedCount = this.asked.size;
      return;
    }
    entry.unwatch = entry.source.watch(() => this.mark(entry));
    this.mark(entry);
  }

  private mark(entry: Entry): void {
    if (entry.unwatch === null || entry.marked) return;
    entry.marked = true;
    this.signalled.push(entry);
    this.wake?.();
  }

  private dequeue(entry: Entry): void {
    this.entries.delete(entry.stream);
    this.asked.delete(entry);
    this.askedCount = this.asked.size;
    entry.unwatch?.();
  }

  private ask(entry: Entry): void {
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
    if (entry.reader === null && entry.writer === null) this.dequeue(entry);
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
