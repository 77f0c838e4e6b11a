/**
 * Python's side of native generators: send, throw, close, pend_throw, and what `yield*` delegates to
 * in `await x` and `yield from x`.
 *
 * A generator that blocks yields `Wait` objects. The loops of coroutines pass them on; everybody
 * else, here, waits at once.
 */

import { runToEnd, type Waiting } from "../blocking/blocking.js";
import { Wait } from "../blocking/wait.js";
import { invoke } from "../call/call.js";
import { def } from "../call/signature.js";
import { load } from "../class/attributes.js";
import { isGenerator } from "../class/type.js";
import {
  GeneratorExit,
  RuntimeError,
  StopIteration,
  TypeError,
  ValueError,
} from "../exception/exceptions.js";
import { raise } from "../exception/raise.js";
import { INSTANCE, type Value } from "../values.js";
import { iter } from "./iteration.js";
import { PyIterator } from "./py-iterator.js";

export { isGenerator };

/** What calling an `async def` gives; `R` is what awaiting it gives. */
export type Coroutine<R = Value> = Generator<Value, R, Value>;

/** On a generator: how far it has come. Unset until it is resumed for the first time. */
const STATE: unique symbol = Symbol("state");
const STARTED = 1;
const RUNNING = 2;
const FINISHED = 3;
/** On a generator: the exception that `pend_throw` left for the next resumption. */
const PENDING: unique symbol = Symbol("pending");

/** On an exception: the class or the other value that was thrown into a generator. */
const INJECTED: unique symbol = Symbol("injected");

const { throw: nativeThrow } = Object.getPrototypeOf(
  Object.getPrototypeOf((function* () {})()),
) as Coroutine;

type Step = IteratorResult<Value, Value>;

interface Marked {
  [STATE]?: number;
  [PENDING]?: Value;
}

/** Goes on until the next value that is meant for Python. The result's value is never undefined. */
export function resume(generator: Coroutine, value: Value): Step {
  const marked = generator as Coroutine & Marked;
  if (marked[PENDING] !== undefined) return throwPending(marked);
  if (marked[STATE] !== FINISHED) enter(marked);
  try {
    const step = generator.next(value);
    return settle(marked, isWait(step) ? runToEnd(waitsOf(marked, step)) : step);
  } catch (error) {
    throw ended(marked, error);
  }
}

/** The same in code that can suspend: what the generator waits for passes through. */
export function* resumeWait(generator: Coroutine, value: Value): Waiting<Step> {
  const marked = generator as Coroutine & Marked;
  if (marked[PENDING] !== undefined) return throwPending(marked);
  if (marked[STATE] !== FINISHED) enter(marked);
  try {
    const step = generator.next(value);
    return settle(marked, isWait(step) ? yield* waitsOf(marked, step) : step);
  } catch (error) {
    throw ended(marked, error);
  }
}

const isWait = (step: Step): boolean => !step.done && step.value instanceof Wait;

/** What a generator waits for from a step on; returns the first step that is meant for Python. */
function* waitsOf(generator: Coroutine, first: Step): Waiting<Step> {
  let step = first;
  while (isWait(step)) {
    try {
      yield step.value;
    } catch (error) {
      step = generator.throw(error);
      continue;
    }
    step = generator.next(null);
  }
  return step;
}

/** Throws an exception into a generator, as `resume` resumes it. */
export function interrupt(generator: Coroutine, error: Value): Step {
  const marked = generator as Coroutine & Marked;
  if (marked[STATE] === FINISHED) return { done: true, value: null };
  enter(marked);
  const pending = marked[PENDING];
  if (pending !== undefined) delete marked[PENDING];
  try {
    const thrown = injected(pending ?? error);
    const isNative = generator.throw === throwThrough;
    const step = isNative ? nativeThrow.call(generator, thrown) : generator.throw(thrown);
    return settle(marked, isWait(step) ? runToEnd(waitsOf(marked, step)) : step);
  } catch (thrown) {
    throw ended(marked, thrown);
  }
}

