/**
 * Calls of values that are not known until run time: `call(f, ...args)` and `invoke(o, "m", ...args)`
 * check the arguments against the callee's signature; `apply` and `applyMethod` take keywords too.
 */

import { getattr } from "../class/attributes.js";
import { instantiate } from "../class/instantiate.js";
import { infoOf, type TypeInfo, typeName, typeOf } from "../class/type.js";
import { Dict } from "../container/dict.js";
import { TypeError } from "../exception/exceptions.js";
import { each } from "../iteration/iteration.js";
import { NATIVE } from "../slots.js";
import { Bytes } from "../text/bytes.js";
import { decodeUtf8 } from "../text/utf8.js";
import { INSTANCE, isList, TYPE, type Value } from "../values.js";
import { bindArguments, type Kwargs, REPEATED } from "./arguments.js";
import { type Callable, OPTIONED, SIGNATURE, type Signature, signatureOf } from "./signature.js";

/** `f(*args)` */
export function call(f: Value, ...args: Value[]): Value {
  if (typeof f === "function") {
    const signature: string | Signature | undefined = f[SIGNATURE];
    if (
      typeof signature === "object" &&
      args.length >= signature.least &&
      args.length <= signature.most
    ) {
      const result = f(...args);
      return result === undefined ? null : result;
    }
    if (f.prototype !== undefined && f.prototype[INSTANCE] === true && !f[TYPE].abstract) {
      return instantiate(f, args);
    }
  }
  return apply(f, args);
}

/** `f(*args, **kwargs)` */
export function apply(f: Value, args: Value[], kwargs?: Kwargs): Value {
  if (typeof f !== "function") return applyObject(f, args, kwargs);
  const info = infoOf(f);
  if (info !== undefined) {
    if (info.abstract) throw new TypeError(`can't create '${info.name}' instances`);
    if (f[TYPE].represents === undefined && f.prototype?.[INSTANCE] === true) {
      return instantiate(f, args, kwargs);
    }
  }
  if (kwargs !== undefined && f[OPTIONED] !== undefined) return f[OPTIONED](kwargs, args);
  const result = f(...bindArguments(signatureOf(f), args, kwargs));
  return result === undefined ? null : result;
}

/** Calls an object that is no function: one whose class has `__call__`. */
function applyObject(f: Value, args: Value[], kwargs: Kwargs | undefined): Value {
  if (typeof f === "object" && f !== null && f[INSTANCE] === true) {
    const method = Object.getPrototypeOf(f).__call__;
    if (typeof method === "function") return applyTo(f, method, args, kwargs);
    if (f[NATIVE] !== undefined) return apply(f[NATIVE], args, kwargs);
  }
  throw new TypeError(`'${typeName(f)}' object isn't callable`);
}

/** Calls a function that is a property of `self`. */
function applyTo(self: Value, f: Callable, args: Value[], kwargs: Kwargs | undefined): Value {
  if (infoOf(f) !== undefined || (f as Value)[OPTIONED] !== undefined)
    return apply(f, args, kwargs);
  const result = f.apply(self, bindArguments(signatureOf(f), args, kwargs));
  return result === undefined ? null : result;
}

/** `o.name(*args)` */
export function invoke(o: Value, name: string, ...args: Value[]): Value {
  if (typeof o === "object" && o !== null && o[INSTANCE] === true) {
    return invokeFound(o, name, o[name], ...args);
  }
  if (name === "append" && args.length === 1 && isList(o)) {
    o.push(args[0]);
    return null;
  }
  const method = nativeMethod(o, name);
  if (method === undefined) return apply(getattr(o, name), args);
  const signature = signatureOf(method);
  const count = args.length;
  if (count < signature.least || count > signature.most) {
    return method(o, ...bindArguments(signature, args, undefined));
  }
  if (count === 0) return method(o);
  return count === 1 ? method(o, args[0]) : method(o, ...args);
}

/** `o.name(*args)` of an object whose attributes are properties, with `f` for `o.name`. */
export function invokeFound(o: Value, name: string, f: Value, ...args: Value[]): Value {
  if (typeof f === "function") {
    const signature: string | Signature | undefined = f[SIGNATURE];
    if (
      typeof signature === "object" &&
      args.length >= signature.least &&
      args.length <= signature.most
    ) {
      const result = f.apply(o, args);
      return result === undefined ? null : result;
    }
  }
  return applyFound(o, name, f, args);
}

/** The same, checked, with keywords. `f` may come from a getter, which is not run again. */
export function applyFound(
  o: Value,
  name: string,
  f: Value,
  args: Value[],
  kwargs?: Kwargs,
): Value {
  if (f !== undefined && name !== "constructor" && name !== "__init__") {
    // Functions ignore `this` unless they are methods of o's class, so that both are called alike.
    return typeof f === "function" ? applyTo(o, f, args, kwargs) : apply(f, args, kwargs);
  }
  return apply(getattr(o, name), args, kwargs);
}

/** Calls a special method that was found in the class of `self`, whatever `self` has of that name. */
export function callSpecial(self: Value, method: Callable, ...args: Value[]): Value {
  const signature: string | Signature | undefined = (method as Value)[SIGNATURE];
  if (
    typeof signature === "object" &&
    args.length >= signature.least &&
    args.length <= signature.most
  ) {
    const result = method.apply(self, args);
    return result === undefined ? null : result;
  }
  return applyTo(self, method, args, undefined);
}

/** The method of a builtin value type: a function that takes the value first. */
export function nativeMethod(o: Value, name: string): Callable | undefined {
  const type = typeOf(o);
  const info: TypeInfo | undefined = type[TYPE] ?? infoOf(type);
  return info?.methods?.[name];
}

/** `o.name(*args, **kwargs)` */
export function applyMethod(o: Value, name: string, args: Value[], kwargs?: Kwargs): Value {
  if (typeof o === "object" && o !== null && o[INSTANCE] === true) {
    return applyFound(o, name, o[name], args, kwargs);
  }
  const method = nativeMethod(o, name);
  if (method === undefined) return apply(getattr(o, name), args, kwargs);
  return method(o, ...bindArguments(signatureOf(method), args, kwargs));
}

/** `**mapping` as the record that `apply` takes. */
export function kwargs(mapping: Value): Record<string, Value> {
  const record: Record<string, Value> = {};
  const dict = mapping instanceof Dict ? mapping : mapping?.[NATIVE];
  if (dict instanceof Dict) {
    for (const [key, value] of dict.entries()) record[keyword(key)] = value;
  } else {
    for (const key of each(invoke(mapping, "keys"))) {
      record[keyword(key)] = invoke(mapping, "__getitem__", key);
    }
  }
  return record;
}

/** Several of them as one, which remembers a name that was given twice. */
export function joinKwargs(...parts: Kwargs[]): Kwargs {
  const joined: Record<string, Value> & { [REPEATED]?: string } = {};
  for (const part of parts) {
    for (const name of Object.keys(part)) {
      if (Object.hasOwn(joined, name)) joined[REPEATED] ??= name;
      joined[name] = part[name];
    }
  }
  return joined;
}

function keyword(key: Value): string {
  if (typeof key === "string") return key;
  if (typeof key?.[NATIVE] === "string") return key[NATIVE];
  if (key instanceof Bytes) return decodeUtf8(key);
  throw new TypeError(`can't convert '${typeName(key)}' object to str implicitly`);
}
