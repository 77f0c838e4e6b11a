/**
 * JavaScript values as Python ones, and JavaScript functions as functions that Python calls: what the
 * arguments of `RunningProgram.call` and the functions of `hostModules` go through.
 */

import { def } from "../core/call/signature.js";
import { PyObject } from "../core/class/object.js";
import { Dict } from "../core/container/dict.js";
import { PySet } from "../core/container/set.js";
import { RuntimeModule } from "../core/module/module.js";
import { Bytes, toBytes } from "../core/text/bytes.js";
import { isTuple, toFloat, toInt, type Value } from "../core/values.js";
import { hostError } from "./host-error.js";
import { awaitable } from "./host-promise.js";
import { toHost } from "./to-host.js";

type HostFunction = (...args: Value[]) => Value;

/**
 * The value as Python has it: `undefined` is None, a number an int where it is one that JavaScript holds
 * exactly, a promise or another thenable something to await, a Set a set, a Map or an object without
 * functions a dict, an object with functions one with these as attributes, a function one that takes
 * and gives JavaScript values. What is Python's already stays, as do objects of other classes, which
 * Python can only hand back. A symbol is a TypeError.
 */
export function fromHost(value: Value): Value {
  switch (typeof value) {
    case "undefined":
      return null;
    case "number":
      return Number.isSafeInteger(value) ? value + 0 : toFloat(value);
    case "bigint":
      return toInt(value);
    case "function":
      return isForeign(value) ? hostFunction(value.name, value) : value;
    case "object":
      return value === null ? null : fromObject(value);
    case "symbol":
      throw new TypeError(`Python has nothing like ${String(value)}`);
    default:
      return value;
  }
}

/** A function that Python calls with positional arguments; a rejected promise raises where it is awaited. */
export function hostFunction(name: string, fn: HostFunction): HostFunction {
  return def(
    (...args: Value[]) => {
      try {
        return fromHost(fn(...args.map(toHost)));
      } catch (error) {
        throw hostError(error);
      }
    },
    "*args",
    name,
  );
}

/** An object of functions and values, as the exports of a module. */
export function hostExports(exports: object): Record<string, Value> {
  return Object.fromEntries(
    Object.entries(exports).map(([name, value]) => [
      name,
      typeof value === "function" ? hostFunction(name, value.bind(exports)) : fromHost(value),
    ]),
  );
}

function fromObject(value: Value): Value {
  if (value instanceof Promise) return awaitable(value);
  if (Array.isArray(value)) return isTuple(value) ? value : value.map(fromHost);
  if (value instanceof Map) return dict(value);
  if (value instanceof Set) return new PySet([...value].map(fromHost));
  if (value instanceof Uint8Array) return value instanceof Bytes ? value : toBytes(value);
  if (!(value instanceof PyObject) && typeof value.then === "function") {
    return awaitable(Promise.resolve(value));
  }
  const prototype = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null) return value;
  const isDict = Object.values(value).every((item) => typeof item !== "function");
  return isDict ? dict(Object.entries(value)) : new RuntimeModule("host", hostExports(value));
}

function dict(entries: Iterable<readonly [Value, Value]>): Dict {
  return new Dict([...entries].map(([key, item]) => [fromHost(key), fromHost(item)] as const));
}

/** A function that is none of the program's: they carry signatures, and classes their types. */
function isForeign(fn: Value): boolean {
  return (
    Object.getOwnPropertySymbols(fn).length === 0 &&
    !(fn.prototype instanceof PyObject) &&
    fn.wait === undefined
  );
}
