/**
 * Python's setattr and delattr, which emitted code uses wherever it cannot prove that an attribute is a
 * plain JavaScript property. Reading is in `attributes.ts`.
 */

import { call, invoke } from "../call/call.js";
import { AttributeError, BaseException, KeyError, TRACE } from "../exception/exceptions.js";
import { hasFeature } from "../module/language-features.js";
import { INSTANCE, mangle, NAMED, REMOVE, SAVE, TYPE, type Value } from "../values.js";
import { attributeName } from "./attributes.js";
import { installAttribute, isDescriptor } from "./class.js";
import { ownerOf } from "./class-attributes.js";
import { store } from "./object.js";
import { Property } from "./property.js";
import { isType, type TypeInfo, typeName } from "./type.js";

/** `setattr(o, name, value)` */
export function setattr(o: Value, name: Value, value: Value): Value {
  if (typeof o === "object" && o !== null && o[INSTANCE] === true) {
    const info: TypeInfo = o.constructor[TYPE];
    if (
      info.hooked === undefined &&
      info.builtin === undefined &&
      (info.accessors === undefined || !info.accessors.has(name)) &&
      typeof name === "string"
    ) {
      o[mangle(name)] = value;
      return null;
    }
  }
  if (typeof name !== "string") return setattr(o, attributeName(name), value);
  if (!save(o, name, value)) throw unsettable(o, name);
  return null;
}

function unsettable(o: Value, name: string): AttributeError {
  return new AttributeError(`'${typeName(o)}' object has no attribute '${name}'`);
}

function save(o: Value, name: string, value: Value): boolean {
  if (typeof o === "object" && o !== null && o[INSTANCE] === true) {
    return saveInstance(o, name, value);
  }
  if (isType(o)) {
    if (o.prototype?.[INSTANCE] !== true || o[TYPE].builtin) return false;
    requireRoomForHook(o[TYPE], name, value);
    installAttribute(o, name, value);
    return true;
  }
  if (typeof o?.[SAVE] === "function") {
    o[SAVE](name, value);
    return true;
  }
  if (Array.isArray(o) && (o as Value)[NAMED] !== undefined) {
    throw new AttributeError("can't set attribute");
  }
  return false;
}

/**
 * A class that others extend cannot get its first property, descriptor or hook of attribute access.
 * Of classes that are there before the program runs nobody can tell whether it has come to them.
 */
function requireRoomForHook(info: TypeInfo, name: string, value: Value): void {
  if (info.extended !== true || info.accessors !== undefined || info.hooked === true) return;
  const isSpecial =
    name === "__setattr__" ||
    name === "__delattr__" ||
    value instanceof Property ||
    isDescriptor(value);
  if (!isSpecial) return;
  throw new AttributeError("can't add special method to already-subclassed class");
}

function saveInstance(o: Value, name: string, value: Value): boolean {
  const info: TypeInfo = o.constructor[TYPE];
  const key = mangle(name);
  const owner = ownerOf(Object.getPrototypeOf(o), key);
  if (info.builtin) {
    if (name === "__traceback__" && value === null && o instanceof BaseException) {
      o[TRACE] = undefined;
      return true;
    }
    const setter = owner && Object.getOwnPropertyDescriptor(owner, key)?.set;
    if (setter !== undefined) setter.call(o, value);
    return setter !== undefined;
  }
  if (owner !== undefined) {
    const accessor = Object.getOwnPropertyDescriptor(owner, key) as PropertyDescriptor;
    const member = (owner.constructor[TYPE] as TypeInfo).members?.get(name);
    if (member instanceof Property) {
      if (member.set === null) return false;
      call(member.set, o, value);
      return true;
    }
    if (isDescriptor(member)) {
      if (typeof member.__set__ === "function") {
        invoke(member, "__set__", o, value);
        return true;
      }
    } else if (accessor.get !== undefined || accessor.set !== undefined) {
      if (accessor.set === undefined) return false;
      accessor.set.call(o, value);
      return true;
    }
  }
  if (definesHook(o, "__setattr__")) invoke(o, "__setattr__", name, value);
  else store(o, name, value);
  return true;
}

/** Whether a class of the object, other than `object`, defines the hook. */
function definesHook(o: Value, hook: "__setattr__" | "__delattr__"): boolean {
  return ownerOf(Object.getPrototypeOf(o), hook) !== undefined && hasFeature("attributeHooks");
}

/** `delattr(o, name)` */
export function delattr(o: Value, name: Value): Value {
  if (typeof name !== "string") return delattr(o, attributeName(name));
  if (!remove(o, name)) throw unsettable(o, name);
  return null;
}

/** `(name := value)` in the body of a class. */
export function named(cls: Value, name: string, value: Value): Value {
  setattr(cls, name, value);
  return value;
}

/** `del name` in the body of a class, which MicroPython takes out of a dict. */
export function deleteName(cls: Value, name: string): void {
  if (!remove(cls, name)) throw new KeyError(name);
}

function remove(o: Value, name: string): boolean {
  const key = mangle(name);
  if (typeof o === "object" && o !== null && o[INSTANCE] === true) {
    const owner = ownerOf(Object.getPrototypeOf(o), key);
    const member = owner && (owner.constructor[TYPE] as TypeInfo).members?.get(name);
    if (member instanceof Property) {
      if (member.del === null) return false;
      call(member.del, o);
      return true;
    }
    if (isDescriptor(member) && typeof member.__delete__ === "function") {
      invoke(member, "__delete__", o);
      return true;
    }
    if (definesHook(o, "__delattr__")) {
      invoke(o, "__delattr__", name);
      return true;
    }
    return Object.hasOwn(o, key) && delete o[key];
  }
  if (isType(o)) {
    if (o.prototype?.[INSTANCE] !== true || !Object.hasOwn(o.prototype, key)) return false;
    (o[TYPE] as TypeInfo).members?.delete(name);
    return delete o.prototype[key];
  }
  if (typeof o?.[REMOVE] === "function") return o[REMOVE](name);
  return false;
}
