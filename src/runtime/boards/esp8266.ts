/** A module with an ESP8266: few pins, one analog input with a number of its own, no hardware I2C. */

import { type BoardData, numbered, THERMOMETER } from "./board-data.js";
import { esp8266Names } from "./names/esp8266.js";

/** The pins of the flash memory. */
const MISSING = new Set([6, 7, 8, 11]);

export const esp8266: BoardData = {
  name: "esp8266",
  port: "esp8266",
  platform: "esp8266",
  machine: "ESP module with ESP8266",
  build: "ESP8266_GENERIC",
  nativeCode: "xtensa",
  node: "esp8266",
  heap: { total: 37_952, used: 1408 },
  epoch: 2000,
  pins: [
    ...numbered(17, (n) => ({ name: `GPIO${n}`, aliases: [], label: `Pin(${n})` })).filter(
      (pin) => !MISSING.has(pin.number as number),
    ),
    { name: "A0", number: null, aliases: [], label: "A0" },
  ],
  leds: [],
  button: null,
  implicitOutput: false,
  names: esp8266Names,
  absent: ["_thread", "aioespnow", "apa106", "bluetooth", "cmath", "esp32", "pyb", "rp2", "stm"],
  hardwareTimers: 0,
  pios: 0,
  uartClock: 80_000_000,
  backup: [],
  rtcMemory: 492,
  frequency: 80_000_000,
  i2c: [{ id: 0, pins: { scl: 5, sda: 4 } }],
  spi: [{ id: 1, pins: { sck: 14, mosi: 13, miso: 12 } }],
  uart: [
    { id: 0, pins: { tx: 1, rx: 3 } },
    { id: 1, pins: { tx: 2, rx: 3 } },
  ],
  analog: ["A0"],
  // The second one measures the supply.
  analogChannels: { 0: "A0", 1: THERMOMETER },
  dac: [],
  touch: [],
  watchdog: { least: 1, most: 0x7fffffff },
  uniqueId: [0x7a, 0x0c, 0x4e, 0x00],
};
