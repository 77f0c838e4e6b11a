/**
 * Modules with Espressif's chips: pins by number only, some of them not there. From
 * ports/esp32/machine_{pin,adc,touchpad,uart}.[ch], machine_hw_spi.c and machine_i2c.h.
 */

import { type BoardData, type CardSlotData, numbered, type PinData } from "./board-data.js";
import { esp32c3Names, esp32Names, esp32s3Names } from "./names/esp32.js";

/**
 * What holds the pins of an ESP32 after a reset: the strapping pins' resistors and those of the debugger, as
 * the chip's registers have them by default (Technical Reference Manual, IO_MUX pads).
 */
const PULLED: Readonly<Record<number, "up" | "down">> = {
  0: "up",
  1: "up",
  2: "down",
  3: "up",
  4: "down",
  5: "up",
  12: "down",
  13: "down",
  14: "up",
  15: "up",
};

/** Pins `0` to `count - 1` without those that are missing; from `inputs` on they are inputs only. */
function pins(
  count: number,
  missing: readonly number[],
  inputs = count,
  pulled: Readonly<Record<number, "up" | "down">> = {},
): PinData[] {
  return numbered(count, (n) => ({
    name: `GPIO${n}`,
    aliases: [],
    label: `Pin(${n})`,
    inputOnly: n >= inputs,
    ...(pulled[n] === undefined ? {} : { resetPull: pulled[n] }),
  })).filter((pin) => !missing.includes(pin.number as number));
}

const range = (from: number, to: number): number[] =>
  Array.from({ length: to - from + 1 }, (_, i) => from + i);

const CARD = { clk: 14, cmd: 15, d0: 2, d1: 4, d2: 12, d3: 13 };
const LAST_CARD = { id: 3, spi: 1, pins: { sck: 14, mosi: 15, miso: 2, cs: 13 }, movable: true };

/** The slots of the first ESP32, whose controller of cards has fixed pins. */
export const esp32Cards: readonly CardSlotData[] = [
  { id: 1, spi: null, pins: CARD, movable: false },
  { id: 2, spi: 2, pins: { sck: 18, mosi: 23, miso: 19, cs: 5 }, movable: true },
  LAST_CARD,
];

export const esp32: BoardData = {
  name: "esp32",
  port: "esp32",
  platform: "esp32",
  machine: "Generic ESP32 module with ESP32",
  build: "ESP32_GENERIC",
  nativeCode: "xtensawin",
  threads: "GIL",
  node: "esp32",
  epoch: 2000,
  pins: pins(40, [24, 28, 29, 30, 31], 34, PULLED),
  leds: [],
  button: null,
  implicitOutput: false,
  names: esp32Names,
  absent: ["apa102", "pyb", "rp2", "stm"],
  hardwareTimers: 4,
  pios: 0,
  uartClock: 80_000_000,
  backup: [{ typecode: "B", length: 2048 }],
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
    { id: 1, pins: { tx: 10, rx: 9 } },
    { id: 2, pins: { tx: 17, rx: 16 } },
  ],
  cardSlots: esp32Cards,
  rmtSymbols: 64,
  spiDividers: 8192,
  analogUnit: 8,
  analog: [36, 37, 38, 39, 32, 33, 34, 35, 4, 0, 2, 15, 13, 12, 14, 27, 25, 26],
  analogChannels: {},
  dac: [25, 26],
  touch: [4, 0, 2, 15, 13, 12, 14, 27, 33, 32],
  wakePins: [0, 2, 4, 12, 13, 14, 15, 25, 26, 27, ...range(32, 39)],
  wakesByPin: true,
  pwm: { groups: 2, channels: 8, timers: 4, bits: 20, slowClock: true, sleepClock: 8_500_000 },
  watchdog: { least: 1, most: 0x7fffffff },
  uniqueId: [0x24, 0x0a, 0xc4, 0x12, 0x45, 0x56],
};

export const esp32s3: BoardData = {
  ...esp32,
  name: "esp32s3",
  build: "ESP32_GENERIC_S3",
  nativeCode: "xtensawin",
  wakePins: range(0, 21),
  pwm: { groups: 1, channels: 8, timers: 4, bits: 14, slowClock: false, sleepClock: 17_500_000 },
  uartClock: 40_000_000,
  machine: "Generic ESP32S3 module with ESP32S3",
  pins: pins(49, range(22, 32)),
  names: esp32s3Names,
  i2c: [
    { id: 0, pins: { scl: 9, sda: 8 } },
    { id: 1, pins: { scl: 9, sda: 8 } },
  ],
  spi: [
    { id: 1, pins: { sck: 12, mosi: 11, miso: 13 } },
    { id: 2, pins: { sck: 36, mosi: 35, miso: 37 } },
  ],
  uart: [
    { id: 0, pins: { tx: 43, rx: 44 } },
    { id: 1, pins: { tx: 10, rx: 9 } },
    { id: 2, pins: { tx: 17, rx: 16 } },
  ],
  cardSlots: [
    { id: 0, spi: null, pins: CARD, movable: true },
    { id: 1, spi: null, pins: CARD, movable: true },
    { id: 2, spi: 2, pins: { sck: 37, mosi: 35, miso: 36, cs: 34 }, movable: true },
    LAST_CARD,
  ],
  rmtSymbols: 48,
  spiDividers: 16,
  analogUnit: 10,
  leastBits: 12,
  analog: range(1, 20),
  dac: [],
  touch: range(1, 14),
  uniqueId: [0x34, 0x85, 0x18, 0x6b, 0x20, 0xd4],
};

export const esp32c3: BoardData = {
  ...esp32,
  name: "esp32c3",
  build: "ESP32_GENERIC_C3",
  nativeCode: "rv32imc",
  wakesByPin: false,
  deepWakePins: range(0, 5),
  lastConverter: 0,
  pwm: { groups: 1, channels: 6, timers: 4, bits: 14, slowClock: false, sleepClock: 17_500_000 },
  uartClock: 40_000_000,
  machine: "ESP32C3 module with ESP32C3",
  processor: "RV32CIMU",
  // 14 to 17 are the flash memory's, 18 and 19 the USB connector's.
  pins: pins(22, range(14, 19)),
  names: esp32c3Names,
  hardwareTimers: 2,
  i2c: [{ id: 0, pins: { scl: 9, sda: 8 } }],
  spi: [{ id: 1, pins: { sck: 6, mosi: 7, miso: 2 } }],
  i2sUnits: 1,
  rmtSymbols: 48,
  spiDividers: 16,
  uart: [
    { id: 0, pins: { tx: 21, rx: 20 } },
    { id: 1, pins: { tx: 10, rx: 9 } },
  ],
  cardSlots: [{ id: 2, spi: 1, pins: { cs: 13 }, movable: true }],
  analogUnit: 5,
  leastBits: 12,
  analog: range(0, 5),
  dac: [],
  touch: [],
  uniqueId: [0x84, 0xf7, 0x03, 0x3a, 0x91, 0x0c],
};
