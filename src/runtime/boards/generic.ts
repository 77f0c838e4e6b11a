/**
 * A board of no make, the default: 40 pins by number, the four LEDs and the switch of a pyboard, and
 * every module. A pin that is written without having been configured is an output, so that the short
 * examples of MicroPython's documentation show something.
 */

import { type BoardData, numbered, type PinData } from "./board-data.js";
import { esp32Cards } from "./esp32.js";
import { genericNames } from "./names/generic.js";

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
  build: "GENERIC",
  threads: "GIL",
  node: "generic",
  epoch: 1970,
  pins: [
    ...numbered(40, (n) => ({
      name: `GPIO${n}`,
      aliases: [`GP${n}`, `P${n}`],
      label: `Pin(${n})`,
    })),
    ...leds,
    { name: "SW", number: null, aliases: [], label: "SW" },
  ],
  leds: leds.map((led) => led.name),
  button: "SW",
  implicitOutput: true,
  names: genericNames,
  absent: [],
  hardwareTimers: 4,
  pios: 2,
  uartClock: 80_000_000,
  backup: [{ typecode: "B", length: 2048 }],
  rtcMemory: 2048,
  frequency: 125_000_000,
  i2c: [
    { id: 0, pins: { scl: 5, sda: 4 } },
    { id: 1, pins: { scl: 7, sda: 6 } },
  ],
  spi: [
    { id: 0, pins: { sck: 18, mosi: 19, miso: 16 } },
    { id: 1, pins: { sck: 10, mosi: 11, miso: 12 } },
    { id: 2, pins: { sck: 14, mosi: 13, miso: 15 } },
  ],
  uart: [
    { id: 0, pins: { tx: 0, rx: 1 } },
    { id: 1, pins: { tx: 8, rx: 9 } },
    { id: 2, pins: { tx: 32, rx: 33 } },
  ],
  cardSlots: esp32Cards,
  analog: null,
  analogChannels: {},
  dac: [25, 26],
  touch: Array.from({ length: 40 }, (_, pin) => pin),
  watchdog: { least: 1, most: 0x7fffffff },
  uniqueId: [0xe6, 0x61, 0x41, 0x04, 0x03, 0x2b, 0x5a, 0x2e],
};
