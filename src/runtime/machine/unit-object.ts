/**
 * The base of drivers of which some ports have one object for each unit of the chip: whoever calls the class
 * with the unit's id is given that. `UART`, `I2C` and `SPI` of a pyboard and an RP2, `DAC` and `Servo`.
 */

import { define } from "../core/class.js";
import { current, perContext } from "../core/context.js";
import { PyObject } from "../core/object.js";
import type { Type } from "../core/type.js";
import { BARE, TYPE, type Value } from "../core/values.js";
import type { Board } from "./hal.js";

const objects = perContext(() => new Map<Type, Map<number, UnitObject>>());

/** The object of the unit that the arguments mean; a program's own classes have as many as it makes. */
export function unitObject(cls: UnitType, args: readonly Value[]): UnitObject {
  const unit = cls[TYPE].builtin ? cls.$unit(args[0]) : null;
  if (unit === null) return new cls(BARE);
  const units = objects().get(cls) ?? new Map<number, UnitObject>();
  objects().set(cls, units);
  const one = units.get(unit) ?? new cls(BARE);
  units.set(unit, one);
  return one;
}

/** Whether the drivers of serial units are such objects on this board's port. */
export function hasUnitObjects(): boolean {
  const { port } = (current().board as Board).data;
  return port === "stm32" || port === "rp2";
}

type UnitType = Type & { $unit(id: Value): number | null };

export abstract class UnitObject extends PyObject {
  /** The number of the unit that an id means; null where the port makes a new object each time. */
  static $unit(_id: Value): number | null {
    return null;
  }

  constructor(...args: Value[]) {
    super(BARE);
    if (args[0] === BARE) return;
    const one = unitObject(new.target as unknown as UnitType, args);
    one.__init__(...args);
    // biome-ignore lint/correctness/noConstructorReturn: there is one object for each unit.
    return one;
  }

  static override __new__(cls: Value, args: Value[] = []): Value {
    // Without an id, `__init__` says what is missing.
    return args.length === 0 ? new cls(BARE) : unitObject(cls, args);
  }
}
define(UnitObject, {
  builtin: true,
  statics: { __new__: "cls, *args, **more" },
  methods: {},
});
