/**
 * Attributes of classes as Python sees them. The prototype holds methods that take `self` as `this`
 * and accessors; `C.m` is the plain form of the first and the property object of the second.
 */

import { type Callable, METHOD, SIGNATURE } from "../call/signature.js";
import { Dict } from "../container/dict.js";
import { current } from "../context.js";
import { BaseException } from "../exception/exceptions.js";
import { typeHas } from "../module/port-names.js";
import { mangle, TYPE, unmangle, type Value } from "../values.js";
import { bindMethod, methodForm, plainForm } from "./method.js";
import { PyObject } from "./object.js";
import { isSeen } from "./own-names.js";
import { ClassMethod, Property, StaticMethod } from "./property.js";
import { infoOf, type Type, type TypeInfo } from "./type.js";
import { Varying } from "./varying.js";

/** The prototype in the chain that has the property itself; `object`'s own do not count. */
export function ownerOf(prototype: Value, key: string): Value | undefined {
  let at = prototype;
  while (at !== null && at !== PyObject.prototype && !Object.hasOwn(at, key)) {
    at = Object.getPrototypeOf(at);
  }
  return at === null || at === PyObject.prototype ? undefined : at;
}

/** A function found through an instance: bound, unless it is the instance's own or static. */
export function loadInstanceFunction(o: Value, key: string, value: Callable): Value | undefined {
  if (Object.hasOwn(o, key)) return value;
  const owner = ownerOf(Object.getPrototypeOf(o), key);
  if (owner === undefined || isDefaultInit(value) || key === "constructor") return undefined;
  const name = unmangle(key);
  const info: TypeInfo = owner.constructor[TYPE];
  if (info.builtin && isSlot(name, o.constructor)) return undefined;
  const member = info.members?.get(name);
  if (member === undefined) {
    const found = Object.getOwnPropertyDescriptor(owner, key) as PropertyDescriptor;
    return found.get === undefined ? bindMethod(o, value) : value;
  }
  if (member instanceof ClassMethod) return bindClass(member, o.constructor);
  if (member instanceof Varying && isMethod(value)) return bindMethod(o, value);
  return value;
}

/** What a type written in C has by name; its other special methods no attribute access sees. */
const NAMED: ReadonlySet<string> = new Set(["__enter__", "__exit__", "__next__", "__del__"]);

function isSlot(name: string, cls: Type): boolean {
  if (!name.startsWith("__") || NAMED.has(name)) return false;
  return name !== "__init__" || infoOf(cls)?.builtin === true;
}

const isMethod = (value: Value): boolean => typeof value === "function" && value[METHOD] === true;

function isDefaultInit(value: Callable): boolean {
  return value === BaseException.prototype.__init__;
}

/** A class method bound to the class it was found through. */
function bindClass({ fn }: ClassMethod, cls: Type): Value {
  if (typeof fn !== "function") return fn;
  const takesThis = (fn as Value)[METHOD] === true;
  return takesThis ? bindMethod(cls, fn) : bindMethod(cls, methodForm(fn));
}

/** `cls.name`, looked up from `start` (a class of its chain) on. */
export function loadClassAttribute(start: Type, name: string, cls: Type): Value | undefined {
  if (name === "__dict__") return classDict(start);
  const key = mangle(name);
  const owner =
    start === PyObject && Object.hasOwn(PyObject.prototype, key)
      ? PyObject.prototype
      : ownerOf(start.prototype, key);
  if (owner === undefined || key === "constructor") {
    if (start === PyObject && name === "__new__") return PyObject.__new__;
    return builtinMember(start, name);
  }
  if (owner === PyObject.prototype && !typeHas("object", name)) return undefined;
  const descriptor = Object.getOwnPropertyDescriptor(owner, key) as PropertyDescriptor;
  const info: TypeInfo = owner.constructor[TYPE];
  if (info.builtin && owner !== PyObject.prototype && isSlot(name, cls)) return undefined;
  const member = info.members?.get(name);
  if (member instanceof StaticMethod) return member.fn;
  if (member instanceof ClassMethod) return bindClass(member, cls);
  if (member instanceof Varying) return asClassAttribute(member);
  if (member !== undefined) return member;
  if (descriptor.get !== undefined || descriptor.set !== undefined) {
    // What C computes is an attribute of objects alone.
    return info.builtin ? undefined : nativeProperty(info, name, descriptor);
  }
  const { value } = descriptor;
  if (typeof value !== "function") return value;
  return owner === PyObject.prototype || !isDefaultInit(value) ? plainForm(value) : undefined;
}

