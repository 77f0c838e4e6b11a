/**
 * What a loop that never waits does in each round (`if (turnIsDue()) yield* takeTurn();`), so that
 * timers, pins, threads, Ctrl-C and the host's own event loop have their turn now and then.
 */

import type { Waiting } from "../core/blocking/blocking.js";
import { Wait } from "../core/blocking/wait.js";
import { current } from "../core/context.js";
import type { Host } from "../host/host.js";
import { interrupts } from "../host/interrupts.js";

/** What a round counts as work (Host.work). */
const ROUND_WORK = 10;

export function turnIsDue(): boolean {
  const queue = interrupts();
  return (current().host as Host).work(ROUND_WORK) || queue.pending || queue.owesTurn;
}

export function* takeTurn(): Waiting<void> {
  const queue = interrupts();
  queue.owesTurn = false;
  queue.dispatch();
  yield new Wait((current().host as Host).now());
}
