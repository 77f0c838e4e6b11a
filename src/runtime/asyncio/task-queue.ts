/**
 * Tasks in the order in which they are due: by deadline, then by when they were pushed, as
 * MicroPython's pairing heap pops them. What is ready when pushed goes to a ring (a push and a pop are
 * then a few instructions); what is not, or comes out of order, to a binary heap that knows each task's
 * place, so that a cancelled task can be taken out.
 */

import { define } from "../core/class/class.js";
import { checkInit, PyObject } from "../core/class/object.js";
import { IndexError, RuntimeError } from "../core/exception/exceptions.js";
import { PRINT } from "../core/slots.js";
import { BARE, type Value } from "../core/values.js";
import type { Task } from "./task.js";
import { absolute, now } from "./ticks.js";

const EMPTY: (Task | null)[] = [];

/** Later than any key, and still a small integer for the engine. */
const NEVER = 2 ** 31 - 1;

/** Of two tasks in the heap, whether `a` comes out first. */
function before(a: Task, b: Task): boolean {
  return a.$key < b.$key || (a.$key === b.$key && a.$order < b.$order);
}

export class TaskQueue extends PyObject {
  /** Positions count up for ever; `position & mask` is the index. A removed task leaves null. */
  declare private $ring: (Task | null)[];
  declare private $mask: number;
  declare private $first: number;
  declare private $last: number;
  declare private $heap: Task[];
  /** The key of the first task of the heap, or NEVER. */
  declare private $heapKey: number;
  declare private $pushed: number;

  constructor(...args: Value[]) {
    super(BARE);
    this.$ring = EMPTY;
    this.$mask = -1;
    this.$first = 0;
    this.$last = 0;
    this.$heap = EMPTY as Task[];
    this.$heapKey = NEVER;
    this.$pushed = 0;
    if (new.target !== TaskQueue && args[0] !== BARE) checkInit(this.__init__(...args));
  }

  override __init__(..._args: Value[]): Value {
    return null;
  }

  /** The task that is due first, or null; it stays in the queue. */
  peek(): Task | null {
    const head = this.$ringHead();
    const { $heap: heap } = this;
    if (heap.length === 0) return head;
    const top = heap[0] as Task;
    if (head === null || head.$key > top.$key) return top;
    return head.$key < top.$key || head.$position < top.$pushedAt ? head : top;
  }

  /** pop() where the first task is plain to see, else null: peek() tells whether there is one. */
  $take(): Task | null {
    const { $first: first } = this;
    if (first === this.$last) return null;
    const task = this.$ring[first & this.$mask] as Task | null;
    if (task === null || task.$key >= this.$heapKey) return null;
    this.$first = first + 1;
    task.$queue = null;
    return task;
  }

  /** The tasks in it, in no order. */
  $tasks(): Task[] {
    const ring: (Task | null)[] = [];
    for (let at = this.$first; at < this.$last; at++)
      ring.push(this.$ring[at & this.$mask] ?? null);
    return [...ring.filter((task) => task !== null), ...this.$heap];
  }

  /** Queues a task for the time `ticks` (default: now). */
  push(task: Task | null, ticks?: Value): null {
    const time = now();
    if (ticks === undefined || ticks === null) this.$insertReady(task, time);
    else this.$insert(task, absolute(ticks, time), time);
    return null;
  }

  /** Takes out the task that is due first. */
  pop(): Task {
    const task = TaskQueue.prototype.peek.call(this);
    if (task === null) throw new IndexError("empty heap");
    this.$drop(task);
    return task;
  }

  /** Takes out the task that peek() has just shown. */
  $drop(task: Task): void {
    if (task.$position >= 0) this.$first += 1;
    else this.$removeFromHeap(task);
    task.$queue = null;
  }

  /** Takes a task out, wherever it stands. */
  remove(task: Task): null {
    if (task.$queue !== this) return null;
    if (task.$position >= 0) this.$ring[task.$position & this.$mask] = null;
    else this.$removeFromHeap(task);
    task.$queue = null;
    return null;
  }

