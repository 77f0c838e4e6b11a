/**
 * Iteration: `each(x)` for loops, `iter` and `next` as Python has them, and unpacking.
 * Leaving a loop early never closes a Python generator.
 */

import { invoke } from "../call/call.js";
import { load } from "../class/attributes.js";
import { isGenerator, typeName } from "../class/type.js";
import { IndexError, StopIteration, TypeError, ValueError } from "../exception/exceptions.js";
import { getitem } from "../operator/items.js";
import { NATIVE } from "../slots.js";
import { INSTANCE, type Value } from "../values.js";
import { type Coroutine, resume, stopIteration } from "./generators.js";
import { PyIterator, WrappedIterator } from "./py-iterator.js";

/** Anything iterable as what `for (const item of ...)` takes. */
export function each(x: Value): Iterable<Value> {
  if (Array.isArray(x) || typeof x === "string") return x as Iterable<Value>;
  if (typeof x === "object" && x !== null) {
    if (x[INSTANCE] === true) return instanceIterator(x, x);
    if (isGenerator(x)) return new GeneratorLoop(x);
    if (typeof x[Symbol.iterator] === "function") return x;
  }
  throw notIterable(x);
}

function notIterable(x: Value): TypeError {
  return new TypeError(`'${typeName(x)}' object isn't iterable`);
}

function instanceIterator(x: Value, origin: Value): Iterable<Value> {
  if (typeof x.__iter__ === "function") return stepping(invoke(x, "__iter__"));
  if (x[NATIVE] !== undefined) return each(x[NATIVE]);
  if (typeof x[Symbol.iterator] === "function") return x;
  if (load(x, "__getitem__") !== undefined) return new GetitemLoop(x);
  throw notIterable(origin);
}

/** The loop over an iterator, which need not be iterable itself. */
function stepping(iterator: Value): Iterable<Value> {
  if (isGenerator(iterator)) return new GeneratorLoop(iterator);
  if (typeof iterator === "object" && iterator !== null && iterator[INSTANCE] === true) {
    if (iterator.__next__ === undefined && iterator[NATIVE] !== undefined) {
      return stepping(iterator[NATIVE]);
    }
    return new NextLoop(iterator);
  }
  if (isJsIterator(iterator)) return iterator;
  return new NextLoop(iterator);
}

function isJsIterator(x: Value): x is IterableIterator<Value> {
  return (
    typeof x === "object" &&
    x !== null &&
    typeof x.next === "function" &&
    typeof x[Symbol.iterator] === "function"
  );
}

class GeneratorLoop implements IterableIterator<Value> {
  constructor(private readonly generator: Coroutine) {}

  next(): IteratorResult<Value> {
    return resume(this.generator, null);
  }

  [Symbol.iterator](): this {
    return this;
  }
}

/** Calls `__next__` until it raises StopIteration. */
class NextLoop implements IterableIterator<Value> {
  constructor(private readonly iterator: Value) {}

  next(): IteratorResult<Value> {
    const { iterator } = this;
    if (load(iterator, "__next__") === undefined) throw notIterator(iterator);
    try {
      return { done: false, value: invoke(iterator, "__next__") };
    } catch (error) {
      if (error instanceof StopIteration) return { done: true, value: error.value };
      throw error;
    }
  }

  [Symbol.iterator](): this {
    return this;
  }
}

/** The old protocol: `x[0]`, `x[1]`, ... until IndexError. */
class GetitemLoop implements IterableIterator<Value> {
  private at = 0;

  constructor(private readonly sequence: Value) {}

  next(): IteratorResult<Value> {
    try {
      return { done: false, value: getitem(this.sequence, this.at++) };
    } catch (error) {
      if (error instanceof IndexError || error instanceof StopIteration) {
        return { done: true, value: null };
      }
      throw error;
    }
  }

  [Symbol.iterator](): this {
    return this;
  }
}

function notIterator(x: Value): TypeError {
  return new TypeError(`'${typeName(x)}' object isn't an iterator`);
}

/** `iter(x)` */
export function iter(x: Value): Value {
  if (isGenerator(x) || x instanceof PyIterator) return x;
  if (typeof x === "object" && x !== null && x[INSTANCE] === true) {
    if (typeof x.__iter__ === "function") return invoke(x, "__iter__");
    if (x[NATIVE] !== undefined) return iter(x[NATIVE]);
  }
  if (isJsIterator(x)) return x;
  return new WrappedIterator(each(x)[Symbol.iterator]());
}

