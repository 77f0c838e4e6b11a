/**
 * Raspberry Pi Pico and Pico 2, and those with a W: their radio drives the LED as well. Units and pins
 * follow ports/rp2/machine_*.c, ids the boards' pins.csv.
 */

import { type BoardData, type BusData, numbered, type PinData, THERMOMETER } from "./board-data.js";
import { rp2Names, rp2350Names, withRadio } from "./names/rp2.js";

/** Pins of the chip that the board does not bring out under a GP name. */
const INTERNAL = new Set([23, 24, 29]);
const PINS = 30;

/** The pins that a signal of a unit can have: those whose low bits and unit bit fit. */
function fitting(mask: number, value: number, unit: (pin: number) => number, id: number): number[] {
  return Array.from({ length: PINS }, (_, pin) => pin).filter(
    (pin) => (pin & mask) === value && unit(pin) === id,
  );
}

const i2cUnit = (pin: number): number => (pin & 2) >> 1;
const spiUnit = (pin: number): number => (pin & 8) >> 3;
const uartUnit = (pin: number): number => ((pin + 4) & 8) >> 3;

function i2c(id: number, scl: number, sda: number): BusData {
  const allowed = { scl: fitting(1, 1, i2cUnit, id), sda: fitting(1, 0, i2cUnit, id) };
  return { id, pins: { scl, sda }, allowed };
}

function spi(id: number, sck: number, mosi: number, miso: number): BusData {
  const allowed = {
    sck: fitting(3, 2, spiUnit, id),
    mosi: fitting(3, 3, spiUnit, id),
    miso: fitting(3, 0, spiUnit, id),
  };
  return { id, pins: { sck, mosi, miso }, allowed };
}

function uart(id: number, tx: number, rx: number): BusData {
  const allowed = {
    tx: fitting(3, 0, uartUnit, id),
    rx: fitting(3, 1, uartUnit, id),
    cts: fitting(3, 2, uartUnit, id),
    rts: fitting(3, 3, uartUnit, id),
  };
  return { id, pins: { tx, rx }, allowed };
}

function pin(n: number, led: number | null): Omit<PinData, "number"> {
  return {
    name: `GPIO${n}`,
    aliases: [...(INTERNAL.has(n) ? [] : [`GP${n}`]), ...(n === led ? ["LED"] : [])],
    label: n === led ? "LED" : `GP${n}`,
    resetPull: "down",
  };
}

const LED = 25;
/** Modules of other ports. */
const OTHER_PORTS = [
  "aioespnow",
  "apa102",
  "apa106",
  "btree",
  "esp",
  "esp32",
  "espnow",
  "pyb",
  "stm",
].concat("umqtt", "umqtt.robust", "umqtt.simple");
/** Modules that only a board with a radio has. */
const NETWORKING = [
  "bluetooth",
  "mip",
  "network",
  "ntptime",
  "requests",
  "socket",
  "ssl",
  "tls",
  "urequests",
  "webrepl",
  "websocket",
];

/** What all of them have in common, as the first one has it. */
const common: BoardData = {
  name: "pico",
  port: "rp2",
  platform: "rp2",
  machine: "Raspberry Pi Pico with RP2040",
  storage: 1408 * 1024,
  build: "RPI_PICO",
  nativeCode: "armv6m",
  threads: "unsafe",
  node: "rp2",
  epoch: 1970,
  pins: numbered(PINS, (n) => pin(n, LED)),
  leds: [],
  button: null,
  implicitOutput: false,
  names: rp2Names,
  absent: [...OTHER_PORTS, ...NETWORKING],
  hardwareTimers: 0,
  pios: 2,
  uartClock: 125_000_000,
  // The scratch registers of the watchdog that survive its reset.
  backup: [
    { typecode: "I", length: 4 },
    { typecode: "I", length: 3 },
  ],
  rtcMemory: 0,
  frequency: 125_000_000,
  i2c: [i2c(0, 5, 4), i2c(1, 7, 6)],
  spi: [spi(0, 18, 19, 16), spi(1, 10, 11, 8)],
  uart: [uart(0, 0, 1), uart(1, 4, 5)],
  analog: [26, 27, 28, 29],
  analogChannels: { 0: 26, 1: 27, 2: 28, 3: 29, 4: THERMOMETER },
  dac: [],
  touch: [],
  watchdog: { least: 1, most: 8388 },
  uniqueId: [0xe6, 0x61, 0x41, 0x04, 0x03, 0x2b, 0x5a, 0x2e],
};

export const pico: BoardData = { ...common, heap: { total: 233_728, used: 4112 } };

/** A board with the radio: three of its pins, one of them the LED's, are the radio's. */
const wireless: Pick<BoardData, "pins" | "absent"> = {
  pins: [
    ...numbered(PINS, (n) => pin(n, null)),
    { name: "EXT_GPIO0", number: null, aliases: ["LED", "WL_GPIO0"], label: "LED" },
    { name: "EXT_GPIO1", number: null, aliases: ["WL_GPIO1"], label: "WL_GPIO1" },
    { name: "EXT_GPIO2", number: null, aliases: ["WL_GPIO2"], label: "WL_GPIO2" },
  ],
  absent: OTHER_PORTS,
};

export const picoW: BoardData = {
  ...common,
  ...wireless,
  names: withRadio(rp2Names),
  name: "pico_w",
  build: "RPI_PICO_W",
  machine: "Raspberry Pi Pico W with RP2040",
  hostName: "PicoW",
  storage: 848 * 1024,
};

export const pico2: BoardData = {
  ...common,
  name: "pico2",
  build: "RPI_PICO2",
  nativeCode: "armv7emsp",
  machine: "Raspberry Pi Pico2 with RP2350",
  storage: 3072 * 1024,
  names: rp2350Names,
  pios: 3,
  // And those of its power manager.
  backup: [...pico.backup, { typecode: "I", length: 8 }],
  frequency: 150_000_000,
  watchdog: { least: 1, most: 16_777 },
  uniqueId: [0x5d, 0x0c, 0x81, 0x2b, 0x4e, 0x96, 0x33, 0xa7],
};

export const pico2W: BoardData = {
  ...pico2,
  ...wireless,
  names: withRadio(rp2350Names),
  name: "pico2_w",
  build: "RPI_PICO2_W",
  nativeCode: "armv7emsp",
  machine: "Raspberry Pi Pico 2 W with RP2350",
  hostName: "Pico2W",
  storage: 2560 * 1024,
};
