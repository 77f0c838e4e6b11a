/**
 * The `micropython` module: scheduling, interrupts from the keyboard, and the memory functions that mean
 * nothing to this runtime but must be there. The compiler alone knows the decorators (`native`).
 */

import { perContext } from "../core/context.js";
import { RuntimeError } from "../core/exceptions.js";
import { heapLocks } from "../core/heap-locks.js";
import { index } from "../core/numbers.js";
import { def } from "../core/signature.js";
import type { Value } from "../core/values.js";
import { DEPTH, interrupts } from "../host/interrupts.js";

const state = perContext(() => ({ level: 0 }));

/** `const(x)` is `x`. */
function const_(expr: Value): Value {
  return expr;
}

/**
 * `schedule(func, arg)`: calls it as soon as possible. That is at once, unless interrupts are running
 * or disabled: a program may loop until it has been called.
 */
export function schedule(func: Value, arg: Value): null {
  const queue = interrupts();
  if (!queue.schedule(func, arg)) throw new RuntimeError("schedule queue full");
  // One that schedules itself again and again must not keep the program from going on.
  for (let round = 0; round < DEPTH && queue.dispatch(); round++);
  return null;
}

/** `kbd_intr(char)`: -1 stops Ctrl-C from raising KeyboardInterrupt. */
export function kbd_intr(chr: Value): null {
  interrupts().keyboard = index(chr) >= 0;
  return null;
}

export const opt_level = def(
  (level?: Value) => {
    if (level === undefined) return state().level;
    state().level = index(level);
    return null;
  },
  "level=, /",
  "opt_level",
);

export function alloc_emergency_exception_buf(size: Value): null {
  index(size);
  return null;
}

export const mem_info = def((_verbose?: Value) => null, "verbose=, /", "mem_info");
export const qstr_info = def((_verbose?: Value) => null, "verbose=, /", "qstr_info");

export function mem_total(): number {
  return 0;
}

export function mem_current(): number {
  return 0;
}

export function mem_peak(): number {
  return 0;
}

export function stack_use(): number {
  return 0;
}

export function heap_lock(): null {
  heapLocks().count += 1;
  return null;
}

export function heap_unlock(): number {
  heapLocks().count -= 1;
  return heapLocks().count;
}

export function heap_locked(): number {
  return heapLocks().count;
}

export { RingIO } from "../io/ring-buffer.js";
export { const_ as const };
