/**
 * `property`, `staticmethod` and `classmethod` as Python values. In a class they become accessors
 * and functions of the prototype (class.ts); these objects are what `C.__dict__` shows and what
 * decorators pass around.
 */

import { def } from "../call/signature.js";
import { TYPE, type Value } from "../values.js";
import type { TypeInfo } from "./type.js";

export class Property {
  static [TYPE]: TypeInfo = { name: "property", bases: [], represents: () => property };

  constructor(
    readonly get: Value,
    readonly set: Value,
    readonly del: Value,
  ) {}
}

/** Python's `property(fget, fset, fdel)`. */
export function property(
  get: Value = null,
  set: Value = null,
  del: Value = null,
  _doc: Value = null,
): Property {
  return new Property(get, set, del);
}
def(property, "$get=, $set=, $del=, doc=");

export const propertyMethods = {
  getter: def((self: Property, get: Value) => new Property(get, self.set, self.del), "getter, /"),
  setter: def((self: Property, set: Value) => new Property(self.get, set, self.del), "setter, /"),
  deleter: def((self: Property, del: Value) => new Property(self.get, self.set, del), "deleter, /"),
};

export class StaticMethod {
  static [TYPE]: TypeInfo = { name: "staticmethod", bases: [], represents: () => staticmethod };

  constructor(readonly fn: Value) {}
}

export function staticmethod(fn: Value): StaticMethod {
  return new StaticMethod(fn);
}
def(staticmethod, "function, /");

export class ClassMethod {
  static [TYPE]: TypeInfo = { name: "classmethod", bases: [], represents: () => classmethod };

  constructor(readonly fn: Value) {}
}

export function classmethod(fn: Value): ClassMethod {
  return new ClassMethod(fn);
}
def(classmethod, "function, /");