/** `next(iterator)` and `next(iterator, fallback)` */
export function next(iterator: Value, fallback?: Value): Value {
  if (typeof iterator === "object" && iterator !== null && iterator[INSTANCE] === true) {
    return nextOfInstance(iterator, fallback);
  }
  let step: IteratorResult<Value, Value>;
  if (isGenerator(iterator)) step = resume(iterator, null);
  else if (isJsIterator(iterator)) step = iterator.next();
  else throw notIterator(iterator);
  if (!step.done) return step.value;
  if (fallback !== undefined) return fallback;
  throw stopIteration(step.value ?? null);
}

function nextOfInstance(iterator: Value, fallback: Value | undefined): Value {
  if (typeof iterator.__next__ !== "function") {
    if (iterator[NATIVE] !== undefined) return next(iterator[NATIVE], fallback);
    if (isJsIterator(iterator)) {
      const step = iterator.next();
      if (!step.done) return step.value;
      if (fallback !== undefined) return fallback;
      throw stopIteration(step.value ?? null);
    }
    throw notIterator(iterator);
  }
  if (fallback === undefined) return invoke(iterator, "__next__");
  try {
    return invoke(iterator, "__next__");
  } catch (error) {
    if (error instanceof StopIteration) return fallback;
    throw error;
  }
}

/** The items of `a, b, c = x`: exactly `count`. */
export function unpack(x: Value, count: number): Value[] {
  if (Array.isArray(x)) {
    if (x.length === count) return x;
    throw x.length < count ? tooFew(x.length) : tooMany(count);
  }
  const items: Value[] = [];
  for (const item of each(x)) {
    if (items.length === count) throw tooMany(count);
    items.push(item);
  }
  if (items.length < count) throw tooFew(items.length);
  return items;
}

/** `for a, b in x`: each item of `x`, taken apart into `count` items. */
export function unpackEach(x: Value, count: number): IterableIterator<Value[]> {
  return new Unpacked(each(x)[Symbol.iterator](), count);
}

class Unpacked implements IterableIterator<Value[]> {
  constructor(
    private readonly items: Iterator<Value>,
    private readonly count: number,
  ) {}

  [Symbol.iterator](): this {
    return this;
  }

  next(): IteratorResult<Value[]> {
    const item = this.items.next();
    return item.done ? item : { value: unpack(item.value, this.count), done: false };
  }
}

/** The items of `a, *b, c = x`: `before` items, the list, `after` items. */
export function unpackStar(x: Value, before: number, after: number): Value[] {
  const items = Array.isArray(x) ? x : [...each(x)];
  if (items.length < before + after) throw tooFew(Math.min(items.length, before + after));
  const end = items.length - after;
  return [...items.slice(0, before), items.slice(before, end), ...items.slice(end)];
}

function tooFew(found: number): ValueError {
  return new ValueError(`need more than ${found} values to unpack`);
}

function tooMany(count: number): ValueError {
  return new ValueError(`too many values to unpack (expected ${count})`);
}

/** The items of a list or tuple; anything else is a TypeError. */
export function asArray(x: Value): Value[] {
  if (Array.isArray(x)) return x;
  const native = x?.[NATIVE];
  if (Array.isArray(native)) return native;
  throw new TypeError(`object '${typeName(x)}' isn't a tuple or list`);
}

/** The items of a list or tuple that must have so many (MicroPython: mp_obj_get_array_fixed_n). */
export function asArrayOf(x: Value, length: number): Value[] {
  const items = asArray(x);
  if (items.length === length) return items;
  throw new ValueError(`requested length ${length} but object has length ${items.length}`);
}

/** `pairs(mapping)`: the items that `**mapping` contributes to a dict display. */
export function* pairs(mapping: Value): Generator<[Value, Value]> {
  const entries = mapping?.[NATIVE] ?? mapping;
  if (typeof entries?.entries === "function" && entries[INSTANCE] !== true) {
    yield* entries.entries();
    return;
  }
  for (const key of each(invoke(mapping, "keys"))) yield [key, getitem(mapping, key)];
}
