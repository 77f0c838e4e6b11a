/**
 * Attributes read by name: Python's getattr and hasattr, which emitted code uses wherever it cannot prove
 * that an attribute is a plain JavaScript property. Setting and deleting is in `attribute-writes.ts`.
 *
 * Lookup is MicroPython's: the instance first, then its class and bases, then `__getattr__`.
 */

import { invoke } from "../call/call.js";
import {
  type Callable,
  def,
  functionName,
  isBuiltinFunction,
  signatureText,
} from "../call/signature.js";
import { Dict } from "../container/dict.js";
import { AttributeError, TypeError } from "../exception/exceptions.js";
import { next } from "../iteration/iteration.js";
import { typeHas } from "../module/port-names.js";
import { NATIVE } from "../slots.js";
import { FUNC, INSTANCE, LOAD, MISSING, mangle, TYPE, tup, type Value } from "../values.js";
import { loadClassAttribute, loadInstanceFunction } from "./class-attributes.js";
import { globalsOf } from "./definitions.js";
import { bindNative } from "./method.js";
import { PyObject } from "./object.js";
import { ownNames } from "./own-names.js";
import { infoOf, isType, type TypeInfo, typeName, typeOf } from "./type.js";

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

export function attributeName(name: Value): string {
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
  if ((o.constructor as Value)[TYPE].builtin) return undefined;
  const dict = new Dict();
  for (const name of ownNames(o)) dict.set(name, o[mangle(name)]);
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
  if (method !== undefined && typeHas(info.name, name)) return checkedForm(type, info, name);
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
    if (typeHas(info.name, name)) dict.set(name, value);
  }
  dict.fixed = true;
  return dict;
}

/** `list.append`: the method as a function that checks what it is applied to. */
function checkedForm(type: Value, info: TypeInfo, name: string): Value {
  const method = info.methods?.[name] as Callable;
  const checked = (self: Value, ...args: Value[]): Value => {
    const given = typeOf(self);
    const value = given === type || self?.[NATIVE] === undefined ? self : self[NATIVE];
    if (typeOf(value) !== type) {
      throw new TypeError(`argument should be a '${info.name}' not a '${typeName(self)}'`);
    }
    return method(value, ...args);
  };
  const text = signatureText(method);
  return def(checked, text === "" ? "self, /" : `self, ${text}`, name);
}

/** Attributes of values that are no instances of ES classes: methods of their builtin type. */
function loadNative(o: Value, name: string): Value | undefined {
  const type = typeOf(o);
  const info = infoOf(type);
  if (info !== undefined) {
    const get = info.attributes?.[name];
    if (get !== undefined) return get(o);
    const method = info.methods?.[name];
    if (method !== undefined && typeHas(info.name, name)) return bindNative(o, method);
    const ofType = info.statics?.[name];
    if (ofType !== undefined) return ofType;
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
