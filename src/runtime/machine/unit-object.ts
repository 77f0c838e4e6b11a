/**
 * The base of drivers of which some ports have one object for each unit of the chip. `UART`, `I2C` and `SPI` of
 * a pyboard, an RP2 and an ESP32, `DAC`, `I2S` and `Servo`.
 */

import { define } from "../core/class/class.js";
import { checkCount, SoleObject, soleObject } from "../core/class/sole-object.js";
import { BARE, type Value } from "../core/values.js";
import { currentBoard } from "./bus-unit.js";

/** Whether the drivers of serial units are such objects on this board's port. */
export function hasUnitObjects(): boolean {
  const { port } = currentBoard().data;
  return port === "stm32" || port === "rp2" || port === "esp32";
}

export abstract class UnitObject extends SoleObject {
  static override $unit(..._args: Value[]): number | null {
    return null;
  }

  static override __new__(cls: Value, args: Value[] = [], more: Value = undefined): Value {
    checkCount(cls, args, more);
    // Without an id, `__init__` says what is missing.
    return args.length === 0 ? new cls(BARE) : soleObject(cls, args);
  }
}
define(UnitObject, {
  builtin: true,
  statics: { __new__: "cls, *args, **more" },
  methods: {},
});
