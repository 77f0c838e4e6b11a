/**
 * A scheduler for generators, written by hand and as tight as I could make it: what the emitted code is
 * measured against. `yield*` awaits a coroutine; what suspends queues the running task and yields
 * nothing. It does what asyncio promises of what the workloads use: tasks that are due at the same time
 * run in the order in which they were queued, any wait can be cancelled, and the host gets its turns.
 */

export class Cancelled {}
export class TimedOut {}

const RUNNING = 0;
const DONE = 1;
const FAILED = 2;

class Task {
  constructor(coroutine) {
    this.coroutine = coroutine;
    this.state = RUNNING;
    this.result = undefined;
    this.error = undefined;
    /** The task that waits for this one, or several. */
    this.waiter = null;
    this.done = null;
    /** What takes this task out of where it waits. */
    this.waitsIn = null;
    this.due = 0;
    this.order = 0;
    this.place = -1;
    /** Its neighbours in a chain of waiting tasks. */
    this.before = null;
    this.after = null;
  }
}

let running = null;
let clock = 0;

/** Ready tasks, first in, first out. */
let ring = new Array(1024).fill(null);
let mask = 1023;
let first = 0;
let last = 0;

function ready(task) {
  if (last - first > mask) {
    const wider = new Array(2 * mask + 2).fill(null);
    for (let i = first; i < last; i++) wider[i & (2 * mask + 1)] = ring[i & mask];
    ring = wider;
    mask = 2 * mask + 1;
  }
  ring[last++ & mask] = task;
}

const before = (a, b) => a.due < b.due || (a.due === b.due && a.order < b.order);

/** Sleeping tasks, by when they are due and when they were pushed. */
const sleepers = {
  heap: [],
  pushed: 0,
  push(task) {
    const { heap } = this;
    task.order = ++this.pushed;
    let place = heap.length;
    heap.push(task);
    while (place > 0) {
      const above = (place - 1) >> 1;
      if (before(heap[above], task)) break;
      heap[place] = heap[above];
      heap[place].place = place;
      place = above;
    }
    heap[place] = task;
    task.place = place;
  },
  remove(task) {
    const { heap } = this;
    const end = heap.pop();
    let { place } = task;
    if (end === task) return;
    const { length } = heap;
    while (place > 0) {
      const above = (place - 1) >> 1;
      if (before(heap[above], end)) break;
      heap[place] = heap[above];
      heap[place].place = place;
      place = above;
    }
    for (;;) {
      let below = 2 * place + 1;
      if (below >= length) break;
      if (below + 1 < length && before(heap[below + 1], heap[below])) below += 1;
      if (before(end, heap[below])) break;
      heap[place] = heap[below];
      heap[place].place = place;
      place = below;
    }
    heap[place] = end;
    end.place = place;
  },
};

export function spawn(coroutine) {
  const task = new Task(coroutine);
  ready(task);
  return task;
}

/** The clock is read once in so many steps. */
const STEPS_PER_LOOK = 32;
/** After so long (milliseconds) the host gets a turn. */
const LONGEST_TURN = 8;

/** Runs until `coroutine` is done. */
export async function run(coroutine) {
  const main = spawn(coroutine);
  clock = performance.now();
  let rested = clock;
  let untilLook = STEPS_PER_LOOK;
  while (main.state === RUNNING) {
    if (--untilLook === 0 || first === last) {
      untilLook = STEPS_PER_LOOK;
      clock = performance.now();
      while (sleepers.heap.length > 0 && sleepers.heap[0].due <= clock) {
        const task = sleepers.heap[0];
        sleepers.remove(task);
        task.waitsIn = null;
        ready(task);
      }
      if (first === last) {
        await new Promise((resolve) => setTimeout(resolve, sleepers.heap[0].due - clock));
        rested = performance.now();
        continue;
      }
      if (clock - rested >= LONGEST_TURN) {
        await new Promise((resolve) => setImmediate(resolve));
        rested = performance.now();
      }
    }
    step(ring[first++ & mask]);
  }
  if (main.state === FAILED) throw main.error;
  return main.result;
}

