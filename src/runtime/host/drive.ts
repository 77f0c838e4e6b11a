/**
 * Drives a program's generator: lets each Wait that it yields pass on the host's clock, runs soft
 * interrupts and the other threads meanwhile, and resumes it. Called by run.ts; passSync() is the way
 * of plain code that blocks without being able to suspend.
 */

import type { Wait } from "../core/blocking/wait.js";
import { type Context, enter } from "../core/context.js";
import { RuntimeError } from "../core/exception/exceptions.js";
import type { Value } from "../core/values.js";
import { type Host, Stalled } from "./host.js";
import { type Interrupts, interruptsOf } from "./interrupts.js";
import { threads as runningThreads, type Threads, threadsOf } from "./threads.js";

/** Runs the generator to its end and gives its value. */
export async function drive(
  generator: Generator<Wait, Value, void>,
  context: Context,
): Promise<Value> {
  const host = context.host as Host;
  const interrupts = interruptsOf(context);
  const threads = threadsOf(context);
  let thrown: unknown;
  for (;;) {
    const step = resume(generator, context, thrown);
    if (step.done === true) return step.value;
    try {
      await pass(step.value, host, interrupts, threads, context);
      thrown = interrupts.takeInterruption();
    } catch (error) {
      thrown = stalled(error);
    }
  }
}

function resume(
  generator: Generator<Wait, Value, void>,
  context: Context,
  thrown: unknown,
): IteratorResult<Wait, Value> {
  const previous = enter(context);
  try {
    return thrown === undefined ? generator.next() : generator.throw(thrown);
  } finally {
    enter(previous);
  }
}

/** What the program sees when nothing can wake it any more; every other error goes on. */
function stalled(error: unknown): unknown {
  if (error instanceof Stalled) return new RuntimeError(error.message);
  throw error;
}

async function pass(
  wait: Wait,
  host: Host,
  interrupts: Interrupts,
  threads: Threads,
  context: Context,
): Promise<void> {
  const { signal } = interrupts;
  let woken = false;
  const stop = wait.start?.(() => {
    woken = true;
    signal.raise();
  });
  try {
    for (;;) {
      signal.lower();
      if (interrupts.interrupted || dispatch(interrupts, context)) return;
      if (threads.count > 0) turn(threads, context);
      if (woken) return;
      // A wait that is over before it began gives the host a turn all the same.
      const over = wait.until !== null && host.now() >= wait.until;
      const resting = host.rest(threads.until(wait.until), signal);
      if (resting !== undefined) await resting;
      if (over) return;
    }
  } finally {
    stop?.();
  }
}

function dispatch(interrupts: Interrupts, context: Context): boolean {
  const previous = enter(context);
  try {
    return interrupts.dispatch();
  } finally {
    enter(previous);
  }
}

function turn(threads: Threads, context: Context): void {
  const previous = enter(context);
  try {
    threads.turn();
  } finally {
    enter(previous);
  }
}

/** Lets a Wait pass at once; false when the host cannot do that. Soft interrupts run meanwhile. */
export function passSync(wait: Wait, host: Host, interrupts: Interrupts): boolean {
  const { signal } = interrupts;
  const threads = runningThreads();
  let woken = false;
  const stop = wait.start?.(() => {
    woken = true;
  });
  try {
    while (!woken && !(wait.until !== null && host.now() >= wait.until)) {
      signal.lower();
      if (threads.isMain && interrupts.interrupted) throw interrupts.takeInterruption();
      if (interrupts.dispatch()) return true;
      threads.turn();
      if (woken) break;
      if (!host.restSync(threads.until(wait.until), signal)) return false;
    }
    interrupts.dispatch();
    return true;
  } catch (error) {
    throw stalled(error);
  } finally {
    stop?.();
  }
}