/** What depends on the board, as it is now: of a method its plain form. */
function asClassAttribute(member: Varying): Value | undefined {
  const value = member.value();
  return isMethod(value) ? plainForm(value) : value;
}

/** `__module__`, `__qualname__` and `__doc__`, which a class statement stores in its class. */
function builtinMember(start: Type, name: string): Value | undefined {
  for (let cls = start; cls?.[TYPE] !== undefined; cls = Object.getPrototypeOf(cls)) {
    const info: TypeInfo = cls[TYPE];
    if (info.hidden || info.builtin || cls === PyObject || cls === BaseException) continue;
    if (name === "__module__") return moduleOf(info);
    if (name === "__qualname__") return info.name;
    if (name === "__doc__") return info.doc;
  }
  return undefined;
}

/** The name of the module that defined a class, which is another one where a run started with it. */
function moduleOf({ module }: TypeInfo): string {
  if (module === undefined) return "__main__";
  return module === current().main?.name ? "__main__" : module;
}

/** The property object of an ES getter and setter. */
function nativeProperty(info: TypeInfo, name: string, descriptor: PropertyDescriptor): Property {
  const wrap = (fn: Value): Value => {
    if (fn === undefined) return null;
    fn[METHOD] = true;
    fn[SIGNATURE] = fn.length === 0 ? "" : "value";
    return plainForm(fn);
  };
  const made = new Property(wrap(descriptor.get), wrap(descriptor.set), null);
  info.members ??= new Map();
  info.members.set(name, made);
  return made;
}

/** The keys of what the class itself defines, in the order of its body where that is known. */
export function memberKeys(prototype: Value): string[] {
  const keys = Object.getOwnPropertyNames(prototype).filter(
    (key) => key !== "constructor" && isSeen(key),
  );
  const order = (prototype.constructor[TYPE] as TypeInfo | undefined)?.order;
  if (order === undefined) return keys;
  const place = (key: string): number => {
    const at = order.indexOf(unmangle(key));
    return at < 0 ? order.length : at;
  };
  return keys.sort((a, b) => place(a) - place(b));
}

/** `C.__dict__`: what the class itself defines, as a dict that takes no changes. */
function classDict(cls: Type): Dict {
  const info: TypeInfo = cls[TYPE];
  const dict = new Dict();
  dict.ordered = info.ordered === true;
  if (!info.builtin && cls !== PyObject) {
    dict.set("__module__", moduleOf(info));
    dict.set("__qualname__", info.name);
    if (info.doc !== undefined) dict.set("__doc__", info.doc);
  }
  for (const key of memberKeys(cls.prototype)) {
    const name = unmangle(key);
    const stored = info.members?.get(name);
    const value =
      stored === undefined || stored instanceof Varying
        ? loadClassAttribute(cls, name, cls)
        : stored;
    if (value !== undefined) dict.set(name, value);
  }
  dict.fixed = true;
  return dict;
}

/** `super(C, o).name`: looked up in the bases of C, applied to o. */
export function loadSuper(cls: Type, self: Value, name: string): Value | undefined {
  const parent = Object.getPrototypeOf(cls);
  const start = parent?.[TYPE] === undefined ? PyObject : parent;
  const key = mangle(name);
  const owner = ownerOf(start.prototype, key) ?? objectOwner(key);
  if (owner === undefined) return name === "__new__" ? PyObject.__new__ : undefined;
  const member = (owner.constructor[TYPE] as TypeInfo).members?.get(name);
  if (member instanceof StaticMethod) return member.fn;
  if (member instanceof ClassMethod) {
    return bindClass(member, typeof self === "function" ? self : self.constructor);
  }
  const descriptor = Object.getOwnPropertyDescriptor(owner, key) as PropertyDescriptor;
  if (member instanceof Varying) {
    const value = member.value();
    return isMethod(value) ? bindMethod(self, value) : value;
  }
  // MicroPython's super() binds methods but calls no getter.
  if (member !== undefined) return member;
  const { value, get, set } = descriptor;
  if (get !== undefined) return new Property(plain(get), plain(set), null);
  return typeof value === "function" ? bindMethod(self, value) : value;
}

/** An accessor as a function that takes self. */
function plain(accessor: Value): Value {
  return accessor === undefined
    ? null
    : (self: Value, ...args: Value[]) => accessor.apply(self, args);
}

function objectOwner(key: string): Value | undefined {
  return key !== "constructor" && Object.hasOwn(PyObject.prototype, key)
    ? PyObject.prototype
    : undefined;
}
