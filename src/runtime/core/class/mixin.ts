/**
 * Multiple inheritance: `class C extends mixin(A, B)`. JavaScript has one prototype chain, so the
 * class between copies what the other bases offer. Lookup is MicroPython's: depth first, left to
 * right, `object` last.
 */

import { BaseException, TypeError } from "../exception/exceptions.js";
import { TYPE } from "../values.js";
import { subclassable } from "./bases.js";
import { WRAPPER_INIT } from "./instantiate.js";
import { PyObject } from "./object.js";
import { type Constructor, nameOf, type Type, type TypeInfo } from "./type.js";

/** The class that stands between a class and its several bases. */
export function mixin(...bases: Type[]): Constructor {
  const parts: Type[] = bases.map(subclassable);
  const laidOut = parts.filter(hasLayout);
  if (laidOut.length > 1) {
    throw new TypeError("multiple bases have instance lay-out conflict");
  }
  const main = laidOut[0] ?? parts.find((part) => part !== PyObject) ?? PyObject;
  const cls: Type = class extends main {};
  const info: TypeInfo = {
    name: bases.map(nameOf).join("+"),
    bases,
    hidden: true,
  };
  const mainInfo: TypeInfo = main[TYPE];
  if (mainInfo.native !== undefined) info.native = mainInfo.native;
  cls[TYPE] = info;
  for (const part of parts) {
    for (const ancestor of chain(part)) {
      const known: TypeInfo = ancestor[TYPE];
      known.mixins ??= new Set();
      known.mixins.add(cls);
      if (known.accessors !== undefined) {
        info.accessors = new Set([...(info.accessors ?? []), ...known.accessors]);
      }
      if (known.hooked) info.hooked = true;
      known.heirs ??= new Set();
      known.heirs.add(info);
    }
  }
  copyAttributes(cls, parts, main);
  return cls;
}

/** Has the class an instance layout of its own (an exception, a wrapped native value)? */
function hasLayout(part: Type): boolean {
  return layoutOf(part) !== PyObject;
}

function layoutOf(part: Type): Type {
  if (part === BaseException || part.prototype instanceof BaseException) return BaseException;
  return (part[TYPE] as TypeInfo).native ?? PyObject;
}

/** A class and its ES ancestors below `object`. */
function* chain(part: Type): Generator<Type> {
  for (let cls = part; cls !== PyObject && cls?.[TYPE] !== undefined; ) {
    yield cls;
    cls = Object.getPrototypeOf(cls);
  }
}

/** Copies the attributes of the bases that the prototype chain does not reach in the right order. */
function copyAttributes(cls: Type, parts: Type[], main: Type): void {
  const info: TypeInfo = cls[TYPE];
  const seen = new Set<string>(["constructor"]);
  parts.forEach((part) => {
    if (part === main) {
      for (const name of namesOf(part)) seen.add(name);
      return;
    }
    for (const ancestor of chain(part)) {
      const descriptors = Object.getOwnPropertyDescriptors(ancestor.prototype);
      for (const [name, descriptor] of Object.entries(descriptors)) {
        if (seen.has(name)) continue;
        seen.add(name);
        Object.defineProperty(cls.prototype, name, descriptor);
        const member = (ancestor[TYPE] as TypeInfo).members?.get(name);
        if (member === undefined) continue;
        info.members ??= new Map();
        info.members.set(name, member);
      }
      for (const name of Object.getOwnPropertyNames(ancestor)) {
        if (!(name in cls)) {
          const descriptor = Object.getOwnPropertyDescriptor(ancestor, name);
          if (descriptor !== undefined) Object.defineProperty(cls, name, descriptor);
        }
      }
    }
  });
}

/** A native base has no `__init__` that would keep the other bases from theirs. */
function namesOf(part: Type): string[] {
  const { __init__ } = part.prototype;
  const native = __init__ === BaseException.prototype.__init__ || WRAPPER_INIT in __init__;
  return [...chain(part)]
    .flatMap((cls) => Object.getOwnPropertyNames(cls.prototype))
    .filter((name) => !(native && name === "__init__"));
}

/** A base got a new attribute: the classes that copied from it copy again. */
export function refreshMixins(info: TypeInfo): void {
  for (const cls of info.mixins ?? []) {
    const own: TypeInfo = cls[TYPE];
    for (const name of Object.getOwnPropertyNames(cls.prototype)) {
      if (name !== "constructor") delete cls.prototype[name];
    }
    own.members?.clear();
    copyAttributes(cls, own.bases.map(subclassable), Object.getPrototypeOf(cls));
    if (own.mixins !== undefined) refreshMixins(own);
  }
}