  /** push() for the runtime: `key` is a time of now() (milliseconds that do not wrap), `time` is now. */
  $insert(task: Task | null, key: number, time: number): void {
    if (key <= time && this.$endsBy(key)) {
      this.$insertReady(task, key);
      return;
    }
    enter(task, this, key);
    this.$pushHeap(task as Task);
  }

  /** insert() of a task that is due: no task of the ring may be due later than at `key`. */
  $insertReady(task: Task | null, key: number): void {
    enter(task, this, key);
    const { $last: last } = this;
    (task as Task).$position = last;
    this.$last = last + 1;
    if (last - this.$first > this.$mask) this.$growRing(last);
    this.$ring[last & this.$mask] = task;
  }

  /** Whether the last task of the ring is known to be due at `key` or before. */
  private $endsBy(key: number): boolean {
    const { $last: last } = this;
    if (this.$first === last) return true;
    const task = this.$ring[(last - 1) & this.$mask] as Task | null;
    return task !== null && task.$key <= key;
  }

  private $ringHead(): Task | null {
    while (this.$first !== this.$last) {
      const task = this.$ring[this.$first & this.$mask] as Task | null;
      if (task !== null) return task;
      this.$first += 1;
    }
    return null;
  }

  /** Makes room for the position `last`. */
  private $growRing(last: number): void {
    if (this.$mask < 0) {
      this.$ring = [null, null, null, null];
      this.$mask = 3;
      return;
    }
    const mask = 2 * this.$mask + 1;
    const ring: (Task | null)[] = new Array(mask + 1).fill(null);
    for (let i = this.$first; i < last; i++) ring[i & mask] = this.$ring[i & this.$mask] as Task;
    this.$ring = ring;
    this.$mask = mask;
  }

  private $pushHeap(task: Task): void {
    if (this.$heap === EMPTY) this.$heap = [];
    task.$order = ++this.$pushed;
    task.$pushedAt = this.$last;
    task.$position = ~this.$heap.length;
    this.$heap.push(task);
    this.$up(task);
    this.$heapKey = (this.$heap[0] as Task).$key;
  }

  private $removeFromHeap(task: Task): void {
    const { $position: position } = task;
    const last = this.$heap.pop() as Task;
    if (last !== task) {
      last.$position = position;
      this.$heap[~position] = last;
      this.$up(last);
      this.$down(last);
    }
    this.$heapKey = this.$heap[0]?.$key ?? NEVER;
  }

  private $up(task: Task): void {
    const { $heap: heap } = this;
    let position = ~task.$position;
    while (position > 0) {
      const parentPosition = (position - 1) >> 1;
      const parent = heap[parentPosition] as Task;
      if (!before(task, parent)) break;
      heap[position] = parent;
      parent.$position = ~position;
      position = parentPosition;
    }
    heap[position] = task;
    task.$position = ~position;
  }

  private $down(task: Task): void {
    const { $heap: heap } = this;
    const { length } = heap;
    let position = ~task.$position;
    for (;;) {
      let childPosition = 2 * position + 1;
      if (childPosition >= length) break;
      let child = heap[childPosition] as Task;
      if (childPosition + 1 < length && before(heap[childPosition + 1] as Task, child)) {
        childPosition += 1;
        child = heap[childPosition] as Task;
      }
      if (!before(child, task)) break;
      heap[position] = child;
      child.$position = ~position;
      position = childPosition;
    }
    heap[position] = task;
    task.$position = ~position;
  }

  [PRINT](): string {
    return "<TaskQueue>";
  }
}

/** Notes in a task where it will stand, and takes it from where it stands. */
function enter(task: Task | null, queue: TaskQueue, key: number): void {
  if (task === null) {
    throw new RuntimeError("no task is running (was run() called from inside a running task?)");
  }
  if (task.$queue !== null) task.$queue.remove(task);
  task.$slot = null;
  task.$key = key;
  task.$queue = queue;
}

define(TaskQueue, {
  methods: { __init__: "", peek: "", push: "task, key=", pop: "", remove: "task" },
});
