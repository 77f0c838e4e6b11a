/**
 * A board of no make, the default: 40 pins by number, the four LEDs and the switch of a pyboard, and
 * every module. A pin that is written without having been configured is an output, so that the short
 * examples of MicroPython's documentation show something.
 */

import { type BoardData, numbered, type PinData } from "./board-data.js";

const leds: PinData[] = [1, 2, 3, 4].map((n) => ({
  name: `LED${n}`,
  number: null,
  aliases: n === 1 ? ["LED"] : [],
  label: `LED(${n})`,
}));

export const generic: BoardData = {
  name: "generic",
  port: "generic",
  platform: "generic",
  machine: "Generic board with simulated pins",
  node: "generic",
  epoch: 1970,
  pins: [
    ...numbered(40, (n) => ({ name: `GPIO${n}`, aliases: [`GP${n}`, `P${n}`], label: `Pin(${n})` })),
    ...leds,
    { name: "SW", number: null, aliases: [], label: "SW" },
  ],
  leds: leds.map((led) => led.name),
  button: "SW",
  implicitOutput: true,
  absent: [],
  hardwareTimers: 4,
  frequency: 125_000_000,
};
