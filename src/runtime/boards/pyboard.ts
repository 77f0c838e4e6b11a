/** The pyboard v1.1: pins by the board's names (X1) and the chip's (A0), four LEDs, a switch. */

import {
  BATTERY,
  type BoardData,
  type PinData,
  REFERENCE,
  SUPPLY,
  THERMOMETER,
} from "./board-data.js";
import { STM32_ADC } from "./names/shared.js";
import { stm32Names } from "./names/stm32.js";

/** The chip's pins with the board's names of them. */
const NAMES: Record<string, readonly string[]> = {
  A0: ["X1"],
  A1: ["X2"],
  A2: ["X3"],
  A3: ["X4"],
  A4: ["X5"],
  A5: ["X6"],
  A6: ["X7"],
  A7: ["X8"],
  B6: ["X9"],
  B7: ["X10"],
  C4: ["X11"],
  C5: ["X12"],
  B3: ["SW", "X17"],
  C13: ["X18"],
  C0: ["X19"],
  C1: ["X20"],
  C2: ["X21"],
  C3: ["X22"],
  C6: ["Y1"],
  C7: ["Y2"],
  B8: ["Y3"],
  B9: ["Y4"],
  B12: ["Y5"],
  B13: ["Y6"],
  B14: ["Y7"],
  B15: ["Y8"],
  B10: ["Y9"],
  B11: ["Y10"],
  B0: ["Y11"],
  B1: ["Y12"],
  A13: ["LED_RED"],
  A14: ["LED_GREEN"],
  A15: ["LED_YELLOW"],
  B4: ["LED_BLUE"],
  B2: ["MMA_INT"],
  B5: ["MMA_AVDD"],
  A8: ["SD", "SD_SW"],
  A9: ["USB_VBUS"],
  A10: ["USB_ID"],
  A11: ["USB_DM"],
  A12: ["USB_DP"],
  C8: ["SD_D0"],
  C9: ["SD_D1"],
  C10: ["SD_D2"],
  C11: ["SD_D3"],
  C12: ["SD_CK"],
  D2: ["SD_CMD"],
};

/** The switch of the card slot. */
const DETECT = "A8";
const SWITCH = "B3";

const LEDS = ["A13", "A14", "A15", "B4"];

function pin(name: string, aliases: readonly string[]): PinData {
  const led = LEDS.indexOf(name);
  return {
    name,
    number: null,
    aliases,
    ...((name === DETECT || name === SWITCH) && { resetPull: "up" as const }),
    ...(led >= 0 && { resetMode: "out" as const }),
    label: led >= 0 ? `LED(${led + 1})` : name === SWITCH ? "SW" : (aliases[0] ?? name),
  };
}

/** Pins with an analog input, in the order of the converter's channels. */
const ANALOG = "X1 X2 X3 X4 X5 X6 X7 X8 Y11 Y12 X19 X20 X21 X22 X11 X12".split(" ");

export const pyboard: BoardData = {
  name: "pyboard",
  port: "stm32",
  platform: "pyboard",
  machine: "PYBv1.1 with STM32F405RG",
  build: "PYBV11",
  nativeCode: "armv7emsp",
  node: "pyboard",
  heap: { total: 103_168, used: 1328 },
  epoch: 2000,
  pins: Object.entries(NAMES).map(([name, aliases]) => pin(name, aliases)),
  leds: LEDS,
  button: SWITCH,
  implicitOutput: false,
  names: stm32Names,
  absent: [
    "_thread",
    "aioespnow",
    "apa102",
    "apa106",
    "bluetooth",
    "btree",
    "cryptolib",
    "ds18x20",
    "esp",
    "esp32",
    "espnow",
    "mip",
    "neopixel",
    "ntptime",
    "requests",
    "rp2",
    "ssl",
    "tls",
    "umqtt",
    "umqtt.robust",
    "umqtt.simple",
    "urequests",
    "webrepl",
    "websocket",
  ],
  sockets: {
    "sd-card": { clk: "C12", cmd: "D2", d0: "C8", d1: "C9", d2: "C10", d3: "C11", cd: "A8" },
  },
  hardwareTimers: 14,
  pios: 0,
  uartClock: 84_000_000,
  // The backup memory, and the clock's registers.
  backup: [
    { typecode: "B", length: 4096 },
    { typecode: "I", length: 20 },
  ],
  rtcMemory: 0,
  frequency: 168_000_000,
  i2c: [
    { id: 1, name: "X", pins: { scl: "X9", sda: "X10" }, allowed: { scl: [], sda: [] } },
    { id: 2, name: "Y", pins: { scl: "Y9", sda: "Y10" }, allowed: { scl: [], sda: [] } },
  ],
  spi: [
    {
      id: 1,
      name: "X",
      pins: { sck: "X6", mosi: "X8", miso: "X7" },
      allowed: { sck: [], mosi: [], miso: [] },
    },
    {
      id: 2,
      name: "Y",
      pins: { sck: "Y6", mosi: "Y8", miso: "Y7" },
      allowed: { sck: [], mosi: [], miso: [] },
    },
  ],
  uart: [
    { id: 1, name: "XB", pins: { tx: "X9", rx: "X10" } },
    { id: 2, pins: { tx: "X3", rx: "X4" } },
    { id: 3, name: "YB", pins: { tx: "Y9", rx: "Y10" } },
    { id: 4, name: "XA", pins: { tx: "X1", rx: "X2" } },
    { id: 6, name: "YA", pins: { tx: "Y1", rx: "Y2" } },
  ],
  analog: ANALOG,
  analogChannels: {
    ...ANALOG,
    16: THERMOMETER,
    17: REFERENCE,
    18: BATTERY,
    [STM32_ADC.CORE_TEMP]: THERMOMETER,
    [STM32_ADC.CORE_VREF]: REFERENCE,
    [STM32_ADC.CORE_VBAT]: BATTERY,
    [STM32_ADC.VREF]: SUPPLY,
  },
  dac: ["X5", "X6"],
  touch: [],
  watchdog: { least: 1, most: 32_767 },
  uniqueId: [0x33, 0x00, 0x2a, 0x00, 0x0e, 0x47, 0x36, 0x33, 0x30, 0x37, 0x38, 0x30],
};
