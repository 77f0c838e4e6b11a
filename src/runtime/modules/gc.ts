/**
 * The `gc` module. The host collects garbage by itself; programs that watch their memory see a heap of
 * a board's size.
 */

import type { HeapData } from "../boards/board-data.js";
import { def } from "../core/call/signature.js";
import { current, perContext } from "../core/context.js";
import { hasFeature } from "../core/module/language-features.js";
import { index } from "../core/number/numbers.js";
import type { Value } from "../core/values.js";
import { flushAll } from "../io/file.js";
import type { Board } from "../machine/hal.js";

/** In bytes, where nothing is known of the board's. */
const HEAP: HeapData = { total: 192 * 1024, used: 32 * 1024 };
/** The unit of allocation. */
const BLOCK = 16;

function heap(): HeapData {
  return (current().board as Board).data.heap ?? HEAP;
}

/** The start of an ESP8266 has it collect after each quarter. */
const state = perContext(() => {
  const { data } = current().board as Board;
  return { enabled: true, threshold: data.port === "esp8266" ? rounded(heap().total / 4) : -1 };
});

const rounded = (bytes: number): number => bytes - (bytes % BLOCK);

/** On a PC the number of pieces that were freed, elsewhere None. */
export function collect(): Value {
  flushAll();
  return hasFeature("collectedCount") ? 0 : null;
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
  return heap().used;
}

export function mem_free(): number {
  return heap().total - heap().used;
}

/** `threshold()` tells, `threshold(bytes)` sets after how much allocation to collect. */
export const threshold = def(
  (amount?: Value) => {
    if (amount === undefined) return state().threshold;
    const bytes = index(amount);
    state().threshold = bytes < 0 ? -1 : rounded(bytes);
    return null;
  },
  "amount=, /",
  "threshold",
);
