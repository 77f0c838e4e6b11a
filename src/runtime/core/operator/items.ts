/** Subscripts: `o[key]`, `o[key] = value`, `del o[key]`, and `len(o)`. */

import { callSpecial } from "../call/call.js";
import { typeName } from "../class/type.js";
import { pop } from "../container/list.js";
import { NotImplementedError, TypeError } from "../exception/exceptions.js";
import { DELITEM, GETITEM, NATIVE, SETITEM } from "../slots.js";
import { strItem, stringLength } from "../text/strings.js";
import { asTuple, INSTANCE, isTuple, type Value } from "../values.js";
import { itemIndex } from "./bounds.js";
import { Slice } from "./slice.js";
import { unary } from "./unary.js";

/** `o[key]` */
export function getitem(o: Value, key: Value): Value {
  if (Array.isArray(o)) {
    if (typeof key === "number") {
      const item = key < 0 ? o[o.length + key] : o[key];
      if (item !== undefined) return item;
    }
    return arrayItem(o, key);
  }
  if (typeof o === "string") return strItem(o, key);
  if (typeof o === "object" && o !== null) {
    if (o[INSTANCE] === true) {
      const own = Object.getPrototypeOf(o).__getitem__;
      if (typeof own === "function") return callSpecial(o, own, key);
    }
    const item = o[GETITEM]?.(key);
    if (item !== undefined) return item;
    if (o[NATIVE] !== undefined) return getitem(o[NATIVE], key);
  }
  throw new TypeError(`'${typeName(o)}' object isn't subscriptable`);
}

function arrayItem(array: Value[], key: Value): Value {
  const name = isTuple(array) ? "tuple" : "list";
  if (!(key instanceof Slice)) return array[itemIndex(name, array.length, key)];
  const [start, stop, step] = key.indices(array.length);
  if (step === 1) {
    const part = array.slice(start, Math.max(start, stop));
    return name === "tuple" ? asTuple(part) : part;
  }
  if (name === "tuple") {
    throw new NotImplementedError("only slices with step=1 (aka None) are supported");
  }
  const part: Value[] = [];
  for (let at = start; step > 0 ? at < stop : at > stop; at += step) part.push(array[at]);
  return part;
}

/** `o[key] = value` */
export function setitem(o: Value, key: Value, value: Value): void {
  if (Array.isArray(o) && !isTuple(o)) {
    if (typeof key === "number" && key >= 0 && key < o.length && Number.isInteger(key)) {
      o[key] = value;
    } else if (key instanceof Slice) {
      replaceSlice(o, key, value);
    } else {
      o[itemIndex("list", o.length, key)] = value;
    }
    return;
  }
  if (typeof o === "object" && o !== null) {
    if (o[INSTANCE] === true) {
      const own = Object.getPrototypeOf(o).__setitem__;
      if (typeof own === "function") {
        callSpecial(o, own, key, value);
        return;
      }
    }
    if (o[SETITEM]?.(key, value) !== undefined) return;
    if (o[NATIVE] !== undefined) {
      setitem(o[NATIVE], key, value);
      return;
    }
  }
  throw new TypeError(`'${typeName(o)}' object doesn't support item assignment`);
}

function replaceSlice(array: Value[], key: Slice, value: Value): void {
  const [start, stop, step] = key.indices(array.length);
  if (step !== 1) throw new NotImplementedError();
  const items = Array.isArray(value) ? value : value?.[NATIVE];
  if (!Array.isArray(items)) {
    throw new TypeError(`object '${typeName(value)}' isn't a tuple or list`);
  }
  array.splice(start, Math.max(0, stop - start), ...items);
}

/** `del o[key]` */
export function delitem(o: Value, key: Value): void {
  if (Array.isArray(o) && !isTuple(o)) {
    if (key instanceof Slice) replaceSlice(o, key, asTuple([]));
    else pop(o, key);
    return;
  }
  if (typeof o === "object" && o !== null) {
    if (o[INSTANCE] === true) {
      const own = Object.getPrototypeOf(o).__delitem__;
      if (typeof own === "function") {
        callSpecial(o, own, key);
        return;
      }
    }
    if (o[DELITEM]?.(key) !== undefined) return;
    if (o[NATIVE] !== undefined) {
      delitem(o[NATIVE], key);
      return;
    }
  }
  throw new TypeError(`'${typeName(o)}' object doesn't support item deletion`);
}

/** `len(o)` */
export function len(o: Value): Value {
  if (Array.isArray(o)) return o.length;
  if (typeof o === "string") return stringLength(o);
  const length = unary("__len__", o);
  if (length === undefined) throw new TypeError(`object of type '${typeName(o)}' has no len()`);
  return length;
}
