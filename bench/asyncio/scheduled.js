/** The workloads for scheduler.js. */

import {
  Cancelled,
  cancel as cancelTask,
  Event,
  gather as gatherAll,
  join,
  Lock,
  sleep,
  sleep0,
  spawn,
  waitFor,
} from "./scheduler.js";

function* player(turns) {
  for (let i = 0; i < turns; i++) yield sleep0();
}

export function* ping_pong(turns) {
  const tasks = Array.from({ length: 100 }, () => spawn(player(turns)));
  for (const task of tasks) yield* join(task);
}

function* station(mine, following, laps) {
  for (let i = 0; i < laps; i++) {
    yield* mine.wait();
    mine.clear();
    following.set();
  }
}

export function* ring(laps) {
  const events = Array.from({ length: 100 }, () => new Event());
  const tasks = events.map((event, i) => spawn(station(event, events[(i + 1) % 100], laps)));
  events[0].set();
  for (const task of tasks) yield* join(task);
}

function* worker(mutex, times) {
  for (let i = 0; i < times; i++) {
    yield* mutex.acquire();
    yield sleep0();
    mutex.release();
  }
}

export function* lock(times) {
  const mutex = new Lock();
  const tasks = Array.from({ length: 100 }, () => spawn(worker(mutex, times)));
  for (const task of tasks) yield* join(task);
}

function* one(i) {
  yield sleep0();
  return i;
}

export function* gather(count) {
  const results = yield* gatherAll(Array.from({ length: count }, (_, i) => one(i)));
  if (results.length !== count || results[count - 1] !== count - 1)
    throw new Error("wrong results");
}

function* sleeper(ms) {
  yield sleep(ms);
}

export function* timers(count) {
  const tasks = Array.from({ length: count }, (_, i) => spawn(sleeper((i * 7919) % 200)));
  for (const task of tasks) yield* join(task);
}

export function* wait_for(times) {
  for (let i = 0; i < times; i++) {
    if ((yield* waitFor(one(i), 10_000)) !== i) throw new Error("wrong result");
  }
}

let cleaned = 0;

function* victim() {
  try {
    yield sleep(10_000);
  } finally {
    cleaned += 1;
  }
}

export function* cancel(times) {
  cleaned = 0;
  for (let i = 0; i < times; i += 10) {
    const tasks = Array.from({ length: 10 }, () => spawn(victim()));
    yield sleep0();
    for (const task of tasks) cancelTask(task);
    for (const task of tasks) {
      try {
        yield* join(task);
      } catch (error) {
        if (!(error instanceof Cancelled)) throw error;
      }
    }
  }
  if (cleaned !== times) throw new Error("not all have cleaned up");
}

function* nested(depth, turns) {
  if (depth > 1) {
    yield* nested(depth - 1, turns);
    return;
  }
  for (let i = 0; i < turns; i++) yield sleep0();
}

export function* await_suspended(turns, depth) {
  const tasks = Array.from({ length: 100 }, () => spawn(nested(depth, turns)));
  for (const task of tasks) yield* join(task);
}

function* valued(depth, value) {
  if (depth > 1) return yield* valued(depth - 1, value);
  return value;
}

export function* await_call(times, depth) {
  for (let i = 0; i < times; i++) {
    if ((yield* valued(depth, i)) !== i) throw new Error("wrong value");
  }
  yield sleep0();
}

class Manager {
  inside = 0;

  // biome-ignore lint/correctness/useYield: a coroutine that never suspends.
  *enter() {
    this.inside += 1;
    return this;
  }

  // biome-ignore lint/correctness/useYield: a coroutine that never suspends.
  *exit() {
    this.inside -= 1;
  }
}

export function* async_with(times) {
  const manager = new Manager();
  for (let i = 0; i < times; i++) {
    const m = yield* manager.enter();
    try {
      if (m.inside !== 1) throw new Error("not inside");
    } finally {
      yield* manager.exit();
    }
  }
  yield sleep0();
}

const END = Symbol("end");

class Countdown {
  constructor(start) {
    this.left = start;
  }

  *next() {
    if (this.left === 0) return END;
    this.left -= 1;
    if (this.left % 10 === 0) yield sleep0();
    return this.left;
  }
}

export function* async_for(count) {
  const numbers = new Countdown(count);
  let total = 0;
  for (;;) {
    const i = yield* numbers.next();
    if (i === END) break;
    total += i;
  }
  if (total !== (count * (count - 1)) / 2) throw new Error("wrong total");
}
