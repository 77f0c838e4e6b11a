/**
 * Classes: `define` completes an ES class that emitted code or the runtime declared, `classOf` makes
 * one from Python values, and `installAttribute` stores a class attribute so that plain property
 * access on instances finds it.
 */

import { blocking, blockingMethod } from "../blocking/blocking.js";
import { call, invoke } from "../call/call.js";
import {
  BUILTIN,
  type Callable,
  isBuiltinFunction,
  METHOD,
  SIGNATURE,
  signatureText,
  WRAPS,
} from "../call/signature.js";
import type { Dict } from "../container/dict.js";
import { hasContext } from "../context.js";
import { AttributeError } from "../exception/exceptions.js";
import { FUNC, mangle, TYPE, unmangle, type Value } from "../values.js";
import { subclassable } from "./bases.js";
import { loadClassAttribute } from "./class-attributes.js";
import { methodForm, plainForm } from "./method.js";
import { mixin, refreshMixins } from "./mixin.js";
import { completing, making } from "./native-init.js";
import { PyObject } from "./object.js";
import { ClassMethod, Property, StaticMethod } from "./property.js";
import { isInstance, isType, type Type, type TypeInfo } from "./type.js";

export interface ClassOptions {
  name?: string;
  doc?: string;
  /** Class attributes. */
  attrs?: Record<string, Value>;
  /** Signatures of methods, without self. A method not named here has required parameters only. */
  methods?: Record<string, string>;
  /** Signatures of `static` members that are static methods. */
  statics?: Record<string, string>;
  /** Signatures of `static` members that are class methods, without cls. */
  classmethods?: Record<string, string>;
  /** Generator methods that block: they become plain callables with `.wait`. */
  blocking?: string[];
  /** The Python bases, where they are not what the class extends. */
  bases?: readonly Type[];
  module?: string;
  /** Names of the class body in its order, where some are set after the rest of the class. */
  order?: readonly string[];
  /** A class of the runtime whose instances take no new attributes. */
  builtin?: boolean;
  /**
   * Plain properties of the instances that programs know, as they know MicroPython's. What a class of the
   * runtime keeps for itself has a `$` before its name, so that no name of a program meets it.
   */
  fields?: readonly string[];
}

/** Completes an ES class: called from its `static` block. */
export function define(cls: Type, options: ClassOptions = {}): Type {
  const info = begin(cls, options.name ?? cls.name, options.bases);
  if (options.module !== undefined) info.module = options.module;
  if (options.order !== undefined) info.order = options.order;
  if (options.doc !== undefined) info.doc = options.doc;
  if (options.builtin) info.builtin = true;
  if (options.fields !== undefined) info.fields = options.fields;
  describeMembers(cls, info, options.methods ?? {});
  for (const name of options.blocking ?? []) makeBlocking(cls, name, options);
  if (Object.hasOwn(cls.prototype, "__init__")) {
    const { __init__: init } = cls.prototype;
    const own = info.builtin ? making(init) : completing(init, Object.getPrototypeOf(cls));
    hide(cls.prototype, "__init__", own);
  }
  for (const [name, signature] of Object.entries(options.statics ?? {})) {
    const fn = cls[mangle(name)];
    fn[SIGNATURE] = signature;
    if (info.builtin) fn[BUILTIN] = true;
    installAttribute(cls, name, new StaticMethod(fn));
  }
  for (const [name, signature] of Object.entries(options.classmethods ?? {})) {
    installNativeClassMethod(cls, info, name, signature);
  }
  for (const [name, value] of Object.entries(options.attrs ?? {})) {
    installAttribute(cls, name, value);
  }
  for (const [name, value] of Object.entries(options.attrs ?? {})) nameAttribute(cls, name, value);
  return cls;
}

/** A generator function of the ES class becomes a function that waits, wherever the class has it. */
function makeBlocking(cls: Type, name: string, { statics, classmethods }: ClassOptions): void {
  const key = mangle(name);
  if (statics && Object.hasOwn(statics, name)) hide(cls, key, blocking(cls[key]));
  else if (classmethods && Object.hasOwn(classmethods, name))
    hide(cls, key, blockingMethod(cls[key]));
  else hide(cls.prototype, key, blockingMethod(cls.prototype[key]));
}

