/**
 * `micropython.heap_lock()`: how often the heap is locked. Only what a program would notice respects
 * it: opening a file raises MemoryError.
 */

import { perContext } from "../context.js";
import { MemoryError } from "../exception/exceptions.js";

export const heapLocks = perContext(() => ({ count: 0 }));

/** Raises MemoryError while the heap is locked. */
export function allocate(): void {
  if (heapLocks().count > 0) throw new MemoryError("memory allocation failed, heap is locked");
}
