/**
 * The base of classes of which a board has one object, or one for each unit of the chip: whoever calls the class
 * is given that, set up anew. `machine.RTC`, `machine.WDT`, `network.LAN`; `UnitObject` for the units.
 */

import { bindArguments } from "../call/arguments.js";
import { kwargs } from "../call/call.js";
import { signatureOf } from "../call/signature.js";
import { perContext } from "../context.js";
import { BARE, TYPE, type Value } from "../values.js";
import { define } from "./class.js";
import { PyObject } from "./object.js";
import type { Type } from "./type.js";

const objects = perContext(() => new Map<Type, Map<number, SoleObject>>());

/** The one object that the arguments mean; a program's own classes have as many as it makes. */
export function soleObject(cls: SoleType, args: readonly Value[]): SoleObject {
  const unit = cls[TYPE].builtin ? cls.$unit(...args) : null;
  if (unit === null) return new cls(BARE);
  const units = objects().get(cls) ?? new Map<number, SoleObject>();
  objects().set(cls, units);
  const one = units.get(unit) ?? new cls(BARE);
  units.set(unit, one);
  return one;
}

/** What is wrong with the arguments beside the unit that they mean. */
export function checkArguments(cls: Type, args: Value[], more: Value): void {
  const named = more === undefined ? undefined : kwargs(more);
  bindArguments(signatureOf(cls.prototype.__init__), args, named);
}

/** Those of a class that takes no keywords are counted before the first of them is looked at. */
export function checkCount(cls: Type, args: Value[], more: Value): void {
  const signature = signatureOf(cls.prototype.__init__);
  if ((signature.ofPort() ?? signature).positionalOnly) checkArguments(cls, args, more);
}

type SoleType = Type & { $unit(...args: Value[]): number | null };

export abstract class SoleObject extends PyObject {
  /** The number of the unit that the arguments mean; null where there is a new object each time. */
  static $unit(..._args: Value[]): number | null {
    return 0;
  }

  constructor(...args: Value[]) {
    super(BARE);
    if (args[0] === BARE) return;
    const one = soleObject(new.target as unknown as SoleType, args);
    one.__init__(...args);
    // biome-ignore lint/correctness/noConstructorReturn: there is one object on a board, or for each unit.
    return one;
  }

  static override __new__(cls: Value, args: Value[] = [], more: Value = undefined): Value {
    checkCount(cls, args, more);
    return soleObject(cls, args);
  }
}
define(SoleObject, {
  builtin: true,
  statics: { __new__: "cls, *args, **more" },
  methods: {},
});
