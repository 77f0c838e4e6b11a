/** Python's `dict`: the callable, its methods and its views. */

import { def } from "../call/signature.js";
import { KeyError, TypeError, ValueError } from "../exception/exceptions.js";
import { each } from "../iteration/iteration.js";
import { unary } from "../operator/unary.js";
import { NATIVE } from "../slots.js";
import { isTuple, tup, type Value } from "../values.js";
import { Dict } from "./dict.js";
import { DictView } from "./dict-view.js";

/** A dict that grows as it takes over `items`: `dict(pairs)` as a call, and dict comprehensions. */
export function dictOf(items: Value): Dict {
  const made = new Dict();
  update(made, items);
  return made;
}

/** `dict()`, `dict(mapping)`, `dict(pairs)`, each with keyword arguments. */
export function dict(items?: Value, keywords?: Dict): Dict {
  // Emitted code makes its dict displays this way: an array of plain pairs.
  const display = Array.isArray(items) && items.length > 0 && isDisplay(items);
  const made = display ? new Dict(items as [Value, Value][]) : new Dict();
  if (items !== undefined && !display) update(made, items);
  if (keywords !== undefined) update(made, keywords);
  return made;
}

function isDisplay(items: Value[]): boolean {
  return items.every((pair) => Array.isArray(pair) && !isTuple(pair) && pair.length === 2);
}
def(dict, "$items=, **keywords");

/** The Dict that a value is or wraps. */
export function asDict(value: Value): Dict | undefined {
  if (value instanceof Dict) return value;
  const native = value?.[NATIVE];
  return native instanceof Dict ? native : undefined;
}

/** Takes over the items of a dict or of an iterable of pairs, which a subclass of dict is too. */
export function update(target: Dict, items: Value): void {
  if (items instanceof Dict) {
    if (items !== target) for (const [key, value] of items.entries()) target.set(key, value);
    return;
  }
  for (const pair of each(items)) {
    const [key, value, more] = Array.isArray(pair) ? pair : [...each(pair)];
    if (key === undefined || value === undefined || more !== undefined) {
      throw new ValueError("dict update sequence has wrong length");
    }
    target.set(key, value);
  }
}

export function copyDict(self: Dict): Dict {
  return self.copy();
}

function unfixed(self: Dict): void {
  if (self.fixed) throw new TypeError();
}

function setdefault(self: Dict, key: Value, fallback: Value = null): Value {
  unfixed(self);
  const value = self.get(key);
  if (value !== undefined) return value;
  self.set(key, fallback);
  return fallback;
}

function pop(self: Dict, key: Value, fallback?: Value): Value {
  unfixed(self);
  const value = self.get(key);
  if (value !== undefined) {
    self.delete(key);
    return value;
  }
  if (fallback === undefined) throw new KeyError(key);
  return fallback;
}

function popitem(self: Dict): Value {
  unfixed(self);
  if (self.size === 0) throw new KeyError("popitem(): dictionary is empty");
  const [key, value] = self.popped();
  self.delete(key);
  return tup(key, value);
}

/** `dict.fromkeys(keys, value)` */
export function fromkeys(keys: Value, value: Value = null): Dict {
  const made = Dict.reserving(Number(unary("__len__", keys) ?? 0));
  for (const key of each(keys)) made.set(key, value);
  return made;
}
def(fromkeys, "keys, value=, /");

export const dictMethods = {
  clear: def((self: Dict) => {
    self.clear();
    return null;
  }, "/"),
  copy: def(copyDict, "/"),
  fromkeys: def(
    (_self: Dict, keys: Value, value?: Value) => fromkeys(keys, value),
    "keys, value=, /",
  ),
  get: def((self: Dict, key: Value, fallback: Value = null) => {
    const value = self.get(key);
    return value === undefined ? fallback : value;
  }, "key, default=, /"),
  items: def((self: Dict) => new DictView(self, "items"), "/"),
  keys: def((self: Dict) => new DictView(self, "keys"), "/"),
  pop: def(pop, "key, default=, /"),
  popitem: def(popitem, "/"),
  setdefault: def(setdefault, "key, default=, /"),
  update: def((self: Dict, items?: Value, keywords?: Dict) => {
    unfixed(self);
    if (items !== undefined) update(self, items);
    if (keywords !== undefined) update(self, keywords);
    return null;
  }, "$items=, **keywords"),
  values: def((self: Dict) => new DictView(self, "values"), "/"),
  __getitem__: def((self: Dict, key: Value) => {
    const value = self.get(key);
    if (value === undefined) throw new KeyError(key);
    return value;
  }, "key, /"),
  __setitem__: def((self: Dict, key: Value, value: Value) => {
    self.set(key, value);
    return null;
  }, "key, value, /"),
  __delitem__: def((self: Dict, key: Value) => {
    if (!self.delete(key)) throw new KeyError(key);
    return null;
  }, "key, /"),
};
