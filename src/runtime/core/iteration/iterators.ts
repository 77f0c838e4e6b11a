/** `enumerate`, `zip`, `map`, `filter` and `reversed`: iterators over other iterables. */

import { call, invoke } from "../call/call.js";
import { def } from "../call/signature.js";
import { load } from "../class/attributes.js";
import type { TypeInfo } from "../class/type.js";
import { index } from "../number/numbers.js";
import { getitem, len } from "../operator/items.js";
import { truth } from "../operator/unary.js";
import { asTuple, TYPE, tup, type Value } from "../values.js";
import { each } from "./iteration.js";
import { PyIterator } from "./py-iterator.js";

type Source = Iterator<Value>;

const END: IteratorResult<Value> = { done: true, value: null };

function source(x: Value): Source {
  return each(x)[Symbol.iterator]();
}

class Enumerate extends PyIterator {
  static override [TYPE]: TypeInfo = { name: "enumerate", bases: [], represents: () => enumerate };

  constructor(
    private readonly items: Source,
    private count: number,
  ) {
    super();
  }

  next(): IteratorResult<Value> {
    const step = this.items.next();
    return step.done ? step : { done: false, value: tup(this.count++, step.value) };
  }
}

/** `enumerate(iterable, start=0)` */
export function enumerate(iterable: Value, start: Value = 0): PyIterator {
  return new Enumerate(source(iterable), index(start));
}
def(enumerate, "iterable, start=");

/** One item of each source, or the end of the first that is at its end. */
function take(sources: readonly Source[]): IteratorResult<Value[], Value> {
  const items: Value[] = [];
  for (const each of sources) {
    const step = each.next();
    if (step.done) return step;
    items.push(step.value);
  }
  return { done: false, value: items };
}

class Zip extends PyIterator {
  static override [TYPE]: TypeInfo = { name: "zip", bases: [], represents: () => zip };

  constructor(private readonly sources: Source[]) {
    super();
  }

  next(): IteratorResult<Value> {
    if (this.sources.length === 0) return END;
    const step = take(this.sources);
    return step.done ? step : { done: false, value: asTuple(step.value) };
  }
}

/** `zip(a, b, ...)` */
export function zip(...iterables: Value[]): PyIterator {
  return new Zip(iterables.map(source));
}
def(zip, "*iterables, /");

class Mapped extends PyIterator {
  static override [TYPE]: TypeInfo = { name: "map", bases: [], represents: () => map };

  constructor(
    private readonly fn: Value,
    private readonly sources: Source[],
  ) {
    super();
  }

  next(): IteratorResult<Value> {
    const step = take(this.sources);
    return step.done ? step : { done: false, value: call(this.fn, ...step.value) };
  }
}

/** `map(function, a, b, ...)` */
export function map(fn: Value, iterable: Value, ...more: Value[]): PyIterator {
  return new Mapped(fn, [iterable, ...more].map(source));
}
def(map, "function, iterable, *more, /");

class Filtered extends PyIterator {
  static override [TYPE]: TypeInfo = { name: "filter", bases: [], represents: () => filter };

  constructor(
    private readonly fn: Value,
    private readonly items: Source,
  ) {
    super();
  }

  next(): IteratorResult<Value> {
    for (;;) {
      const step = this.items.next();
      if (step.done) return step;
      if (truth(this.fn === null ? step.value : call(this.fn, step.value))) return step;
    }
  }
}

/** `filter(function, iterable)` */
export function filter(fn: Value, iterable: Value): PyIterator {
  return new Filtered(fn, source(iterable));
}
def(filter, "function, iterable, /");

class Reversed extends PyIterator {
  static override [TYPE]: TypeInfo = { name: "reversed", bases: [], represents: () => reversed };

  constructor(
    private readonly sequence: Value,
    private left: number,
  ) {
    super();
  }

  next(): IteratorResult<Value> {
    if (this.left === 0) return END;
    return { done: false, value: getitem(this.sequence, --this.left) };
  }
}

/** `reversed(sequence)` */
export function reversed(sequence: Value): Value {
  if (typeof sequence === "object" && load(sequence, "__reversed__") !== undefined) {
    return invoke(sequence, "__reversed__");
  }
  return new Reversed(sequence, index(len(sequence)));
}
def(reversed, "sequence, /");
