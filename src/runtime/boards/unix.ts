/** MicroPython's unix port, for programs that are compared with it: a PC, without pins. */

import type { BoardData } from "./board-data.js";

export const unix: BoardData = {
  name: "unix",
  port: "unix",
  platform: "linux",
  machine: "linux",
  node: "localhost",
  epoch: 1970,
  pins: [],
  leds: [],
  button: null,
  implicitOutput: false,
  absent: ["pyb", "esp", "esp32", "rp2", "network", "neopixel", "dht", "onewire", "ds18x20"],
  hardwareTimers: 0,
  pios: 0,
  rtcMemory: 0,
  frequency: 1_000_000_000,
  i2c: [],
  spi: [],
  uart: [],
  analog: [],
  analogChannels: {},
  dac: [],
  touch: [],
  pwm: { least: 1, most: 1 },
  watchdog: { least: 1, most: 0x7fffffff },
  uniqueId: [],
};
