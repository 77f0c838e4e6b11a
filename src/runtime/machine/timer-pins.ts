/**
 * Which timers of an STM32F405 reach which pins: the alternate functions of its datasheet. `pyb.Timer` and
 * `machine.PWM` refuse other pins.
 */

import type { PinLine } from "./hal.js";

export interface TimerPin {
  timer: number;
  channel: number;
  /** The channel's complement: what it drives is the other way round. */
  inverted: boolean;
}

/** By pin: "timer.channel" of each, with an N behind complements. */
const FUNCTIONS: Readonly<Record<string, string>> = {
  A0: "2.1 5.1",
  A1: "2.2 5.2",
  A2: "2.3 5.3 9.1",
  A3: "2.4 5.4 9.2",
  A5: "2.1 8.1N",
  A6: "3.1 13.1",
  A7: "1.1N 3.2 8.1N 14.1",
  A8: "1.1",
  A9: "1.2",
  A10: "1.3",
  A11: "1.4",
  A15: "2.1",
  B0: "1.2N 3.3 8.2N",
  B1: "1.3N 3.4 8.3N",
  B3: "2.2",
  B4: "3.1",
  B5: "3.2",
  B6: "4.1",
  B7: "4.2",
  B8: "4.3 10.1",
  B9: "4.4 11.1",
  B10: "2.3",
  B11: "2.4",
  B13: "1.1N",
  B14: "1.2N 8.2N 12.1",
  B15: "1.3N 8.3N 12.2",
  C6: "3.1 8.1",
  C7: "3.2 8.2",
  C8: "3.3 8.3",
  C9: "3.4 8.4",
};

/** The channels that a pin can be of, in the order of its alternate functions. */
export function timerPins(line: PinLine): TimerPin[] {
  const functions = FUNCTIONS[line.data.name]?.split(" ") ?? [];
  return functions.map((text) => {
    const [timer = 0, channel = 0] = text.replace("N", "").split(".").map(Number);
    return { timer, channel, inverted: text.endsWith("N") };
  });
}

/** The one that a PWM signal comes from. */
export function timerPin(line: PinLine): TimerPin | undefined {
  return timerPins(line).find(({ inverted }) => !inverted);
}
