/** What `machine.ADC` and `pyb.ADC` share: the voltage of a pin, or of the chip's thermometer, as a number. */

import { define } from "../../core/class/class.js";
import { interrupts } from "../../host/interrupts.js";
import { currentBoard } from "../bus-unit.js";
import type { PinLine } from "../hal.js";
import { UnitObject } from "../unit-object.js";

/** What reading counts as work (Host.work). */
const READ_WORK = 50;
export const SUPPLY = 3.3;
/** The thermometers: an STM32's (at 25 degrees), and those of others (at 27). */
const STM32_THERMOMETER = 0.76;
const THERMOMETER_VOLTS = 0.706;
/** What the other channels in an STM32 give; of the battery it measures a half. */
const INNER: Readonly<Record<string, number>> = {
  reference: 1.21,
  battery: SUPPLY / 2,
  supply: SUPPLY,
};

/** The voltage of a channel in the chip, by its name in `BoardData.analogChannels`. */
export function innerVolts(channel: string): number {
  const thermometer = currentBoard().data.port === "stm32" ? STM32_THERMOMETER : THERMOMETER_VOLTS;
  return INNER[channel] ?? thermometer;
}

export abstract class AnalogInput extends UnitObject {
  /** null: a channel in the chip. */
  declare protected $line: PinLine | null;
  /** Its name, then. */
  declare protected $inner: string;

  /** `full`: the voltage that gives the highest number of so many bits. */
  protected $measure(bits: number, full = SUPPLY): number {
    interrupts().worked(READ_WORK);
    const volts = this.$line === null ? innerVolts(this.$inner) : this.$line.volts;
    const most = 2 ** bits - 1;
    return Math.min(most, Math.max(0, Math.round((volts / full) * most)));
  }
}
define(AnalogInput, { builtin: true, methods: {} });
