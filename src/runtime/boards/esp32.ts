/** A module with an ESP32: pins by number only, some of them inputs, some not there. */

import { type BoardData, numbered } from "./board-data.js";

const MISSING = new Set([20, 24, 28, 29, 30, 31]);

export const esp32: BoardData = {
  name: "esp32",
  port: "esp32",
  platform: "esp32",
  machine: "Generic ESP32 module with ESP32",
  node: "esp32",
  epoch: 2000,
  pins: numbered(40, (n) => ({
    name: `GPIO${n}`,
    aliases: [],
    label: `Pin(${n})`,
    inputOnly: n >= 34,
  })).filter((pin) => !MISSING.has(pin.number as number)),
  leds: [],
  button: null,
  implicitOutput: false,
  absent: ["pyb", "rp2"],
  hardwareTimers: 4,
  frequency: 160_000_000,
};