function step(task) {
  running = task;
  try {
    const { error } = task;
    let result;
    if (error === undefined) {
      result = task.coroutine.next();
    } else {
      task.error = undefined;
      result = task.coroutine.throw(error);
    }
    if (!result.done) return;
    task.state = DONE;
    task.result = result.value;
  } catch (error) {
    task.state = FAILED;
    task.error = error;
  }
  if (task.waiter !== null) {
    task.waiter.waitsIn = null;
    ready(task.waiter);
  } else task.done?.(task);
}

/** `yield sleep0()` */
export function sleep0() {
  ready(running);
}

/** `yield sleep(ms)` */
export function sleep(ms) {
  running.due = performance.now() + ms;
  running.waitsIn = sleepers;
  sleepers.push(running);
}

export function* join(task) {
  if (task.state === RUNNING) {
    task.waiter = running;
    running.waitsIn = task;
    yield;
  }
  if (task.state === FAILED) throw task.error;
  return task.result;
}

export function cancel(task) {
  if (task.state !== RUNNING || task.error !== undefined) return;
  if (task.waitsIn instanceof Task) return cancel(task.waitsIn);
  task.error = new Cancelled();
  if (task.waitsIn === null) return;
  task.waitsIn.remove(task);
  task.waitsIn = null;
  ready(task);
}

export function* gather(coroutines) {
  const tasks = coroutines.map(spawn);
  const waiter = running;
  let left = tasks.length;
  const done = (task) => {
    left -= 1;
    if (left === 0 || task.state === FAILED) ready(waiter);
  };
  for (const task of tasks) task.done = done;
  if (left > 0) yield;
  return tasks.map((task) => {
    if (task.state === FAILED) throw task.error;
    return task.result;
  });
}

/** The result of a coroutine, unless `ms` pass before: then it is cancelled and waited for. */
export function* waitFor(coroutine, ms) {
  const waiter = running;
  const task = spawn(coroutine);
  let over = false;
  task.done = () => {
    if (over) return;
    over = true;
    // Somebody may have cancelled the waiting task meanwhile.
    if (waiter.waitsIn !== sleepers) return;
    sleepers.remove(waiter);
    waiter.waitsIn = null;
    ready(waiter);
  };
  try {
    yield sleep(ms);
  } catch (error) {
    over = true;
    cancel(task);
    throw error;
  }
  if (over) {
    if (task.state === FAILED) throw task.error;
    return task.result;
  }
  over = true;
  cancel(task);
  try {
    yield* join(task);
  } catch (error) {
    if (!(error instanceof Cancelled)) throw error;
  }
  throw new TimedOut();
}

/** Tasks that wait for something, first in, first out: a chain, so that any can be taken out. */
class Waiting {
  constructor() {
    this.head = null;
    this.tail = null;
  }

  add(task) {
    task.waitsIn = this;
    task.before = this.tail;
    if (this.tail === null) this.head = task;
    else this.tail.after = task;
    this.tail = task;
  }

  remove(task) {
    const { before, after } = task;
    if (before === null) this.head = after;
    else before.after = after;
    if (after === null) this.tail = before;
    else after.before = before;
    task.before = null;
    task.after = null;
    task.waitsIn = null;
  }

  wake() {
    const { head } = this;
    this.remove(head);
    ready(head);
  }
}

export class Event {
  constructor() {
    this.isSet = false;
    this.waiting = new Waiting();
  }

  set() {
    this.isSet = true;
    while (this.waiting.head !== null) this.waiting.wake();
  }

  clear() {
    this.isSet = false;
  }

  *wait() {
    if (this.isSet) return;
    this.waiting.add(running);
    yield;
  }
}

export class Lock {
  constructor() {
    this.isLocked = false;
    this.waiting = new Waiting();
  }

  *acquire() {
    if (!this.isLocked) {
      this.isLocked = true;
      return;
    }
    this.waiting.add(running);
    try {
      yield;
    } catch (error) {
      this.release();
      throw error;
    }
  }

  release() {
    if (this.waiting.head !== null) this.waiting.wake();
    else this.isLocked = false;
  }
}
