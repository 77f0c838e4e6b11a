/** Python values as plain JavaScript ones. */

import { Dict } from "../core/container/dict.js";
import { PySet } from "../core/container/set.js";
import { Float, isTuple, type Value } from "../core/values.js";

/**
 * The value without what only Python needs: an integral float is a number, a tuple an array, a set a
 * Set; a dict is an object where all keys are strings, else a Map. Objects of the program, bytes (a
 * Uint8Array) and functions stay what they are. Containers are copied.
 */
export function toHost(value: Value): Value {
  if (typeof value !== "object" || value === null) return value;
  if (value instanceof Float) return value.value;
  if (Array.isArray(value) || isTuple(value)) return Array.from(value, toHost);
  if (value instanceof PySet) return new Set([...value].map(toHost));
  if (!(value instanceof Dict)) return value;
  const entries = [...value.entries()].map(([key, item]) => [toHost(key), toHost(item)] as const);
  return entries.every(([key]) => typeof key === "string")
    ? Object.fromEntries(entries)
    : new Map(entries);
}
