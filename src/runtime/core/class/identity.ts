/** `id(x)` and the addresses in `<X object at 3fe0>`: numbers given out at the first request. */

import type { Value } from "../values.js";

const known = new WeakMap<object, number>();

/** MicroPython's objects are 16-byte blocks somewhere above its static data. */
let next = 0x20000;

export function identity(value: Value): number {
  if ((typeof value !== "object" && typeof value !== "function") || value === null) {
    return primitiveIdentity(value);
  }
  let id = known.get(value);
  if (id === undefined) {
    id = next;
    next += 16;
    known.set(value, id);
  }
  return id;
}

/** Small ints carry their value in the pointer; None, False and True are fixed. */
function primitiveIdentity(value: Value): number {
  if (value === null) return 6;
  if (typeof value === "boolean") return value ? 30 : 14;
  if (typeof value === "number" && Number.isInteger(value)) return value * 2 + 1;
  let hash = 5381;
  const text = String(value);
  for (let at = 0; at < text.length; at++) hash = (hash * 33) ^ text.charCodeAt(at);
  return (hash & 0x7ffffff) * 8 + 2;
}