/** Python's `type(name, bases, namespace)`: functions in the namespace take self first. */
export function classOf(
  name: string,
  bases: readonly Type[],
  namespace: Readonly<Record<string, Value>>,
): Type {
  const Base = bases.length > 1 ? mixin(...bases) : subclassable(bases[0] ?? PyObject);
  const cls = class extends Base {};
  begin(cls, name, bases.length === 0 ? [PyObject] : bases);
  for (const [key, value] of Object.entries(namespace)) installAttribute(cls, key, value);
  for (const [key, value] of Object.entries(namespace)) nameAttribute(cls, key, value);
  return cls;
}

/** Gives a class its type info, taking over what concerns it from the class it extends. */
function begin(cls: Type, name: string, bases?: readonly Type[]): TypeInfo {
  const parent: TypeInfo | undefined = Object.getPrototypeOf(cls)[TYPE];
  const info: TypeInfo = {
    name,
    bases: bases ?? (parent?.hidden ? parent.bases : [Object.getPrototypeOf(cls)]),
  };
  if (parent?.accessors !== undefined) info.accessors = new Set(parent.accessors);
  if (parent?.hooked) info.hooked = true;
  if (parent?.native !== undefined) info.native = parent.native;
  if (parent !== undefined) {
    parent.heirs ??= new Set();
    parent.heirs.add(info);
    if (hasContext()) parent.extended = true;
  }
  cls[TYPE] = info;
  return info;
}

/** Marks the methods that the class body declared and gives them their signatures. */
function describeMembers(cls: Type, info: TypeInfo, signatures: Record<string, string>): void {
  const { prototype } = cls;
  for (const key of Object.getOwnPropertyNames(prototype)) {
    if (key === "constructor") continue;
    const descriptor = Object.getOwnPropertyDescriptor(prototype, key) as PropertyDescriptor;
    if (descriptor.get !== undefined || descriptor.set !== undefined) {
      addAccessor(info, key);
      continue;
    }
    const method = descriptor.value;
    if (typeof method !== "function") continue;
    method[METHOD] = true;
    const name = unmangle(key);
    if (Object.hasOwn(signatures, name)) {
      method[SIGNATURE] = signatures[name];
      if (info.builtin) method[BUILTIN] = true;
    }
    if (key === "__setattr__" || key === "__delattr__") addHook(info);
    if (key === "__new__") installAttribute(cls, key, new StaticMethod(plainForm(method)));
  }
}

/** A `static` member that takes its class as `this`. */
function installNativeClassMethod(
  cls: Type,
  info: TypeInfo,
  name: string,
  signature: string,
): void {
  const fn = cls[mangle(name)];
  fn[METHOD] = true;
  fn[SIGNATURE] = signature;
  installClassMethod(
    cls,
    info,
    name,
    new ClassMethod(fn),
    (self, args) => fn.apply(self, args),
    fn,
  );
}

function installClassMethod(
  cls: Type,
  info: TypeInfo,
  name: string,
  member: ClassMethod,
  run: (cls: Type, args: Value[]) => Value,
  described: Callable,
): void {
  const method: Value = function (this: Value, ...args: Value[]): Value {
    return run(typeof this === "function" ? this : this.constructor, args);
  };
  const { wait } = described as Value;
  if (wait !== undefined) {
    method.wait = function (this: Value, ...args: Value[]): Value {
      return wait.apply(typeof this === "function" ? this : this.constructor, args);
    };
  }
  method[METHOD] = true;
  method[WRAPS] = described;
  method[SIGNATURE] = signatureText(described);
  hide(cls.prototype, mangle(name), method);
  members(info).set(name, member);
}

function members(info: TypeInfo): Map<string, Value> {
  info.members ??= new Map();
  return info.members;
}

