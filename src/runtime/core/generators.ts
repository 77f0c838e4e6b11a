/**
 * Python's side of native generators: send, throw, close, pend_throw, and what `yield*` delegates to
 * in `await x` and `yield from x`.
 *
 * A generator that blocks yields `Wait` objects. The loops of coroutines pass them on; everybody
 * else, here, waits at once.
 */

import { load } from "./attributes.js";
import { block } from "./blocking.js";
import { invoke } from "./call.js";
import {
  BaseException,
  GeneratorExit,
  RuntimeError,
  StopIteration,
  TypeError,
  ValueError,
} from "./exceptions.js";
import { iter } from "./iteration.js";
import { raise } from "./raise.js";
import { def } from "./signature.js";
import { isGenerator } from "./type.js";
import { INSTANCE, type Value } from "./values.js";
import { Wait } from "./wait.js";

export { isGenerator };

/** What calling an `async def` gives; `R` is what awaiting it gives. */
export type Coroutine<R = Value> = Generator<Value, R, Value>;

/** On a generator: how far it has come. Unset until it is resumed for the first time. */
const STATE: unique symbol = Symbol("state");
const STARTED = 1;
const FINISHED = 2;
/** On a generator: the exception that `pend_throw` left for the next resumption. */
const PENDING: unique symbol = Symbol("pending");

interface Marked {
  [STATE]?: number;
  [PENDING]?: Value;
}

/** Goes on until the next value that is meant for Python. The result's value is never undefined. */
export function resume(generator: Coroutine, value: Value): IteratorResult<Value, Value> {
  const marked = generator as Coroutine & Marked;
  if (marked[STATE] === undefined) marked[STATE] = STARTED;
  if (marked[PENDING] !== undefined) return throwPending(marked);
  try {
    return settle(marked, generator.next(value));
  } catch (error) {
    throw ended(marked, error);
  }
}

/** Throws an exception into a generator, as `resume` resumes it. */
export function interrupt(generator: Coroutine, error: Value): IteratorResult<Value, Value> {
  const marked = generator as Coroutine & Marked;
  if (marked[STATE] === FINISHED) return { done: true, value: null };
  marked[STATE] = STARTED;
  const pending = marked[PENDING];
  if (pending !== undefined) delete marked[PENDING];
  try {
    return settle(marked, generator.throw(raise(pending ?? error)));
  } catch (thrown) {
    throw ended(marked, thrown);
  }
}

function throwPending(marked: Coroutine & Marked): IteratorResult<Value, Value> {
  return interrupt(marked, marked[PENDING]);
}

/** Waits while the generator blocks; then maps a missing value to None. */
function settle(
  generator: Coroutine & Marked,
  first: IteratorResult<Value, Value>,
): IteratorResult<Value, Value> {
  let step = first;
  while (!step.done && step.value instanceof Wait) {
    block(step.value);
    step = generator.next(null);
  }
  if (step.done) generator[STATE] = FINISHED;
  return step.value === undefined ? { done: step.done ?? false, value: null } : step;
}

/** The exception that leaves a generator: a StopIteration must not look like its end. */
function ended(generator: Marked, error: unknown): unknown {
  if (error instanceof StopIteration) {
    generator[STATE] = FINISHED;
    return new RuntimeError("generator raised StopIteration");
  }
  if (error instanceof Error && /already running/.test(error.message)) {
    return new ValueError("generator already executing");
  }
  if (error instanceof BaseException) generator[STATE] = FINISHED;
  return error;
}

/** What a finished generator raises: `StopIteration(value)`. */
export function stopIteration(value: Value): StopIteration {
  return value === null ? new StopIteration() : new StopIteration(value);
}

function valueOf(step: IteratorResult<Value, Value>): Value {
  if (step.done) throw stopIteration(step.value);
  return step.value;
}

/** `g.send(value)` */
export function send(generator: Coroutine, value: Value): Value {
  if (value !== null && (generator as Marked)[STATE] === undefined) {
    throw new TypeError("can't send non-None value to a just-started generator");
  }
  return valueOf(resume(generator, value));
}

/** `g.throw(type)`, `g.throw(instance)`, `g.throw(type, instance)` */
export function throwInto(generator: Coroutine, type: Value, value: Value = null): Value {
  return valueOf(interrupt(generator, value === null ? type : value));
}

/** `g.close()` */
export function close(generator: Coroutine): null {
  if ((generator as Marked)[STATE] === undefined) {
    generator.return(null);
    (generator as Marked)[STATE] = FINISHED;
    return null;
  }
  try {
    if (interrupt(generator, new GeneratorExit()).done) return null;
  } catch (error) {
    if (error instanceof GeneratorExit) return null;
    throw error;
  }
  throw new RuntimeError("generator ignored GeneratorExit");
}

/** `g.pend_throw(exception)`: thrown when it is resumed next; returns what was pending. */
export function pendThrow(generator: Coroutine, error: Value): Value {
  const marked = generator as Coroutine & Marked;
  const previous = marked[PENDING] ?? null;
  if (error === null) delete marked[PENDING];
  else marked[PENDING] = error;
  return previous;
}

export const generatorMethods = {
  close: def(close, "/"),
  send: def(send, "value, /"),
  throw: def(throwInto, "type, value=, traceback=, /"),
  pend_throw: def(pendThrow, "exception, /"),
};

/** What `x = yield v` gets. */
export function received(value: Value): Value {
  return value === undefined ? null : value;
}

/** What `yield*` delegates to in `await x` and `yield from x`. */
export function awaiting(x: Value): Iterable<Value> & Iterator<Value, Value, Value> {
  if (isGenerator(x)) return x;
  const iterator = iter(x);
  if (typeof iterator === "object" && iterator !== null && iterator[INSTANCE] !== true) {
    if (typeof iterator.next === "function") return iterator;
  }
  return new Delegate(iterator);
}

/** An iterator written in Python as `yield*` wants it. */
class Delegate implements IterableIterator<Value> {
  constructor(private readonly iterator: Value) {}

  next(value: Value): IteratorResult<Value> {
    const received = value === undefined ? null : value;
    const method = received === null && hasMethod(this.iterator, "__next__") ? "__next__" : "send";
    return this.step(() =>
      method === "send" ? invoke(this.iterator, "send", received) : invoke(this.iterator, method),
    );
  }

  throw(error: Value): IteratorResult<Value> {
    if (error instanceof GeneratorExit) {
      if (hasMethod(this.iterator, "close")) {
        return { done: true, value: invoke(this.iterator, "close") };
      }
    } else if (hasMethod(this.iterator, "throw")) {
      return this.step(() => invoke(this.iterator, "throw", error));
    }
    throw error;
  }

  private step(run: () => Value): IteratorResult<Value> {
    try {
      return { done: false, value: run() };
    } catch (error) {
      if (error instanceof StopIteration) return { done: true, value: error.value };
      throw error;
    }
  }

  [Symbol.iterator](): this {
    return this;
  }
}

function hasMethod(o: Value, name: string): boolean {
  return load(o, name) !== undefined;
}
