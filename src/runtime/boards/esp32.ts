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
  pios: 0,
  rtcMemory: 2048,
  frequency: 160_000_000,
  i2c: [
    { id: 0, pins: { scl: 18, sda: 19 } },
    { id: 1, pins: { scl: 25, sda: 26 } },
  ],
  spi: [
    { id: 1, pins: { sck: 14, mosi: 13, miso: 12 } },
    { id: 2, pins: { sck: 18, mosi: 23, miso: 19 } },
  ],
  uart: [
    { id: 0, pins: { tx: 1, rx: 3 } },
    { id: 1, pins: { tx: 5, rx: 4 } },
    { id: 2, pins: { tx: 17, rx: 16 } },
  ],
  analog: [32, 33, 34, 35, 36, 37, 38, 39, 0, 2, 4, 12, 13, 14, 15, 25, 26, 27],
  analogChannels: {},
  dac: [25, 26],
  touch: [0, 2, 4, 12, 13, 14, 15, 27, 32, 33],
  pwm: { least: 1, most: 40_000_000 },
  watchdog: { least: 1, most: 0x7fffffff },
  uniqueId: [0x24, 0x0a, 0xc4, 0x12, 0x45, 0x56],
};