/** Stores a property that instances inherit; never runs a setter. */
function hide(prototype: Value, key: string, value: Value): void {
  Object.defineProperty(prototype, key, {
    value,
    writable: true,
    enumerable: true,
    configurable: true,
  });
}

/** Stores a class attribute. */
export function installAttribute(cls: Type, name: string, value: Value): void {
  const info: TypeInfo = cls[TYPE];
  const key = mangle(name);
  info.members?.delete(name);
  if (name === "__new__" && typeof value === "function" && !isType(value)) {
    installAttribute(cls, name, new StaticMethod(value));
    return;
  }
  if (name === "__setattr__" || name === "__delattr__") addHook(info);
  if (value instanceof Property || isDescriptor(value)) {
    addAccessor(info, key);
    members(info).set(name, value);
    Object.defineProperty(cls.prototype, key, {
      ...(value instanceof Property ? propertyAccessor(name, value) : descriptorAccessor(value)),
      enumerable: true,
      configurable: true,
    });
  } else if (value instanceof StaticMethod) {
    members(info).set(name, value);
    hide(cls.prototype, key, value.fn);
  } else if (value instanceof ClassMethod) {
    const { fn } = value;
    const form = typeof fn === "function" ? methodForm(fn) : fn;
    installClassMethod(cls, info, name, value, (self, args) => form.apply(self, args), form);
  } else if (typeof value === "function") {
    if (bindsSelf(value)) {
      hide(cls.prototype, key, methodForm(value));
    } else {
      members(info).set(name, value);
      hide(cls.prototype, key, value);
    }
  } else {
    hide(cls.prototype, key, value);
  }
  if (info.mixins !== undefined) refreshMixins(info);
}

/** Whether a function stored in a class becomes a method: builtin ones do not. */
function bindsSelf(value: Callable): boolean {
  return (value as Value)[FUNC] === undefined && !isType(value) && !isBuiltinFunction(value);
}

export function isDescriptor(value: Value): boolean {
  return (
    isInstance(value) &&
    (typeof value.__get__ === "function" ||
      typeof value.__set__ === "function" ||
      typeof value.__delete__ === "function")
  );
}

/** Tells the class and what inherits from it that attributes of that name are not plain. */
function addAccessor(info: TypeInfo, key: string): void {
  info.accessors ??= new Set();
  info.accessors.add(key);
  for (const heir of info.heirs ?? []) addAccessor(heir, key);
}

/** The same for `__setattr__` and `__delattr__`. */
function addHook(info: TypeInfo): void {
  info.hooked = true;
  for (const heir of info.heirs ?? []) addHook(heir);
}

function propertyAccessor(name: string, { get, set }: Property): PropertyDescriptor {
  return {
    get(this: Value): Value {
      if (get === null) throw new AttributeError("unreadable attribute");
      return call(get, this);
    },
    set(this: Value, value: Value): void {
      if (set === null) {
        const type = (this.constructor[TYPE] as TypeInfo).name;
        throw new AttributeError(`'${type}' object has no attribute '${name}'`);
      }
      call(set, this, value);
    },
  };
}

function descriptorAccessor(descriptor: Value): PropertyDescriptor {
  return {
    get(this: Value): Value {
      if (typeof descriptor.__get__ !== "function") return descriptor;
      return invoke(descriptor, "__get__", this, this.constructor);
    },
    set(this: Value, value: Value): void {
      invoke(descriptor, "__set__", this, value);
    },
  };
}

/**
 * Tells the attributes of a class their names, for a class whose body stored them one by one: the
 * end of a class statement in a program that uses `__set_name__`.
 */
export function setNames(cls: Type): void {
  // All of them as they are before the first hook changes the class.
  const attributes: Dict = loadClassAttribute(cls, "__dict__", cls);
  for (const [name, value] of [...attributes.entries()]) nameAttribute(cls, name, value);
}

/** Tells a class attribute its name. */
function nameAttribute(cls: Type, name: string, value: Value): void {
  if (isInstance(value) && typeof value.__set_name__ === "function") {
    invoke(value, "__set_name__", cls, name);
  }
}
