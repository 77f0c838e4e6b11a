/** Python's `range`. `for i in range(n)` is mostly emitted as a counted loop and needs none of this. */

import { def } from "../call/signature.js";
import type { TypeInfo } from "../class/type.js";
import { ValueError } from "../exception/exceptions.js";
import { index } from "../number/numbers.js";
import { itemIndex } from "../operator/bounds.js";
import { Slice } from "../operator/slice.js";
import { GETITEM, PRINT, UNARY, type UnaryOp } from "../slots.js";
import { TYPE, type Value } from "../values.js";

export class Range {
  static [TYPE]: TypeInfo = { name: "range", bases: [], represents: () => range };

  constructor(
    readonly start: number,
    readonly stop: number,
    readonly step: number,
  ) {}

  get length(): number {
    return Math.max(0, Math.ceil((this.stop - this.start) / this.step));
  }

  [Symbol.iterator](): IterableIterator<number> {
    return new RangeIterator(this);
  }

  [UNARY](op: UnaryOp): Value | undefined {
    if (op === "__len__") return this.length;
    return op === "__bool__" ? this.length > 0 : undefined;
  }

  [GETITEM](key: Value): Value {
    if (key instanceof Slice) {
      const [start, stop, step] = key.indices(this.length);
      return new Range(
        this.start + start * this.step,
        this.start + stop * this.step,
        step * this.step,
      );
    }
    return this.start + itemIndex("range", this.length, key) * this.step;
  }

  [PRINT](): string {
    const ends = `${this.start}, ${this.stop}`;
    return this.step === 1 ? `range(${ends})` : `range(${ends}, ${this.step})`;
  }
}

class RangeIterator implements IterableIterator<number> {
  private at: number;
  private left: number;

  constructor(private readonly range: Range) {
    this.at = range.start;
    this.left = range.length;
  }

  next(): IteratorResult<number> {
    if (this.left-- <= 0) {
      this.left = 0;
      return { done: true, value: null };
    }
    const value = this.at;
    this.at += this.range.step;
    return { done: false, value };
  }

  [Symbol.iterator](): this {
    return this;
  }
}

/** `range(stop)`, `range(start, stop)`, `range(start, stop, step)` */
export function range(start: Value, stop?: Value, step?: Value): Range {
  if (stop === undefined) return new Range(0, index(start), 1);
  const by = step === undefined ? 1 : index(step);
  if (by === 0) throw new ValueError("zero step");
  return new Range(index(start), index(stop), by);
}
def(range, "start, stop=, step=, /");

export const rangeAttributes = {
  start: (self: Range) => self.start,
  stop: (self: Range) => self.stop,
  step: (self: Range) => self.step,
};
