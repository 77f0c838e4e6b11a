/**
 * `async with` and `async for`: `const cm = asyncManager(x); const v = yield* cm.enter(); try { ... }
 * catch (e) { yield* cm.caught(e); } finally { yield* cm.exit(); }`. What `yield*` is given is the
 * coroutine of the program's method itself, where nothing is to be done after it.
 */

import { call, callSpecial, invoke } from "../call/call.js";
import { ARITY } from "../call/signature.js";
import { getattr } from "../class/attributes.js";
import { isInstance, typeOf } from "../class/type.js";
import { handled, handling } from "../exception/being-handled.js";
import { StopAsyncIteration } from "../exception/exceptions.js";
import { caught } from "../exception/raise.js";
import { awaiting, type Coroutine } from "../iteration/generators.js";
import { truth } from "../operator/unary.js";
import { INSTANCE, type Value } from "../values.js";

type Awaited = Iterable<Value> & Iterator<Value, Value, Value>;

export class AsyncManager {
  private isEntered = false;

  constructor(private readonly context: Value) {}

  enter(): Awaited {
    this.isEntered = true;
    return awaiting(entered(this.context));
  }

  *caught(thrown: unknown): Coroutine {
    const error = handling(caught(thrown));
    if (!this.isEntered) throw error;
    const taken = yield* this.leave(typeOf(error), error);
    if (!truth(taken ?? null)) throw error;
    handled();
  }

  exit(): Awaited {
    return this.isEntered ? this.leave(null, null) : NOTHING;
  }

  /** Looks for `__aexit__` only now, as MicroPython does. */
  private leave(type: Value, error: Value): Awaited {
    const { context } = this;
    this.isEntered = false;
    const method = isInstance(context) ? context.__aexit__ : undefined;
    return awaiting(
      typeof method === "function"
        ? callSpecial(context, method, type, error, null)
        : call(getattr(context, "__aexit__"), type, error, null),
    );
  }
}

/** Awaiting it does nothing. */
const NOTHING: Awaited = {
  next: () => ({ done: true, value: null }),
  [Symbol.iterator]: () => NOTHING,
} as Awaited;

/** `async with x` */
export function asyncManager(x: Value): AsyncManager {
  return new AsyncManager(x);
}

// As emit/inline does for method calls: a place of its own for each name lets the engine see the method.

function entered(context: Value): Value {
  if (context?.[INSTANCE] === true) {
    const method = context.__aenter__;
    if (method?.[ARITY] & 1) return method.call(context) ?? null;
  }
  return invoke(context, "__aenter__");
}

function nextOf(iterator: Value): Value {
  if (iterator?.[INSTANCE] === true) {
    const method = iterator.__anext__;
    if (method?.[ARITY] & 1) return method.call(iterator) ?? null;
  }
  return invoke(iterator, "__anext__");
}

/** What next() of an AsyncLoop gives at the end. */
const DONE = Symbol("done");

/**
 * `async for`: `yield* loop.next()` gives the next item or `done`. The JavaScript that runs says
 * `loop.begin() ? yield* loop.rest : loop.value`, which costs less where an item is there at once.
 */
export class AsyncLoop {
  readonly done: symbol = DONE;
  readonly rest: AsyncRest = new AsyncRest();
  /** The item, when begin() has returned false. */
  value: Value = null;

  constructor(private readonly iterator: Value) {}

  *next(): Coroutine {
    return this.begin() ? yield* this.rest : this.value;
  }

  /** Starts on the next item; true when that suspends. */
  begin(): boolean {
    try {
      const awaited = awaiting(nextOf(this.iterator));
      const step = awaited.next(null);
      if (step.done !== true) {
        this.rest.resume(awaited, step);
        return true;
      }
      this.value = step.value === undefined ? null : step.value;
    } catch (thrown) {
      if (!(thrown instanceof StopAsyncIteration)) throw thrown;
      this.value = DONE;
    }
    return false;
  }
}

/** What is left of a coroutine of `__anext__` that has suspended; StopAsyncIteration becomes `done`. */
class AsyncRest implements IterableIterator<Value> {
  private awaited: Awaited = NOTHING;
  private first: IteratorResult<Value, Value> | null = null;

  /** Goes on with a coroutine that has yielded `first`. */
  resume(awaited: Awaited, first: IteratorResult<Value, Value>): void {
    this.awaited = awaited;
    this.first = first;
  }

  next(value: Value): IteratorResult<Value, Value> {
    const { first } = this;
    if (first !== null) {
      this.first = null;
      return first;
    }
    try {
      return itemOf(this.awaited.next(value));
    } catch (thrown) {
      return endOf(thrown);
    }
  }

  throw(error: unknown): IteratorResult<Value, Value> {
    if (this.awaited.throw === undefined) throw error;
    try {
      return itemOf(this.awaited.throw(error));
    } catch (thrown) {
      return endOf(thrown);
    }
  }

  return(value: Value): IteratorResult<Value, Value> {
    this.awaited.return?.(value);
    return { done: true, value };
  }

  [Symbol.iterator](): this {
    return this;
  }
}

function itemOf(step: IteratorResult<Value, Value>): IteratorResult<Value, Value> {
  return step.done && step.value === undefined ? { done: true, value: null } : step;
}

function endOf(thrown: unknown): IteratorResult<Value, Value> {
  if (!(thrown instanceof StopAsyncIteration)) throw thrown;
  return { done: true, value: DONE };
}

export function asyncIter(x: Value): AsyncLoop {
  return new AsyncLoop(invoke(x, "__aiter__"));
}
