/** Python's `list`: the callable and the methods, which work on plain arrays. */

import { def } from "../call/signature.js";
import { IndexError, ValueError } from "../exception/exceptions.js";
import { index } from "../number/numbers.js";
import { clampIndex, itemIndex, sequenceIndex } from "../operator/bounds.js";
import { equal } from "../operator/compare.js";
import { truth } from "../operator/unary.js";
import type { Value } from "../values.js";
import { extend } from "./sequences.js";
import { sort } from "./sort.js";

export function list(items?: Value): Value[] {
  if (items === undefined) return [];
  return Array.isArray(items) ? items.slice() : extend([], items);
}
def(list, "iterable=, /");

/** The position of an equal item in `[start, stop)`; ValueError if there is none. */
export function indexOf(
  name: string,
  items: readonly Value[],
  value: Value,
  start?: Value,
  stop?: Value,
): number {
  const bound = (at: Value): number => clampIndex(sequenceIndex(name, at), items.length);
  const end = stop === undefined ? items.length : bound(stop);
  for (let at = start === undefined ? 0 : bound(start); at < end; at++) {
    if (equal(items[at], value)) return at;
  }
  throw new ValueError("object not in sequence");
}

export function countOf(items: readonly Value[], value: Value): number {
  let count = 0;
  for (const item of items) if (equal(item, value)) count++;
  return count;
}

export function pop(self: Value[], key?: Value): Value {
  if (self.length === 0) throw new IndexError("pop from empty list");
  if (key === undefined) return self.pop();
  return self.splice(itemIndex("list", self.length, key), 1)[0];
}

function insert(self: Value[], key: Value, value: Value): null {
  self.splice(clampIndex(index(key), self.length), 0, value);
  return null;
}

/** Sorts in place. */
export function sortList(self: Value[], key: Value = null, reverse: Value = false): null {
  if (self.length > 1) sort(self, key, truth(reverse));
  return null;
}

export const listMethods = {
  append: def((self: Value[], item: Value) => {
    self.push(item);
    return null;
  }, "item, /"),
  clear: def((self: Value[]) => {
    self.length = 0;
    return null;
  }, "/"),
  copy: def((self: Value[]) => self.slice(), "/"),
  count: def(countOf, "value, /"),
  extend: def((self: Value[], items: Value) => {
    extend(self, items);
    return null;
  }, "iterable, /"),
  index: def((self: Value[], value: Value, start?: Value, stop?: Value) => {
    return indexOf("list", self, value, start, stop);
  }, "value, start=, stop=, /"),
  insert: def(insert, "index, item, /"),
  pop: def(pop, "index=, /"),
  remove: def((self: Value[], value: Value) => {
    self.splice(indexOf("list", self, value), 1);
    return null;
  }, "value, /"),
  reverse: def((self: Value[]) => {
    self.reverse();
    return null;
  }, "/"),
  sort: def(sortList, "*, key=, reverse="),
};
