/**
 * What comprehensions over one iterable become; emitted code calls these with the element and the
 * condition as callbacks. Comprehensions with several `for` are written out as loops instead.
 */

import type { Value } from "../values.js";
import { each } from "./iteration.js";

/** `[element(x) for x in iterable if condition(x)]`. */
export function collect(
  iterable: Value,
  element: (item: Value) => Value,
  condition?: (item: Value) => boolean,
): Value[] {
  const list: Value[] = [];
  if (condition === undefined) {
    for (const item of each(iterable)) list.push(element(item));
  } else {
    for (const item of each(iterable)) if (condition(item)) list.push(element(item));
  }
  return list;
}

/** `(element(x) for x in iterable if condition(x))`; the iterable is asked for its iterator at once. */
export function generate(
  iterable: Value,
  element: (item: Value) => Value,
  condition?: (item: Value) => boolean,
): Generator<Value, Value, Value> {
  return genexpr(each(iterable), element, condition);
}

function* genexpr(
  items: Iterable<Value>,
  element: (item: Value) => Value,
  condition: ((item: Value) => boolean) | undefined,
): Generator<Value, Value, Value> {
  for (const item of items) {
    if (condition === undefined || condition(item)) yield element(item);
  }
  return null;
}
