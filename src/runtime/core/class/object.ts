/**
 * `PyObject`: Python's `object`, the base of every class of a program and of most runtime classes.
 *
 * The prototype chain ends here, not at JavaScript's Object, so that `o.toString` is no attribute.
 * Nothing is imported that could import this file again: classes extend PyObject while loading.
 */

import { BUILTIN, METHOD, SIGNATURE } from "../call/signature.js";
import { capture } from "../exception/trace.js";
import { BARE, INSTANCE, mangle, TYPE, type Value } from "../values.js";

export class PyObject {
  declare [INSTANCE]: true;
  // biome-ignore lint/suspicious/noExplicitAny: attributes are dynamic.
  [attribute: string]: any;

  static {
    Object.setPrototypeOf(this.prototype, null);
    this.prototype[INSTANCE] = true;
    for (const name of ["__init__", "__setattr__", "__delattr__"]) {
      const method: Value = this.prototype[name];
      method[METHOD] = true;
      method[BUILTIN] = true;
      if (name === "__init__") method[SIGNATURE] = "/";
    }
    (this as Value)[TYPE] = { name: "object", bases: [], builtin: true };
  }

  constructor(...args: Value[]) {
    if (args[0] === BARE) return;
    const { __init__ } = this;
    if (__init__ !== PyObject.prototype.__init__) checkInit(__init__.apply(this, args));
  }

  __init__(..._args: Value[]): Value {
    return null;
  }

  __setattr__(name: string, value: Value): Value {
    checkUserType(this, name);
    store(this, name, value);
    return null;
  }

  __delattr__(name: string): Value {
    checkUserType(this, name);
    if (!Object.hasOwn(this, mangle(name))) {
      throw new EarlyError("AttributeError", () => "no such attribute");
    }
    delete this[mangle(name)];
    return null;
  }

  /** `object.__new__(cls)`. */
  static __new__(cls: Value, ..._args: Value[]): Value {
    return new cls(BARE);
  }

  [Symbol.toPrimitive](): string {
    return `<${(this.constructor as Value)[TYPE]?.name ?? "object"} object>`;
  }
}

/** `object.__setattr__` and `object.__delattr__` work on instances of a program's classes only. */
function checkUserType(object: Value, name: Value): void {
  if (object?.[INSTANCE] !== true || object.constructor[TYPE].builtin) {
    throw new EarlyError("TypeError", () => "arg must be user-type");
  }
  if (typeof name !== "string") throw new EarlyError("TypeError", () => "");
}

/** Makes an attribute of the instance itself, whatever its classes have under that name. */
export function store(object: Value, name: string, value: Value): void {
  Object.defineProperty(object, mangle(name), {
    value,
    writable: true,
    enumerable: true,
    configurable: true,
  });
}

/** `__init__` must return None. */
export function checkInit(result: Value): void {
  if (result === undefined || result === null) return;
  throw new EarlyError("TypeError", (nameOf) => {
    return `__init__() should return None, not '${nameOf(result)}'`;
  });
}

/** Thrown instead of an exception, which this file cannot import; `caught` makes one of it. */
export class EarlyError {
  readonly trace = capture();

  constructor(
    readonly type: "TypeError" | "AttributeError",
    readonly message: (typeName: (value: Value) => string) => string,
  ) {}
}
