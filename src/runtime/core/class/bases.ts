/**
 * What a class can extend. Subclasses of builtin value types (`class MyList(list)`) hold the native
 * value in a slot; `subclassable(list)` is the ES class that they extend.
 */

import { apply } from "../call/call.js";
import { METHOD, SIGNATURE, signatureText, WRAPS } from "../call/signature.js";
import { Dict } from "../container/dict.js";
import { AttributeError, TypeError } from "../exception/exceptions.js";
import { NATIVE } from "../slots.js";
import { BARE, INSTANCE, TYPE, tup, type Value } from "../values.js";
import { WRAPPER_INIT } from "./instantiate.js";
import { PyObject } from "./object.js";
import { StaticMethod } from "./property.js";
import { type Constructor, infoOf, type Type, type TypeInfo, typeOf } from "./type.js";

/** The ES class to extend for a Python base class. */
export function subclassable<C extends Constructor>(base: C): C;
export function subclassable(base: Type): Constructor;
export function subclassable(base: Type): Constructor {
  const info = infoOf(base);
  if (info === undefined) throw noType(base);
  if (base.prototype?.[INSTANCE] === true && base[TYPE] === info) return base;
  if (info.abstract) {
    throw new TypeError(`type '${info.name}' isn't an acceptable base type`);
  }
  info.wrapper ??= wrap(base, info);
  return info.wrapper;
}

/** A class statement calls the type of its first base: `class C(5)` is `int("C", (5,), {...})`. */
function noType(base: Value): TypeError {
  apply(typeOf(base), ["", tup(base), new Dict()]);
  return new TypeError();
}

/**
 * The same for a class that redefines what it inherits as something else (a field as a property, a
 * plain method as one that waits): TypeScript does not compare its instances with those of the base.
 */
export function reshaped<C extends Constructor>(base: C): Constructor & Omit<C, "prototype"> {
  return subclassable(base);
}

function wrap(native: Type, info: TypeInfo): Type {
  const wrapper = class extends PyObject {
    static [TYPE]: TypeInfo = { name: info.name, bases: [native], hidden: true, native };

    constructor(...args: Value[]) {
      const inherited = new.target.prototype.__init__[WRAPPER_INIT as never] !== undefined;
      super(...(inherited ? [BARE] : args));
      if (args[0] !== BARE && (this as Value)[NATIVE] === undefined) {
        (this as Value)[NATIVE] = apply(native, args);
      }
    }

    /** Called with arguments that are bound to the native type's parameters already. */
    override __init__(...args: Value[]): Value {
      (this as Value)[NATIVE] = native(...args);
      return null;
    }
  };
  const init: Value = wrapper.prototype.__init__;
  init[WRAPPER_INIT] = true;
  init[METHOD] = true;
  init[SIGNATURE] = signatureText(native);
  init[WRAPS] = native;
  for (const [name, method] of Object.entries(info.methods ?? {})) {
    const own: Value = function (this: Value, ...args: Value[]): Value {
      return method(nativeOf(this), ...args);
    };
    own[METHOD] = true;
    own[WRAPS] = method;
    wrapper.prototype[name] = own;
  }
  const described: TypeInfo = wrapper[TYPE];
  for (const [name, member] of Object.entries(info.statics ?? {})) {
    described.members ??= new Map();
    described.members.set(name, new StaticMethod(member));
    wrapper.prototype[name] = member;
  }
  for (const [name, get] of Object.entries(info.attributes ?? {})) {
    Object.defineProperty(wrapper.prototype, name, {
      get(this: Value): Value {
        return get(nativeOf(this));
      },
      configurable: true,
    });
    described.accessors ??= new Set();
    described.accessors.add(name);
  }
  return wrapper;
}

/** The native value that an instance wraps. */
export function nativeOf(instance: Value): Value {
  const native = instance[NATIVE];
  if (native === undefined) throw new AttributeError("call super().__init__() first");
  return native;
}
