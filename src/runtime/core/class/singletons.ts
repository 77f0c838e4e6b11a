/** `NotImplemented` and `Ellipsis`: values that are only ever compared by identity and printed. */

import { PRINT } from "../slots.js";
import type { Value } from "../values.js";

/** A value of which there is one; `typeName` is what `type(x).__name__` says. */
export class Singleton {
  constructor(
    readonly name: string,
    readonly typeName: string,
  ) {}

  [PRINT](): string {
    return this.name;
  }
}

/** A method of any declared result may return it. */
export const NotImplemented: Value = new Singleton("NotImplemented", "NotImplementedType");

export const Ellipsis = new Singleton("Ellipsis", "ellipsis");
