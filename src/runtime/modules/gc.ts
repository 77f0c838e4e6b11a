/**
 * The `gc` module. The host collects garbage by itself; programs that watch their memory see a heap of
 * a board's size.
 */

import { perContext } from "../core/context.js";
import { index } from "../core/numbers.js";
import { def } from "../core/signature.js";
import type { Value } from "../core/values.js";
import { flushAll } from "../io/file.js";

/** What mem_free() and mem_alloc() add up to, in bytes. */
const HEAP = 192 * 1024;
const USED = 32 * 1024;
/** The unit of allocation. */
const BLOCK = 16;

const state = perContext(() => ({ enabled: true, threshold: -1 }));

export function collect(): number {
  flushAll();
  return 0;
}

export function enable(): null {
  state().enabled = true;
  return null;
}

export function disable(): null {
  state().enabled = false;
  return null;
}

export function isenabled(): boolean {
  return state().enabled;
}

export function mem_alloc(): number {
  return USED;
}

export function mem_free(): number {
  return HEAP - USED;
}

/** `threshold()` tells, `threshold(bytes)` sets after how much allocation to collect. */
export const threshold = def(
  (amount?: Value) => {
    if (amount === undefined) return state().threshold;
    const bytes = index(amount);
    state().threshold = bytes < 0 ? -1 : bytes - (bytes % BLOCK);
    return null;
  },
  "amount=, /",
  "threshold",
);
