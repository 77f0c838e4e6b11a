/**
 * Functions that block. Each is a generator of `Wait` objects in two forms: `f(...)` runs it to its
 * end at once, `yield* f.wait(...)` lets whoever drives the caller do the waiting.
 */

import { bindArguments, type Kwargs } from "../call/arguments.js";
import { apply, applyFound, applyMethod, invoke, nativeMethod } from "../call/call.js";
import { type Callable, METHOD, signatureOf, WRAPS } from "../call/signature.js";
import { getattr } from "../class/attributes.js";
import { complete, instantiate } from "../class/instantiate.js";
import { checkInit } from "../class/object.js";
import type { Constructor, Type } from "../class/type.js";
import { current } from "../context.js";
import { RuntimeError } from "../exception/exceptions.js";
import { BARE, INSTANCE, LOAD, type Value } from "../values.js";
import type { Wait } from "./wait.js";

export type Waiting<R = Value> = Generator<Wait, R, Value>;

export interface Blocking<A extends Value[], R> {
  (...args: A): R;
  wait(...args: A): Waiting<R>;
}

/** Makes a plain callable with `.wait` of a generator function. */
export function blocking<A extends Value[], R>(
  generator: (...args: A) => Generator<Value, R, Value>,
): Blocking<A, R> {
  const run: Value = (...args: A): R => runToEnd(generator(...args));
  run.wait = generator;
  run[WRAPS] = generator;
  return run;
}

/** The same for a method. */
export function blockingMethod(generator: Callable): Callable {
  const run: Value = function (this: Value, ...args: Value[]): Value {
    return runToEnd(generator.apply(this, args));
  };
  run.wait = generator;
  run[METHOD] = true;
  run[WRAPS] = generator;
  return run;
}

/** Runs a generator to its end, waiting as it demands. */
export function runToEnd<R>(generator: Generator<Value, R, Value>): R {
  let step = generator.next();
  while (!step.done) step = stepAfter(generator, step.value);
  return step.value === undefined ? (null as R) : step.value;
}

/** Waits at once, and takes the next step of the generator that asked for it: its exception, if waiting fails. */
function stepAfter<R>(generator: Generator<Value, R, Value>, wait: Wait): IteratorResult<Value, R> {
  try {
    block(wait);
  } catch (error) {
    return generator.throw(error);
  }
  return generator.next(null);
}

/** Waits at once, without returning to the host's event loop. */
export function block(wait: Wait): void {
  if (current().block(wait)) return;
  throw new RuntimeError("cannot wait here: the caller is not able to suspend");
}

type Waiter = Callable & { wait?: Callable };

/** Whether calling the value may block: a function that does, or a class or object that calls one. */
export function isBlocking(f: Value): boolean {
  if (typeof f === "function") return f.wait !== undefined || blockingInit(f) !== undefined;
  return hasBlockingCall(f);
}

const hasBlockingCall = (f: Value): boolean =>
  typeof f === "object" && f?.[INSTANCE] === true && f.__call__?.wait !== undefined;

/** `f(*args, **kwargs)`, suspending when f blocks. */
export function* applyWait(f: Value, args: Value[], kwargs?: Kwargs): Waiting {
  if (blockingInit(f) !== undefined) return yield* newWait(f, args, kwargs);
  if (hasBlockingCall(f)) return yield* waitOf(f, f.__call__, args, kwargs);
  return isBlocking(f) ? yield* waitOf(undefined, f, args, kwargs) : apply(f, args, kwargs);
}

/** Calls a function that blocks, with `self` as its `this`. */
export function* waitOf(self: Value, f: Value, args: Value[], kwargs?: Kwargs): Waiting {
  const result = yield* f.wait.apply(self, bindArguments(signatureOf(f), args, kwargs));
  return result === undefined ? null : result;
}

export function callWait(f: Value, ...args: Value[]): Waiting {
  return applyWait(f, args);
}

/** `o.name(*args, **kwargs)`, suspending when the method blocks. */
export function* applyMethodWait(o: Value, name: string, args: Value[], kwargs?: Kwargs): Waiting {
  if (typeof o === "object" && o !== null) {
    const f = o[name];
    if (typeof f === "function" && f.wait !== undefined) return yield* waitOf(o, f, args, kwargs);
    if (o[INSTANCE] === true) return applyFound(o, name, f, args, kwargs);
  }
  const native = nativeMethod(o, name) as Waiter | undefined;
  if (native?.wait !== undefined) {
    return yield* native.wait(o, ...bindArguments(signatureOf(native), args, kwargs));
  }
  // Functions of a class or a module: what they are is known when they have been looked up.
  if (typeof o === "function" || o?.[LOAD] !== undefined) {
    return yield* applyWait(getattr(o, name), args, kwargs);
  }
  return kwargs === undefined ? invoke(o, name, ...args) : applyMethod(o, name, args, kwargs);
}

export function invokeWait(o: Value, name: string, ...args: Value[]): Waiting {
  return applyMethodWait(o, name, args);
}

/**
 * The object, its methods in the form that suspends: `yield* waiting(lcd).refresh()`. TypeScript sees the
 * generator methods of the class as they are written; a call without it runs them to their end.
 */
export function waiting<O>(object: O): O {
  return new Proxy({ object }, SUSPENDING) as O;
}

const SUSPENDING: ProxyHandler<{ object: Value }> = {
  get({ object }, name: string) {
    const wait: Callable | undefined = object?.[name]?.wait;
    return (...args: Value[]): Waiting =>
      wait === undefined ? invokeWait(object, name, ...args) : wait.apply(object, args);
  },
};

/** `C(*args, **kwargs)`, suspending when `__init__` blocks. */
export function newWait<C extends Constructor>(
  cls: C,
  args?: Value[],
  kwargs?: Kwargs,
): Waiting<InstanceType<C>>;
export function newWait(cls: Type, args?: Value[], kwargs?: Kwargs): Waiting;
export function* newWait(cls: Type, args: Value[] = [], kwargs?: Kwargs): Waiting {
  const init = blockingInit(cls);
  if (init === undefined) return yield* applyWait(cls, args, kwargs);
  if (cls.prototype.__new__ !== undefined) return instantiate(cls, args, kwargs);
  const object = new cls(BARE);
  checkInit(yield* init.wait.apply(object, bindArguments(signatureOf(init), args, kwargs)));
  complete(object, args, kwargs);
  return object;
}

function blockingInit(cls: Value): (Callable & { wait: Callable }) | undefined {
  const init = cls?.prototype?.[INSTANCE] === true ? cls.prototype.__init__ : undefined;
  return init?.wait === undefined ? undefined : init;
}
