/** `collections.deque`: a ring of fixed size. */

import { def } from "../call/signature.js";
import { nativeType } from "../class/builtin-types.js";
import type { TypeInfo } from "../class/type.js";
import { IndexError, ValueError } from "../exception/exceptions.js";
import { each } from "../iteration/iteration.js";
import { index } from "../number/numbers.js";
import { itemIndex } from "../operator/bounds.js";
import { GETITEM, SETITEM, UNARY, type UnaryOp } from "../slots.js";
import { TYPE, type Value } from "../values.js";

export class Deque {
  static [TYPE]: TypeInfo = { name: "deque", bases: [], represents: () => deque };

  /** One place more than there can be items, so that full and empty differ. */
  private readonly ring: Value[];
  private first = 0;
  private end = 0;

  constructor(
    capacity: number,
    private readonly checked: boolean,
  ) {
    this.ring = new Array(capacity + 1).fill(null);
  }

  get length(): number {
    return (this.end - this.first + this.ring.length) % this.ring.length;
  }

  private after(at: number): number {
    return at + 1 === this.ring.length ? 0 : at + 1;
  }

  private before(at: number): number {
    return at === 0 ? this.ring.length - 1 : at - 1;
  }

  append(item: Value): null {
    const end = this.after(this.end);
    if (this.checked && end === this.first) throw new IndexError("full");
    this.ring[this.end] = item;
    this.end = end;
    if (this.first === end) this.first = this.after(this.first);
    return null;
  }

  appendleft(item: Value): null {
    const first = this.before(this.first);
    if (this.checked && first === this.end) throw new IndexError("full");
    this.first = first;
    this.ring[first] = item;
    if (this.end === first) this.end = this.before(this.end);
    return null;
  }

  extend(items: Value): null {
    for (const item of each(items)) this.append(item);
    return null;
  }

  popleft(): Value {
    if (this.first === this.end) throw new IndexError("empty");
    const item = this.ring[this.first];
    this.ring[this.first] = null;
    this.first = this.after(this.first);
    return item;
  }

  pop(): Value {
    if (this.first === this.end) throw new IndexError("empty");
    this.end = this.before(this.end);
    const item = this.ring[this.end];
    this.ring[this.end] = null;
    return item;
  }

  private offset(key: Value): number {
    return (this.first + itemIndex("deque", this.length, key)) % this.ring.length;
  }

  [GETITEM](key: Value): Value {
    return this.ring[this.offset(key)];
  }

  [SETITEM](key: Value, value: Value): true {
    this.ring[this.offset(key)] = value;
    return true;
  }

  /** Goes on to wherever the end is by then. */
  [Symbol.iterator](): IterableIterator<Value> {
    let at = this.first;
    const next = (): IteratorResult<Value> => {
      if (at === this.end) return { done: true, value: null };
      const value = this.ring[at];
      at = this.after(at);
      return { done: false, value };
    };
    return {
      next,
      [Symbol.iterator]() {
        return this;
      },
    };
  }

  [UNARY](op: UnaryOp): Value | undefined {
    if (op === "__len__") return this.length;
    return op === "__bool__" ? this.length > 0 : undefined;
  }
}

/** `deque(items, maxlen, flags)` */
export const deque = nativeType(
  (items: Value, maxlen: Value, flags: Value = 0): Deque => {
    const capacity = index(maxlen);
    if (capacity < 0) throw new ValueError();
    const made = new Deque(capacity, (index(flags) & 1) === 1);
    made.extend(items);
    return made;
  },
  "deque",
  "iterable, maxlen, flags=, /",
  {
    methods: {
      append: def((self: Deque, item: Value) => self.append(item), "item, /"),
      appendleft: def((self: Deque, item: Value) => self.appendleft(item), "item, /"),
      extend: def((self: Deque, items: Value) => self.extend(items), "iterable, /"),
      pop: def((self: Deque) => self.pop(), "/"),
      popleft: def((self: Deque) => self.popleft(), "/"),
    },
  },
);
