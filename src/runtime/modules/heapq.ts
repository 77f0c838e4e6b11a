/** The `heapq` module: a list as a binary heap, the same one as MicroPython's step by step. */

import { IndexError, TypeError } from "../core/exception/exceptions.js";
import { lt } from "../core/operator/compare.js";
import { NATIVE } from "../core/slots.js";
import { isList, type Value } from "../core/values.js";

function heapOf(value: Value): Value[] {
  const list = isList(value) ? value : value?.[NATIVE];
  if (!isList(list)) throw new TypeError("heap must be a list");
  return list;
}

/** Moves an item towards the root until its parent is not larger. */
function rise(heap: Value[], top: number, from: number): void {
  const item = heap[from];
  let at = from;
  while (at > top) {
    const parent = (at - 1) >> 1;
    if (lt(item, heap[parent]) !== true) break;
    heap[at] = heap[parent];
    at = parent;
  }
  heap[at] = item;
}

/** Moves the smaller child up all the way, then lets the item rise from the leaf it came to. */
function sink(heap: Value[], from: number): void {
  const item = heap[from];
  let at = from;
  for (let child = 2 * at + 1; child < heap.length; child = 2 * at + 1) {
    if (child + 1 < heap.length && lt(heap[child], heap[child + 1]) === false) child++;
    heap[at] = heap[child];
    at = child;
  }
  heap[at] = item;
  rise(heap, from, at);
}

export function heappush(heap: Value, item: Value): null {
  const items = heapOf(heap);
  items.push(item);
  rise(items, 0, items.length - 1);
  return null;
}

export function heappop(heap: Value): Value {
  const items = heapOf(heap);
  if (items.length === 0) throw new IndexError("empty heap");
  const smallest = items[0];
  const last = items.pop();
  if (items.length > 0) {
    items[0] = last;
    sink(items, 0);
  }
  return smallest;
}

export function heapify(heap: Value): null {
  const items = heapOf(heap);
  for (let at = items.length >> 1; at > 0; ) sink(items, --at);
  return null;
}
