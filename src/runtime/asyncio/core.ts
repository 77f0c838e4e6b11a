/**
 * The state of asyncio in one run: the running task, the queue of tasks that are due, the queue of
 * those that wait for streams. Everything in this folder asks `core()`.
 */

import { type Context, current } from "../core/context.js";
import type { Value } from "../core/values.js";
import type { Host } from "../host/host.js";
import { type Interrupts, interrupts } from "../host/interrupts.js";
import { IOQueue } from "./io-queue.js";
import { LoopClock } from "./loop-clock.js";
import { SingletonGenerator } from "./sleep.js";
import type { Task } from "./task.js";
import { TaskQueue } from "./task-queue.js";

export class Core {
  curTask: Task | null = null;
  taskQueue = new TaskQueue();
  ioQueue = new IOQueue();
  stopTask: Task | null = null;
  /** The tasks that the running loops wait for, the innermost last; null: until nothing is left. */
  readonly loops: (Task | null)[] = [];
  exceptionHandler: Value = null;
  readonly sleeper = new SingletonGenerator(this);

  readonly clock: LoopClock;

  constructor(
    host: Host,
    readonly interrupts: Interrupts,
  ) {
    this.clock = new LoopClock(host);
  }
}

const cores = new WeakMap<Context, Core>();
let latestContext: Context | null = null;
let latestCore: Core;

/** asyncio's state in the running program. */
export function core(): Core {
  return current() === latestContext ? latestCore : coreOf(current());
}

function coreOf(context: Context): Core {
  let found = cores.get(context);
  if (found === undefined) {
    found = new Core(context.host, interrupts());
    cores.set(context, found);
  }
  latestContext = context;
  latestCore = found;
  return found;
}
