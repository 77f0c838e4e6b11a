/**
 * Members of a class of the runtime that depend on the board of the run: constants whose numbers are the
 * port's, methods that only some ports have. Emitted code reads them as plain properties, so they are
 * accessors; where the port has none they raise AttributeError.
 */

import { WRAPS } from "../call/signature.js";
import { AttributeError } from "../exception/exceptions.js";
import { mangle, TYPE, type Value } from "../values.js";
import type { Type, TypeInfo } from "./type.js";

/** Stored in the members of a class: what its attribute is now, undefined where there is none. */
export class Varying {
  constructor(readonly value: () => Value | undefined) {}
}

/** Makes an attribute of a class depend on `value`; `method`: what it is where the port has it. */
export function varying(
  cls: Type,
  name: string,
  value: () => Value | undefined,
  method?: Value,
): void {
  const info: TypeInfo = cls[TYPE];
  const key = mangle(name);
  info.members ??= new Map();
  info.members.set(name, new Varying(value));
  info.accessors ??= new Set();
  info.accessors.add(key);
  const ofInstance = accessor(key, (instance) => {
    const found = value();
    if (found !== undefined) return found;
    const type: TypeInfo = instance?.constructor?.[TYPE] ?? info;
    throw new AttributeError(`'${type.name}' object has no attribute '${name}'`);
  });
  const ofClass = accessor(key, () => {
    const found = value();
    if (found !== undefined) return found;
    throw new AttributeError(`type object '${info.name}' has no attribute '${name}'`);
  });
  if (method !== undefined) (ofInstance.get as Value)[WRAPS] = method;
  Object.defineProperty(cls.prototype, key, ofInstance);
  if (method === undefined || Object.hasOwn(cls, key)) Object.defineProperty(cls, key, ofClass);
}

/** Takes methods of a base away: the class of MicroPython has none of these names. */
export function without(cls: Type, names: readonly string[]): void {
  for (const name of names) {
    varying(cls, name, () => undefined, cls.prototype[mangle(name)] as Value);
  }
}

/** Readable as `get` says; a class or an object below may have an attribute of its own. */
function accessor(key: string, get: (instance: Value) => Value): PropertyDescriptor {
  return {
    get(this: Value): Value {
      return get(this);
    },
    set(this: Value, value: Value): void {
      const own = { value, writable: true, enumerable: true, configurable: true };
      Object.defineProperty(this, key, own);
    },
    enumerable: true,
    configurable: true,
  };
}
