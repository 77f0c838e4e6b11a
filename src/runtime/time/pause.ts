/** Waiting as `time.sleep` does: the whole program stops, interrupts run meanwhile. */

import { Wait } from "../core/blocking/wait.js";
import { current } from "../core/context.js";
import type { Host } from "../host/host.js";
import { interrupts } from "../host/interrupts.js";

/** What a pause of no length counts as work (Host.work): a program may poll with it. */
const EMPTY_PAUSE_WORK = 20;

/** Waits for `ms` milliseconds; with 0 it only lets the host and the other threads have a turn. */
export function* pause(ms: number): Generator<Wait, null, void> {
  const host = current().host as Host;
  const until = host.now() + Math.max(0, ms);
  if (ms <= 0) host.work(EMPTY_PAUSE_WORK);
  interrupts().dispatch();
  do {
    yield new Wait(until);
  } while (host.now() < until);
  return null;
}
