/** `machine.PinBase`: the base of pins that a program writes in Python, with a method `value`. */

import { invoke } from "../../core/call/call.js";
import { define } from "../../core/class/class.js";
import { PyObject } from "../../core/class/object.js";
import { index } from "../../core/number/numbers.js";
import type { Value } from "../../core/values.js";
import type { Level } from "../hal.js";
import { Pin } from "./pin.js";

export class PinBase extends PyObject {
  __call__(x: Value = undefined): Value {
    return x === undefined ? invoke(this, "value") : invoke(this, "value", x);
  }
}
define(PinBase, { methods: { __call__: "x=, /" } });

/** The level of a pin of the board, or whatever int a program gives that uses something else as one. */
export function readLevel(pin: Value): number {
  return pin instanceof Pin ? pin.$line.read() : Number(index(invoke(pin, "value")));
}

export function writeLevel(pin: Value, level: Level): void {
  if (pin instanceof Pin) pin.$line.write(level);
  else invoke(pin, "value", level === 1);
}
