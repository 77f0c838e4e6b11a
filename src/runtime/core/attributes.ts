/**
 * Attribute access by name: Python's getattr, setattr, delattr and hasattr, which emitted code uses
 * wherever it cannot prove that an attribute is a plain JavaScript property.
 *
 * Lookup is MicroPython's: the instance first, then its class and bases, then `__getattr__`.
 */

import { call, invoke } from "./call.js";
import { installAttribute, isDescriptor } from "./class.js";
import { loadClassAttribute, loadInstanceFunction, ownerOf } from "./class-attributes.js";
import { globalsOf } from "./definitions.js";
import { Dict } from "./dict.js";
import { AttributeError, BaseException, TRACE, TypeError } from "./exceptions.js";
import { next } from "./iteration.js";
import { bindNative } from "./method.js";
import { PyObject, store } from "./object.js";
import { Property } from "./property.js";
import { def, functionName, isBuiltinFunction } from "./signature.js";
import { NATIVE } from "./slots.js";
import { infoOf, isType, type TypeInfo, typeName, typeOf } from "./type.js";
import {
  FUNC,
  INSTANCE,
  LOAD,
  MISSING,
  mangle,
  NAMED,
  REMOVE,
  SAVE,
  TYPE,
  tup,
  unmangle,
  type Value,
} from "./values.js";

/** `getattr(o, name)` and `getattr(o, name, fallback)` */
export function getattr(o: Value, name: Value, fallback?: Value): Value {
  if (typeof o === "object" && o !== null && o[INSTANCE] === true) {
    if (fallback === undefined) {
      const value = o[name];
      if (value !== undefined && typeof value !== "function") return value;
      if (value !== undefined && typeof name === "string" && name !== "constructor") {
        const found = loadInstanceFunction(o, name, value);
        if (found !== undefined) return found;
      }
    }
  } else if (typeof o === "function" && o.prototype !== undefined) {
    const info: TypeInfo | undefined = o[TYPE];
    if (
      info !== undefined &&
      (info.accessors === undefined || !info.accessors.has(name)) &&
      o.prototype[INSTANCE] === true
    ) {
      const value = o.prototype[name];
      if (value !== undefined && typeof value !== "function") return value;
    }
  }
  if (typeof name !== "string") return getattr(o, attributeName(name), fallback);
  if (fallback !== undefined) return withFallback(o, name, fallback);
  const value = load(o, name);
  if (value === undefined) throw missing(o, name);
  return value;
}

function withFallback(o: Value, name: string, fallback: Value): Value {
  try {
    const value = load(o, name);
    return value === undefined ? fallback : value;
  } catch (error) {
    if (error instanceof AttributeError) return fallback;
    throw error;
  }
}

/** `hasattr(o, name)` */
export function hasattr(o: Value, name: Value): boolean {
  if (typeof name !== "string") return hasattr(o, attributeName(name));
  try {
    return load(o, name) !== undefined;
  } catch (error) {
    if (error instanceof AttributeError) return false;
    throw error;
  }
}

function attributeName(name: Value): string {
  if (typeof name?.[NATIVE] === "string") return name[NATIVE];
  throw new TypeError(`can't convert '${typeName(name)}' object to str implicitly`);
}

function missing(o: Value, name: string): AttributeError {
  if (isType(o)) {
    const info = infoOf(o) as TypeInfo;
    return new AttributeError(`type object '${info.name}' has no attribute '${name}'`);
  }
  if (typeof o?.[MISSING] === "function") return new AttributeError(o[MISSING](name));
  return new AttributeError(`'${typeName(o)}' object has no attribute '${name}'`);
}

/** The attribute, or undefined where there is none. */
export function load(o: Value, name: string): Value | undefined {
  if (name === "__class__") return typeOf(o);
  if (typeof o === "object" && o !== null && o[INSTANCE] === true) return loadInstance(o, name);
  if (isType(o)) return loadType(o, name);
  if (typeof o?.[LOAD] === "function") return o[LOAD](name);
  return loadNative(o, name);
}

function loadInstance(o: Value, name: string): Value | undefined {
  const key = mangle(name);
  const value = o[key];
  if (value !== undefined) {
    if (typeof value !== "function") return value;
    const found = loadInstanceFunction(o, key, value);
    if (found !== undefined) return found;
  }
  if (name === "__dict__") return dictOf(o);
  if (name === "__module__" || name === "__qualname__" || name === "__doc__") {
    return loadClassAttribute(o.constructor, name, o.constructor);
  }
  const native = o[NATIVE];
  if (native !== undefined) {
    const found = loadNative(native, name);
    if (found !== undefined) return found;
  }
  return loadFallback(o, name);
}

