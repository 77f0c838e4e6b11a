/** What `machine.ADC` and `pyb.ADC` share: the voltage of a pin, or of the chip's thermometer, as a number. */

import { define } from "../core/class.js";
import { PyObject } from "../core/object.js";
import { interrupts } from "../host/interrupts.js";
import type { PinLine } from "./hal.js";

/** What reading counts as work (Host.work). */
const READ_WORK = 50;
/** The chip's thermometer: its voltage at 27 degrees. */
const THERMOMETER_VOLTS = 0.706;
export const SUPPLY = 3.3;

export abstract class AnalogInput extends PyObject {
  /** null: the thermometer. */
  declare protected $line: PinLine | null;

  /** `full`: the voltage that gives the highest number of so many bits. */
  protected $measure(bits: number, full = SUPPLY): number {
    interrupts().worked(READ_WORK);
    const volts = this.$line === null ? THERMOMETER_VOLTS : this.$line.volts;
    const most = 2 ** bits - 1;
    return Math.min(most, Math.max(0, Math.round((volts / full) * most)));
  }
}
define(AnalogInput, { builtin: true, methods: {} });
