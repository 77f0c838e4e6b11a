/**
 * The base of classes of which a board has one object: whoever calls the class is given that, set up anew.
 * `machine.RTC`, `machine.WDT`, `network.LAN`.
 */

import { define } from "./class.js";
import { perContext } from "./context.js";
import { PyObject } from "./object.js";
import type { Type } from "./type.js";
import { BARE, TYPE, type Value } from "./values.js";

const objects = perContext(() => new Map<Type, SoleObject>());

/** The one object of a class of the runtime; a program's own classes have as many as it makes. */
function soleOf(cls: Type): SoleObject {
  if (!cls[TYPE].builtin) return new cls(BARE);
  const one = objects().get(cls) ?? new cls(BARE);
  objects().set(cls, one);
  return one;
}

export abstract class SoleObject extends PyObject {
  constructor(...args: Value[]) {
    super(BARE);
    if (args[0] === BARE) return;
    const one = soleOf(new.target);
    one.__init__(...args);
    // biome-ignore lint/correctness/noConstructorReturn: there is one object on a board.
    return one;
  }

  static override __new__(cls: Value): Value {
    return soleOf(cls);
  }
}
define(SoleObject, {
  builtin: true,
  statics: { __new__: "cls, *ignored, **more" },
  methods: {},
});
