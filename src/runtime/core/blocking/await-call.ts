/**
 * `await f(...)` and `await o.m(...)` where what is called may block before it gives what is awaited:
 * emitted as `yield* awaitCall(f, ...)` and `yield* awaitMethod(o, "m", ...)`.
 */

import { call, invokeFound } from "../call/call.js";
import { awaiting } from "../iteration/generators.js";
import { INSTANCE, type Value } from "../values.js";
import { applyMethodWait, applyWait, isBlocking, type Waiting, waitOf } from "./blocking.js";

type Awaited = ReturnType<typeof awaiting>;

/** `await f(*args)` */
export function awaitCall(f: Value, ...args: Value[]): Awaited {
  return isBlocking(f) ? afterCall(applyWait(f, args)) : awaiting(call(f, ...args));
}

/** `await o.name(*args)` */
export function awaitMethod(o: Value, name: string, ...args: Value[]): Awaited {
  const isInstance = typeof o === "object" && o !== null && o[INSTANCE] === true;
  if (!isInstance) return afterCall(applyMethodWait(o, name, args));
  const f = o[name];
  return typeof f === "function" && f.wait !== undefined
    ? afterCall(waitOf(o, f, args))
    : awaiting(invokeFound(o, name, f, ...args));
}

function* afterCall(call: Waiting): Generator<Value, Value, Value> {
  return yield* awaiting(yield* call);
}
