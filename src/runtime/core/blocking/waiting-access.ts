/**
 * What iterating, indexing and reading attributes is in code that can suspend, in a program whose
 * generators, iterators, `__getitem__` or properties may block: each asks the blocking form of what it
 * calls, if there is one, and else does what its plain form does.
 */

import { invoke } from "../call/call.js";
import { setattr } from "../class/attribute-writes.js";
import { getattr } from "../class/attributes.js";
import { ownerOf } from "../class/class-attributes.js";
import { Property } from "../class/property.js";
import { isGenerator } from "../class/type.js";
import { StopIteration } from "../exception/exceptions.js";
import { resumeWait, stopIteration } from "../iteration/generators.js";
import { each, iter, next } from "../iteration/iteration.js";
import { delitem, getitem, setitem } from "../operator/items.js";
import { INSTANCE, mangle, TYPE, type Value } from "../values.js";
import { invokeWait, type Waiting } from "./blocking.js";

const isInstance = (x: Value): boolean =>
  typeof x === "object" && x !== null && x[INSTANCE] === true;

/** Whether the method of an object of the program blocks. */
const blocks = (x: Value, method: string): boolean =>
  isInstance(x) && x[method]?.wait !== undefined;

/**
 * ```ts
 * for (const items = yield* eachWait(xs); yield* items.advance(); ) { const x = items.value; ... }
 * ```
 */
export function* eachWait(x: Value): Waiting<WaitingItems> {
  if (!isInstance(x)) return new WaitingItems(x);
  if (blocks(x, "__iter__")) return new WaitingItems(yield* invokeWait(x, "__iter__"));
  return new WaitingItems(typeof x.__iter__ === "function" ? invoke(x, "__iter__") : x);
}

/** The items of an iterable, one after the other. */
export class WaitingItems {
  value: Value = null;
  private readonly plain: Iterator<Value> | null;

  constructor(private readonly source: Value) {
    const waits = isGenerator(source) || blocks(source, "__next__");
    this.plain = waits ? null : each(iter(source))[Symbol.iterator]();
  }

  *advance(): Waiting<boolean> {
    if (this.plain !== null) return this.take(this.plain.next());
    if (isGenerator(this.source)) return this.take(yield* resumeWait(this.source, null));
    try {
      this.value = yield* invokeWait(this.source, "__next__");
      return true;
    } catch (error) {
      if (error instanceof StopIteration) return false;
      throw error;
    }
  }

  private take(step: IteratorResult<Value>): boolean {
    this.value = step.value;
    return step.done !== true;
  }
}

/** What takes all items at once gets them as a list: `list(yield* gathered(xs))`. */
export function* gathered(x: Value): Waiting {
  if (!isGenerator(x) && !blocks(x, "__iter__") && !blocks(x, "__next__")) return x;
  const list: Value[] = [];
  for (const items = yield* eachWait(x); yield* items.advance(); ) list.push(items.value);
  return list;
}

/** `next(iterator)` and `next(iterator, fallback)` */
export function* nextWait(iterator: Value, fallback?: Value): Waiting {
  if (isGenerator(iterator)) {
    const step = yield* resumeWait(iterator, null);
    if (step.done !== true) return step.value;
    if (fallback !== undefined) return fallback;
    throw stopIteration(step.value);
  }
  if (!blocks(iterator, "__next__")) return next(iterator, fallback);
  try {
    return yield* invokeWait(iterator, "__next__");
  } catch (error) {
    if (fallback !== undefined && error instanceof StopIteration) return fallback;
    throw error;
  }
}

/** `x[i]` */
export function* getitemWait(x: Value, index: Value): Waiting {
  return blocks(x, "__getitem__") ? yield* invokeWait(x, "__getitem__", index) : getitem(x, index);
}

/** `x[i] = value` */
export function* setitemWait(x: Value, index: Value, value: Value): Waiting {
  if (blocks(x, "__setitem__")) yield* invokeWait(x, "__setitem__", index, value);
  else setitem(x, index, value);
  return null;
}

/** `del x[i]` */
export function* delitemWait(x: Value, index: Value): Waiting {
  if (blocks(x, "__delitem__")) yield* invokeWait(x, "__delitem__", index);
  else delitem(x, index);
  return null;
}

/** `x.name`, where that may be a property whose getter blocks. */
export function* getattrWait(x: Value, name: string): Waiting {
  const get = propertyOf(x, name)?.get;
  if (get?.wait === undefined) return getattr(x, name);
  const value = yield* get.wait(x);
  return value === undefined ? null : value;
}

/** `x.name = value`, where that may be a property whose setter blocks. */
export function* setattrWait(x: Value, name: string, value: Value): Waiting {
  const set = propertyOf(x, name)?.set;
  if (set?.wait === undefined) setattr(x, name, value);
  else yield* set.wait(x, value);
  return null;
}

function propertyOf(x: Value, name: string): Property | undefined {
  if (!isInstance(x)) return undefined;
  const owner = ownerOf(Object.getPrototypeOf(x), mangle(name));
  const member = owner?.constructor[TYPE]?.members?.get(name);
  return member instanceof Property ? member : undefined;
}
