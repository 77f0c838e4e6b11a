/** Python's `super` object, for the explicit `super(C, o)`; `superOf` in emitted code. */

import { def } from "../call/signature.js";
import { TypeError } from "../exception/exceptions.js";
import { repr } from "../repr.js";
import { PRINT } from "../slots.js";
import { LOAD, TYPE, type Value } from "../values.js";
import { loadSuper } from "./class-attributes.js";
import { isSubclass, isType, type Type, type TypeInfo, typeOf } from "./type.js";

export class Super {
  static [TYPE]: TypeInfo = { name: "super", bases: [], represents: () => superOf };

  constructor(
    readonly type: Type,
    readonly self: Value,
  ) {}

  [LOAD](name: string): Value | undefined {
    return loadSuper(this.type, this.self, name);
  }

  [PRINT](): string {
    return `<super: ${repr(this.type)}, ${repr(this.self)}>`;
  }
}

/** `super(type, self)` */
export function superOf(type: Type, self: Value): Super {
  if (!isType(type)) {
    throw new TypeError("issubclass() arg 2 must be a class or a tuple of classes");
  }
  if (!isSubclass(isType(self) ? self : typeOf(self), type)) throw new TypeError();
  return new Super(type, self);
}
def(superOf, "type, self, /", "super");
