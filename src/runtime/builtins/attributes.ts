/** Builtin functions about attributes and objects: `getattr`, `callable`, `id`, `dir` ... */

import { call } from "../core/call/call.js";
import { def } from "../core/call/signature.js";
import * as writes from "../core/class/attribute-writes.js";
import * as attributes from "../core/class/attributes.js";
import { memberKeys, ownerOf } from "../core/class/class-attributes.js";
import { identity } from "../core/class/identity.js";
import { isBoundMethod } from "../core/class/method.js";
import { ownNames } from "../core/class/own-names.js";
import {
  infoOf,
  isCallable,
  isType,
  type Type,
  type TypeInfo,
  typeOf,
} from "../core/class/type.js";
import { AttributeError } from "../core/exception/exceptions.js";
import { hash as hashOf } from "../core/hash/hash.js";
import { PyModule } from "../core/module/module.js";
import { INSTANCE, unmangle, type Value } from "../core/values.js";

export const getattr = def(attributes.getattr, "object, name, default=, /", "getattr");
export const setattr = def(writes.setattr, "object, name, value, /", "setattr");
export const delattr = def(writes.delattr, "object, name, /", "delattr");
export const hasattr = def(attributes.hasattr, "object, name, /", "hasattr");

export const callable = def((value: Value) => isCallable(value), "object, /", "callable");
export const id = def((value: Value) => identity(value), "object, /", "id");
export const hash = def((value: Value) => hashOf(value), "object, /", "hash");

/** `dir(o)`: the names that attribute access finds. Without an argument emitted code passes a module. */
export const dir = def(
  (value: Value): Value[] => {
    // What `__getattr__` of a module makes up is none of its names.
    if (value instanceof PyModule) return [...namesOf(value)];
    const hook = attributes.load(value, "__dir__");
    if (isBoundMethod(hook)) return call(hook);
    return [...namesOf(value)].filter((name) => has(value, name));
  },
  "object=, /",
  "dir",
);

function has(value: Value, name: string): boolean {
  try {
    return attributes.load(value, name) !== undefined;
  } catch (error) {
    if (error instanceof AttributeError) return false;
    throw error;
  }
}

function namesOf(value: Value): Set<string> {
  const names = new Set<string>(["__class__"]);
  if (value instanceof PyModule) {
    for (const name of value.names()) names.add(name);
    names.add("__dict__");
    return names;
  }
  if (typeof value === "object" && value !== null && value[INSTANCE] === true) {
    for (const name of ownNames(value)) names.add(name);
    addClassNames(names, value.constructor);
  }
  if (isType(value)) {
    names.add("__name__").add("__bases__");
    addClassNames(names, value);
  } else {
    addNativeNames(names, infoOf(typeOf(value)));
    for (const name of ["__globals__", "__name__", "__next__"]) names.add(name);
  }
  return names;
}

function addClassNames(names: Set<string>, cls: Type): void {
  for (const name of ["__module__", "__qualname__", "__dict__"]) names.add(name);
  addNativeNames(names, infoOf(cls));
  let at = cls.prototype ?? null;
  // Not the names of JavaScript's own objects.
  for (; at !== null && at !== Object.prototype; at = Object.getPrototypeOf(at)) {
    // Iterators written in C have `__next__`, but their types have no attribute of that name.
    const isBuiltin = (infoOf(at.constructor) as TypeInfo).builtin === true;
    for (const key of memberKeys(at)) {
      if (isBuiltin && key === "__next__") continue;
      if (ownerOf(at, key) === at) names.add(unmangle(key));
    }
  }
}

function addNativeNames(names: Set<string>, info: TypeInfo | undefined): void {
  if (info === undefined) return;
  for (const name of Object.keys(info.methods ?? {})) names.add(name);
  for (const name of Object.keys(info.attributes ?? {})) names.add(name);
  for (const name of Object.keys(info.statics ?? {})) names.add(name);
}
