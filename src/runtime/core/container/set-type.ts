/** Python's `set` and `frozenset`: the callables and their methods. */

import { def } from "../call/signature.js";
import { KeyError } from "../exception/exceptions.js";
import { each } from "../iteration/iteration.js";
import { NATIVE } from "../slots.js";
import type { Value } from "../values.js";
import { FrozenSet, PySet, toSet } from "./set.js";

export function set(items?: Value): PySet {
  return items === undefined ? new PySet() : new PySet().addAll(each(items));
}
def(set, "iterable=, /");

export function frozenset(items?: Value): FrozenSet {
  return items === undefined ? new FrozenSet() : new FrozenSet().addAll(each(items));
}
def(frozenset, "iterable=, /");

/** The set that a value is or wraps. */
export function asSet(value: Value): PySet | undefined {
  if (value instanceof PySet) return value;
  const native = value?.[NATIVE];
  return native instanceof PySet ? native : undefined;
}

export function isSubset(left: PySet, right: PySet): boolean {
  for (const item of left) if (!right.has(item)) return false;
  return true;
}

export function intersection(self: PySet, other: Value): PySet {
  const made = new PySet();
  for (const item of each(other)) if (self.has(item)) made.add(item);
  return made;
}

/** Removes the items of the others from `self`. */
export function difference(self: PySet, ...others: Value[]): PySet {
  for (const other of others) {
    if (other === self) self.clear();
    else for (const item of each(other)) self.delete(item);
  }
  return self;
}

export function symmetricDifference(self: PySet, other: Value): PySet {
  for (const item of other === self ? [...self] : each(other)) {
    if (!self.delete(item)) self.add(item);
  }
  return self;
}

const shared = {
  copy: def((self: PySet) => self.copy(), "/"),
  difference: def(
    (self: PySet, ...others: Value[]) => difference(self.copy(), ...others),
    "*others",
  ),
  intersection: def((self: PySet, other: Value) => {
    return other === self ? self.copy() : intersection(self, other);
  }, "other, /"),
  isdisjoint: def((self: PySet, other: Value) => {
    for (const item of each(other)) if (self.has(item)) return false;
    return true;
  }, "other, /"),
  issubset: def((self: PySet, other: Value) => isSubset(self, toSet(other)), "other, /"),
  issuperset: def((self: PySet, other: Value) => isSubset(toSet(other), self), "other, /"),
  symmetric_difference: def((self: PySet, other: Value) => {
    return symmetricDifference(self.copy(), other);
  }, "other, /"),
  union: def((self: PySet, other: Value) => {
    const made = self.copy();
    for (const item of each(other)) made.add(item);
    return made;
  }, "other, /"),
  __contains__: def((self: PySet, item: Value) => self.has(item), "item, /"),
};

export const frozensetMethods = shared;

export const setMethods = {
  ...shared,
  add: def((self: PySet, item: Value) => {
    self.add(item);
    return null;
  }, "item, /"),
  clear: def((self: PySet) => {
    self.clear();
    return null;
  }, "/"),
  difference_update: def((self: PySet, ...others: Value[]) => {
    difference(self, ...others);
    return null;
  }, "*others"),
  discard: def((self: PySet, item: Value) => {
    self.delete(item);
    return null;
  }, "item, /"),
  intersection_update: def((self: PySet, other: Value) => {
    if (other !== self) self.become(intersection(self, other));
    return null;
  }, "other, /"),
  pop: def((self: PySet) => {
    for (const item of self) {
      self.delete(item);
      return item;
    }
    throw new KeyError("pop from an empty set");
  }, "/"),
  remove: def((self: PySet, item: Value) => {
    if (!self.delete(item)) throw new KeyError(item);
    return null;
  }, "item, /"),
  symmetric_difference_update: def((self: PySet, other: Value) => {
    symmetricDifference(self, other);
    return null;
  }, "other, /"),
  update: def((self: PySet, ...others: Value[]) => {
    for (const other of others) for (const item of each(other)) self.add(item);
    return null;
  }, "*others"),
};
