/** `NotImplemented` and `Ellipsis`: values that are only ever compared by identity and printed. */

import { PRINT } from "./slots.js";

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

export const NotImplemented = new Singleton("NotImplemented", "NotImplementedType");

export const Ellipsis = new Singleton("Ellipsis", "ellipsis");
