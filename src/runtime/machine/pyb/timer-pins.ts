/**
 * Which timers of an STM32F405 reach which pins: the alternate functions of its datasheet. `pyb.Timer` and
 * `machine.PWM` refuse other pins.
 */

import { stm32Functions } from "../../boards/names/stm32-functions.js";
import type { PinLine } from "../hal.js";

export interface TimerPin {
  timer: number;
  channel: number;
  /** The channel's complement: what it drives is the other way round. */
  inverted: boolean;
  /** The number of the alternate function. */
  alternate: number;
}

/** The channels that a pin can be of, in the order of its alternate functions. */
export function timerPins(line: PinLine): TimerPin[] {
  return stm32Functions(line.data.name).flatMap(({ index, kind, unit, signal }) => {
    const channel = kind === "TIM" ? /^CH(\d)(N?)$/.exec(signal) : null;
    if (channel === null) return [];
    const inverted = channel[2] === "N";
    return [{ timer: unit, channel: Number(channel[1]), inverted, alternate: index }];
  });
}

/** The one that a PWM signal comes from: the second, where there are two. */
export function pwmTimerPin(line: PinLine): TimerPin | undefined {
  const found = timerPins(line).filter(({ inverted }) => !inverted);
  return found[1] ?? found[0];
}
