/** `isinstance`, `issubclass` and the types that a program sees without import. */

import { TypeError } from "../core/exceptions.js";
import { PyObject } from "../core/object.js";
import { def } from "../core/signature.js";
import { isSubclass, isType, type Type, typeOf } from "../core/type.js";
import { INSTANCE, isTuple, TYPE, type Value } from "../core/values.js";

export { dict, dictOf } from "../core/dict-type.js";
export { list } from "../core/list.js";
export { classmethod, property, staticmethod } from "../core/property.js";
export { range } from "../core/range.js";
export { frozenset, set } from "../core/set-type.js";
export { slice } from "../core/slice.js";
export { superOf } from "../core/super.js";
export { tuple } from "../core/tuple.js";
export { type } from "../core/type-type.js";
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