/** `__getattr__`, which is not asked for the hooks of attribute access themselves. */
function loadFallback(o: Value, name: string): Value | undefined {
  const hook = o.__getattr__;
  if (typeof hook !== "function" || NOT_DELEGATED.has(name)) return undefined;
  return invoke(o, "__getattr__", name);
}

const NOT_DELEGATED: ReadonlySet<string> = new Set([
  "__getattr__",
  "__get__",
  "__set__",
  "__delete__",
  "__set_name__",
  "__setattr__",
  "__delattr__",
]);

/** `o.__dict__`: a copy that takes no changes. */
function dictOf(o: Value): Dict | undefined {
  const dict = new Dict();
  if (o instanceof BaseException && (o.constructor as Value)[TYPE].builtin) return undefined;
  for (const key of Object.keys(o)) {
    if (o[key] !== undefined) dict.set(unmangle(key), o[key]);
  }
  dict.fixed = true;
  return dict;
}

/** `C.name` */
function loadType(type: Value, name: string): Value | undefined {
  const info = infoOf(type) as TypeInfo;
  if (name === "__name__") return info.name;
  if (name === "__bases__") {
    if (info.bases.length === 0 && type !== PyObject) return tup(PyObject);
    return tup(...info.bases);
  }
  if (type.prototype?.[INSTANCE] === true && type[TYPE] === info) {
    return loadClassAttribute(type, name, type);
  }
  if (name === "__dict__") return typeDict(info);
  const found = info.statics?.[name];
  if (found !== undefined) return found;
  const method = info.methods?.[name];
  if (method !== undefined) return checkedForm(type, info, name);
  for (const base of info.bases) {
    const inherited: Value | undefined = loadType(base, name);
    if (inherited !== undefined) return inherited;
  }
  return undefined;
}

/** `int.__dict__`: what the builtin type offers. */
function typeDict(info: TypeInfo): Dict {
  const dict = new Dict();
  dict.ordered = true;
  for (const [name, value] of Object.entries({ ...info.statics, ...info.methods })) {
    dict.set(name, value);
  }
  dict.fixed = true;
  return dict;
}

/** `list.append`: the method as a function that checks what it is applied to. */
function checkedForm(type: Value, info: TypeInfo, name: string): Value {
  const checked = (self: Value, ...args: Value[]): Value => {
    const given = typeOf(self);
    const value = given === type || self?.[NATIVE] === undefined ? self : self[NATIVE];
    if (typeOf(value) !== type) {
      throw new TypeError(`argument should be a '${info.name}' not a '${typeName(self)}'`);
    }
    return invoke(value, name, ...args);
  };
  return def(checked, "self, *args", name);
}

/** Attributes of values that are no instances of ES classes: methods of their builtin type. */
function loadNative(o: Value, name: string): Value | undefined {
  const type = typeOf(o);
  const info = infoOf(type);
  if (info !== undefined) {
    const get = info.attributes?.[name];
    if (get !== undefined) return get(o);
    const method = info.methods?.[name];
    if (method !== undefined) return bindNative(o, method);
    if (name === "__next__" && info.iterator) return bindNative(o, nextMethod);
  }
  if (typeof o === "function") {
    if (isBuiltinFunction(o[FUNC] ?? o)) return undefined;
    if (name === "__name__") return functionName(o[FUNC] ?? o);
    if (name === "__globals__" && o[FUNC] === undefined) return globalsOf(o);
    return undefined;
  }
  return undefined;
}

/** `__next__` of every builtin iterator. */
function nextMethod(iterator: Value): Value {
  return next(iterator);
}
def(nextMethod, "/", "__next__");

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
    else if (info.settable?.includes(name)) o[key] = value;
    else return false;
    return true;
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
  return ownerOf(Object.getPrototypeOf(o), hook) !== undefined;
}

/** `delattr(o, name)` */
export function delattr(o: Value, name: Value): Value {
  if (typeof name !== "string") return delattr(o, attributeName(name));
  if (!remove(o, name)) throw unsettable(o, name);
  return null;
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
