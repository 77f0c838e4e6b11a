/** `isinstance`, `issubclass` and the types that a program sees without import. */

import { def } from "../core/call/signature.js";
import { PyObject } from "../core/class/object.js";
import { isSubclass, isType, type Type, typeOf } from "../core/class/type.js";
import { TypeError } from "../core/exception/exceptions.js";
import { INSTANCE, isTuple, TYPE, type Value } from "../core/values.js";

export { classmethod, property, staticmethod } from "../core/class/property.js";
export { superOf } from "../core/class/super.js";
export { type } from "../core/class/type-type.js";
export { dict, dictOf } from "../core/container/dict-type.js";
export { list } from "../core/container/list.js";
export { range } from "../core/container/range.js";
export { frozenset, set } from "../core/container/set-type.js";
export { tuple } from "../core/container/tuple.js";
export { slice } from "../core/operator/slice.js";
export { PyObject };

function derives(type: Type, classinfo: Value): boolean {
  if (isType(classinfo)) return isSubclass(type, classinfo);
  if (isTuple(classinfo)) {
    return classinfo.some((each) => each === PyObject || isSubclass(type, each));
  }
  throw new TypeError("issubclass() arg 2 must be a class or a tuple of classes");
}

function isInstanceOf(value: Value, classinfo: Value): boolean {
  if (typeof classinfo === "function" && typeof value === "object" && value !== null) {
    // The usual case: an instance of a class of the program, asked for a class of the program.
    if (value[INSTANCE] === true && classinfo[TYPE] !== undefined && classinfo.prototype) {
      if (value instanceof classinfo) return true;
    }
  }
  return derives(typeOf(value), classinfo);
}

export const isinstance = def(isInstanceOf, "object, classinfo, /", "isinstance");

export const issubclass = def(
  (cls: Value, classinfo: Value): boolean => {
    if (!isType(cls)) throw new TypeError("issubclass() arg 1 must be a class");
    return derives(cls, classinfo);
  },
  "cls, classinfo, /",
  "issubclass",
);