function enter(marked: Marked): void {
  if (marked[STATE] === RUNNING) throw running();
  marked[STATE] = RUNNING;
}

function running(): ValueError {
  return new ValueError("generator already executing");
}

/** The exception that a value becomes where it is raised. */
function injected(value: Value): Value {
  const error: Value = raise(value);
  if (error !== value) error[INJECTED] = value;
  return error;
}

function throwPending(marked: Coroutine & Marked): Step {
  return interrupt(marked, marked[PENDING]);
}

/** Notes how far the generator has come, and maps a missing value to None. */
function settle(generator: Marked, step: Step): Step {
  generator[STATE] = step.done ? FINISHED : STARTED;
  return step.value === undefined ? { done: step.done ?? false, value: null } : step;
}

/** The exception that leaves a generator: a StopIteration must not look like its end. */
function ended(generator: Marked, error: unknown): unknown {
  if (error instanceof Error && /already running/.test(error.message)) {
    // By something else than `resume`.
    generator[STATE] = STARTED;
    return running();
  }
  generator[STATE] = FINISHED;
  return error instanceof StopIteration
    ? new RuntimeError("generator raised StopIteration")
    : error;
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

send.wait = function* (generator: Coroutine, value: Value): Generator<Wait, Value, Value> {
  if (value !== null && (generator as Marked)[STATE] === undefined) return send(generator, value);
  return valueOf(yield* resumeWait(generator, value));
};

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
  if (marked[STATE] === RUNNING) throw running();
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
  if (isGenerator(x)) return delegating(x);
  const iterator = iter(x);
  if (isGenerator(iterator)) return delegating(iterator);
  // Iterators of the runtime's own, like those of asyncio, know how to be delegated to.
  const isOwn = iterator?.[INSTANCE] !== true && typeof iterator?.next === "function";
  const goesThrough = iterator instanceof PyIterator && !iterator.$isDelegable;
  return isOwn && !goesThrough ? iterator : new Delegate(iterator);
}

/**
 * A generator that raises GeneratorExit in the one that delegates to it even when it swallows it.
 * The method is set on what all generators of one function inherit from.
 */
function delegating(generator: Coroutine): Coroutine {
  if (generator.throw === nativeThrow) Object.getPrototypeOf(generator).throw = throwThrough;
  return generator;
}

function throwThrough(this: Coroutine, error: Value): IteratorResult<Value, Value> {
  const step = nativeThrow.call(this, error);
  if (step.done && error instanceof GeneratorExit) throw error;
  return step;
}

/** Any other iterator as `yield*` wants it: a StopIteration that it lets through is its end. */
class Delegate implements IterableIterator<Value> {
  constructor(private readonly iterator: Value) {}

  next(value: Value): IteratorResult<Value> {
    const { iterator } = this;
    try {
      if (value !== null && value !== undefined) return yielded(invoke(iterator, "send", value));
      if (iterator instanceof PyIterator) return iterator.next();
      if (hasMethod(iterator, "__next__")) return yielded(invoke(iterator, "__next__"));
      return yielded(invoke(iterator, "send", null));
    } catch (error) {
      return endOf(error);
    }
  }

  /** `close` for GeneratorExit, else `throw` with what was thrown, be it an exception or not. */
  throw(error: Value): IteratorResult<Value> {
    const { [INJECTED]: injected } = error;
    if (error instanceof GeneratorExit && injected === undefined) {
      if (hasMethod(this.iterator, "close")) invoke(this.iterator, "close");
      throw error;
    }
    if (!hasMethod(this.iterator, "throw")) throw error;
    try {
      return yielded(invoke(this.iterator, "throw", injected ?? error));
    } catch (thrown) {
      return endOf(thrown);
    }
  }

  [Symbol.iterator](): this {
    return this;
  }
}

function yielded(value: Value): IteratorResult<Value> {
  return { done: false, value };
}

function endOf(error: unknown): IteratorResult<Value> {
  if (error instanceof StopIteration) return { done: true, value: error.value };
  throw error;
}

function hasMethod(o: Value, name: string): boolean {
  return load(o, name) !== undefined;
}
