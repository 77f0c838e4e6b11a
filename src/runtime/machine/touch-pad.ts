/** `machine.TouchPad`: a pin that feels a finger; touched pads give a lower number. */

import { define } from "../core/class/class.js";
import { ValueError } from "../core/exception/exceptions.js";
import { requirePort } from "../core/module/port-names.js";
import { index } from "../core/number/numbers.js";
import type { Value } from "../core/values.js";
import { interrupts } from "../host/interrupts.js";
import { currentBoard } from "./bus-unit.js";
import type { PinLine } from "./hal.js";
import { lineOf } from "./pin/pin.js";
import { UnitObject } from "./unit-object.js";

const UNTOUCHED = 600;
const TOUCHED = 120;
const READ_WORK = 50;

export class TouchPad extends UnitObject {
  declare private $line: PinLine;

  static override $unit(pin: Value): number | null {
    return touchLine(pin).data.number;
  }

  override __init__(pin: Value): Value {
    this.$line = touchLine(pin);
    return null;
  }

  read(): number {
    interrupts().worked(READ_WORK);
    return this.$line.wired("touch").some(({ touched }) => touched) ? TOUCHED : UNTOUCHED;
  }

  config(threshold: Value): null {
    // Later chips do not look at it.
    if (currentBoard().data.name === "esp32") index(threshold);
    return null;
  }
}
define(TouchPad, {
  builtin: true,
  // Keywords are looked at by nobody.
  methods: { __init__: "pin, /, **more", read: "", config: "threshold, /" },
});

function touchLine(pin: Value): PinLine {
  requirePort("machine", "TouchPad");
  const line = lineOf(pin);
  const { number } = line.data;
  if (number === null || !currentBoard().data.touch.includes(number)) {
    throw new ValueError("invalid pin for touchpad");
  }
  return line;
}
