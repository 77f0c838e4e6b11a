/** `Slice`: what `a[start:stop:step]` is subscripted with. Emitted code writes `slice(a, b, c)`. */

import { def } from "../call/signature.js";
import { bindNative } from "../class/method.js";
import type { TypeInfo } from "../class/type.js";
import { ValueError } from "../exception/exceptions.js";
import { hasFeature } from "../module/language-features.js";
import { index } from "../number/numbers.js";
import { repr } from "../repr.js";
import { PRINT, UNARY } from "../slots.js";
import { TYPE, tup, type Value } from "../values.js";

export class Slice {
  static [TYPE]: TypeInfo = { name: "slice", bases: [], represents: () => slice };

  constructor(
    readonly start: Value = null,
    readonly stop: Value = null,
    readonly step: Value = null,
  ) {}

  [PRINT](): string {
    return `slice(${repr(this.start)}, ${repr(this.stop)}, ${repr(this.step)})`;
  }

  /** Slices have no hash. */
  [UNARY](): undefined {
    return undefined;
  }

  /** The real start, stop and step for a sequence of that length. */
  indices(length: number): [start: number, stop: number, step: number] {
    const step = this.step === null ? 1 : index(this.step);
    if (step === 0) throw new ValueError("slice step can't be zero");
    const lowest = step > 0 ? 0 : -1;
    const highest = step > 0 ? length : length - 1;
    const clamp = (value: Value): number => {
      const at = index(value);
      return Math.min(highest, Math.max(at < 0 ? at + length : at, lowest));
    };
    const start = this.start === null ? (step > 0 ? lowest : highest) : clamp(this.start);
    const stop = this.stop === null ? (step > 0 ? highest : lowest) : clamp(this.stop);
    return [start, stop, step];
  }
}

/** `a[start:stop:step]`; as the type of slices it cannot be called by a program. */
export function slice(start: Value, stop: Value, step: Value = null): Slice {
  return new Slice(start, stop, step);
}

const indices = def(
  (self: Slice, length: Value) => tup(...self.indices(index(length))),
  "length, /",
  "indices",
);

export const sliceAttributes = {
  indices: (self: Slice) => (hasFeature("sliceIndices") ? bindNative(self, indices) : undefined),
  start: (self: Slice) => self.start,
  stop: (self: Slice) => self.stop,
  step: (self: Slice) => self.step,
};
