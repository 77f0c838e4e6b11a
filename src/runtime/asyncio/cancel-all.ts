/** Cancels what an embedding program wants to end: the loop's own task and every task that is queued. */

import { core } from "./core.js";
import { Loop } from "./loop.js";

/**
 * Cancels the tasks that sleep, wait for streams or are ready, and the one that run() waits for, which
 * passes it on to what it awaits. False when no loop runs, or its own task blocks and cannot be cancelled.
 */
export function cancelAll(): boolean {
  const { loops, taskQueue, ioQueue, stopTask, curTask } = core();
  const main = loops.at(-1);
  if (main === undefined || (main !== null && main === curTask)) return false;
  for (const task of [...taskQueue.$tasks(), ...ioQueue.$tasks()]) {
    if (task !== main && task !== stopTask && task !== curTask) task.cancel();
  }
  if (stopTask !== null) Loop.stop();
  else main?.cancel();
  return true;
}
