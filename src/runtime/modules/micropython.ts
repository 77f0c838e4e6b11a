/**
 * The `micropython` module: scheduling, interrupts from the keyboard, and the memory functions that mean
 * nothing to this runtime but must be there. The compiler alone knows the decorators (`native`).
 */

import { print } from "../builtins/print.js";
import { def } from "../core/call/signature.js";
import { perContext } from "../core/context.js";
import { RuntimeError } from "../core/exception/exceptions.js";
import { heapLocks } from "../core/memory/heap-locks.js";
import { portHas, wherePresent } from "../core/module/port-names.js";
import { index } from "../core/number/numbers.js";
import type { Value } from "../core/values.js";
import { DEPTH, interrupts } from "../host/interrupts.js";
import { mem_alloc, mem_free } from "./gc.js";

const state = perContext(() => ({ level: 0 }));

/** Bytes: what `mem_info` says of the stack, and the unit that it counts the heap in. */
const STACK = 7936;
const STACK_USED = 512;
const BLOCK = 16;

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

export const alloc_emergency_exception_buf = def(
  wherePresent("micropython", "alloc_emergency_exception_buf", (size: Value): null => {
    index(size);
    return null;
  }),
  "size, /",
  "alloc_emergency_exception_buf",
);

/** What programs see of their memory is that of `gc`: no more is known of it than how much there is. */
export const mem_info = def(
  (_verbose?: Value) => {
    const [used, free] = [mem_alloc(), mem_free()];
    if (portHas("micropython", "mem_total")) print("mem: total=0, current=0, peak=0");
    print(`stack: ${STACK_USED} out of ${STACK}`);
    print(`GC: total: ${used + free}, used: ${used}, free: ${free}`);
    const blocks = `max blk sz: ${used / BLOCK}, max free sz: ${free / BLOCK}`;
    print(` No. of 1-blocks: 0, 2-blocks: 0, ${blocks}`);
    return null;
  },
  "verbose=, /",
  "mem_info",
);

export const qstr_info = def(
  (_verbose?: Value) => {
    print("qstr pool: n_pool=1, n_qstr=0, n_str_data_bytes=0, n_total_bytes=0");
    return null;
  },
  "verbose=, /",
  "qstr_info",
);

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
