/**
 * `async with` and `async for`: `const cm = asyncManager(x); const v = yield* cm.enter(); try { ... }
 * catch (e) { yield* cm.caught(e); } finally { yield* cm.exit(); }`. What `yield*` is given is the
 * coroutine of the program's method itself, where nothing is to be done after it.
 */

import { getattr } from "./attributes.js";
import { call, callSpecial, invoke } from "./call.js";
import { StopAsyncIteration } from "./exceptions.js";
import { awaiting, type Coroutine } from "./generators.js";
import { caught } from "./raise.js";
import { isInstance, typeOf } from "./type.js";
import { truth } from "./unary.js";
import type { Value } from "./values.js";

type Awaited = Iterable<Value> & Iterator<Value, Value, Value>;

export class AsyncManager {
  /** `__aexit__` while it is to be called: of an object whose methods take `this`, or bound. */
  private left: Value = null;
  private self: Value = null;

  constructor(private readonly context: Value) {}

  enter(): Awaited {
    const { context } = this;
    if (isInstance(context) && typeof context.__aexit__ === "function") {
      this.left = context.__aexit__;
      this.self = context;
    } else {
      this.left = getattr(context, "__aexit__");
    }
    return awaiting(invoke(context, "__aenter__"));
  }

  *caught(thrown: unknown): Coroutine {
    const error = caught(thrown);
    if (this.left === null) throw error;
    const taken = yield* this.leave(typeOf(error), error);
    if (!truth(taken ?? null)) throw error;
  }

  exit(): Awaited {
    return this.left === null ? NOTHING : this.leave(null, null);
  }

  private leave(type: Value, error: Value): Awaited {
    const { left, self } = this;
    this.left = null;
    return awaiting(
      self === null ? call(left, type, error, null) : callSpecial(self, left, type, error, null),
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

/** What next() of an AsyncLoop gives at the end. */
const DONE = Symbol("done");

/**
 * `async for`. As only one item is awaited at a time, it is itself what `yield* loop.next()` runs: the
 * coroutine of `__anext__`, with StopAsyncIteration turned into `done`.
 */
export class AsyncLoop {
  readonly done: symbol = DONE;
  private readonly step: AsyncStep;

  constructor(private readonly iterator: Value) {
    this.step = new AsyncStep();
  }

  next(): Awaited {
    const { step } = this;
    step.begin(this.iterator);
    return step;
  }
}

class AsyncStep implements IterableIterator<Value> {
  private awaited: Awaited = NOTHING;
  private ended = false;

  begin(iterator: Value): void {
    try {
      this.awaited = awaiting(invoke(iterator, "__anext__"));
    } catch (thrown) {
      this.end(thrown);
    }
  }

  next(value: Value): IteratorResult<Value, Value> {
    if (this.ended) return { done: true, value: DONE };
    try {
      return itemOf(this.awaited.next(value));
    } catch (thrown) {
      return this.end(thrown);
    }
  }

  throw(error: unknown): IteratorResult<Value, Value> {
    if (this.awaited.throw === undefined) throw error;
    try {
      return itemOf(this.awaited.throw(error));
    } catch (thrown) {
      return this.end(thrown);
    }
  }

  return(value: Value): IteratorResult<Value, Value> {
    this.awaited.return?.(value);
    return { done: true, value };
  }

  [Symbol.iterator](): this {
    return this;
  }

  private end(thrown: unknown): IteratorResult<Value, Value> {
    if (!(thrown instanceof StopAsyncIteration)) throw thrown;
    this.ended = true;
    return { done: true, value: DONE };
  }
}

function itemOf(step: IteratorResult<Value, Value>): IteratorResult<Value, Value> {
  return step.done && step.value === undefined ? { done: true, value: null } : step;
}

export function asyncIter(x: Value): AsyncLoop {
  return new AsyncLoop(invoke(x, "__aiter__"));
}
