/** `machine.TouchPad`: a pin that feels a finger; touched pads give a lower number. */

import { define } from "../core/class.js";
import { ValueError } from "../core/exceptions.js";
import { index } from "../core/numbers.js";
import { PyObject } from "../core/object.js";
import { requirePort } from "../core/port-names.js";
import type { Value } from "../core/values.js";
import { interrupts } from "../host/interrupts.js";
import { currentBoard } from "./bus-unit.js";
import type { PinLine } from "./hal.js";
import { lineOf } from "./pin.js";

const UNTOUCHED = 600;
const TOUCHED = 120;
const READ_WORK = 50;

export class TouchPad extends PyObject {
  declare private $line: PinLine;
  declare private $threshold: Value;

  override __init__(pin: Value): Value {
    requirePort("machine", "TouchPad");
    this.$line = lineOf(pin);
    const { number } = this.$line.data;
    if (number === null || !currentBoard().data.touch.includes(number)) {
      throw new ValueError("invalid pin for touchpad");
    }
    this.$threshold = 0;
    return null;
  }

  read(): number {
    interrupts().worked(READ_WORK);
    return this.$line.wired("touch").some(({ touched }) => touched) ? TOUCHED : UNTOUCHED;
  }

  config(threshold: Value): null {
    this.$threshold = index(threshold);
    return null;
  }
}
define(TouchPad, {
  builtin: true,
  methods: { __init__: "pin, /", read: "", config: "threshold, /" },
});
