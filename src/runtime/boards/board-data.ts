/**
 * What distinguishes one board from another, as plain data: names, pins, buses, LEDs, what is absent.
 * Each board is a file beside this one; index.ts lists them.
 */

import type { PortNames } from "../core/module/port-names.js";
import type { FloatPrecision } from "../core/number/single-format.js";

export interface PinData {
  /** The chip's name of the pin. */
  name: string;
  /** The id as a number, where the port has one. */
  number: number | null;
  /** The board's names of it. */
  aliases: readonly string[];
  /** How the trace calls it. */
  label: string;
  inputOnly?: boolean;
  /** What holds it until it is configured. */
  resetPull?: "up" | "down";
  /** What the port's own start makes of it, before a program runs. */
  resetMode?: "in" | "out";
}

/** The MicroPython port whose rules and messages the board follows. */
export type Port = "generic" | "rp2" | "esp32" | "esp8266" | "stm32" | "unix";

/** `MICROPY_FLOAT_IMPL` and `MICROPY_OBJ_REPR` in `mpconfigport.h`; the generic board has what WebAssembly has. */
export const FLOATS: Readonly<Record<Port, FloatPrecision>> = {
  generic: "double",
  rp2: "single",
  esp32: "single",
  esp8266: "short",
  stm32: "single",
  unix: "double",
};

const COMMON_PATH = ["", ".frozen", "/lib"];

/** `sys.path` as the port's start leaves it. */
export const SYS_PATH: Readonly<Record<Port, readonly string[]>> = {
  generic: COMMON_PATH,
  rp2: COMMON_PATH,
  esp32: COMMON_PATH,
  esp8266: [...COMMON_PATH, "/"],
  stm32: ["", ".frozen", "/flash", "/flash/lib"],
  unix: COMMON_PATH,
};

/** One unit of a bus: its pins when the program names none, and the pins that it can have. */
export interface BusData {
  id: number;
  /** The board's name of it, where units have names: "X" */
  name?: string;
  /** By signal ("scl", "tx" ...): a pin by number or name. */
  pins: Readonly<Record<string, number | string>>;
  /** By signal; a signal that is not listed can be on any pin. */
  allowed?: Readonly<Record<string, readonly (number | string)[]>>;
}

/** A slot of `machine.SDCard` on an ESP32. */
export interface CardSlotData {
  id: number;
  /** The unit of SPI that it takes; null: it is one of the controller of cards. */
  spi: number | null;
  /** By contact: sck, mosi, miso, cs or clk, cmd, d0 to d3. */
  pins: Readonly<Record<string, number>>;
  /** Programs can choose other pins. */
  movable: boolean;
}

export interface Range {
  least: number;
  most: number;
}

/** By number in py/persistentcode.h. */
export const NATIVE_CODES = {
  x64: 2,
  armv6m: 4,
  armv7emsp: 7,
  xtensa: 9,
  xtensawin: 10,
  rv32imc: 11,
};
export type NativeCode = keyof typeof NATIVE_CODES;

/** Bytes that a program has for its objects, and how many of them the start has taken. */
export interface HeapData {
  total: number;
  used: number;
}

export interface BackupRegion {
  typecode: "B" | "I";
  length: number;
}

export interface PwmUnits {
  /** Groups of channels, which count on the group's timers: signals and frequencies at once in each. */
  groups: number;
  channels: number;
  timers: number;
  /** How far a timer can count. */
  bits: number;
  /** Slow signals have a clock of their own, and timers of one group can count different ones. */
  slowClock: boolean;
  /** The clock that goes on in a light sleep, in Hz. */
  sleepClock: number;
}

export interface BoardData {
  name: string;
  port: Port;
  /** `sys.platform` */
  platform: string;
  /** `os.uname().machine` and `sys.implementation._machine` */
  machine: string;
  /** `sys.implementation._build` */
  build: string;
  /** What its machine code is, of those that `sys.implementation._mpy` can tell; without, none. */
  nativeCode?: NativeCode;
  /** `sys.implementation._thread`, on ports with threads. */
  threads?: "GIL" | "unsafe";
  /** `os.uname().nodename` */
  node: string;
  /** What the network calls it, where that is not `mpy-` and its name. */
  hostName?: string;
  /** What `gc` tells of memory, where it is known. */
  heap?: HeapData;
  /** Bytes of flash memory for files, on an RP2040 or RP2350. */
  storage?: number;
  /** `platform.processor()`, of a RISC-V core. */
  processor?: string;
  /** The year in which `time` starts to count. */
  epoch: 1970 | 2000;
  pins: readonly PinData[];
  /** The pins of `pyb.LED(1)`, `LED(2)`, ... by chip name. */
  leds: readonly string[];
  /** The pin of `pyb.Switch`, low when pressed. */
  button: string | null;
  /** A pin that was never configured becomes an output when it is written. */
  implicitOutput: boolean;
  /** What its modules offer of all that ports have. */
  names: PortNames;
  /** Modules of the runtime that this board lacks. */
  absent: readonly string[];
  hardwareTimers: number;
  /** PIOs, with four state machines each. */
  pios: number;
  /** What `machine.mem_backup()` gives: by region, how many bytes or words survive a reset. */
  backup: readonly BackupRegion[];
  /** Bytes of `RTC.memory()`. */
  rtcMemory: number;
  /** `machine.freq()` in Hz. */
  frequency: number;
  i2c: readonly BusData[];
  spi: readonly BusData[];
  uart: readonly BusData[];
  /** The clock that the rates of the serial ports are divided from, in Hz. */
  uartClock: number;
  /** Pins with an analog input, by number or name; null: all. */
  analog: readonly (number | string)[] | null;
  /** How many of them are the first converter's; all, unless it is said. */
  analogUnit?: number;
  /** The fewest bits that a converter can be set to measure. */
  leastBits?: number;
  /** `ADC(channel)` for small numbers, where the port has that: a pin, or the chip's thermometer. */
  analogChannels: Readonly<Record<number, number | string>>;
  /** The slots of memory cards that programs choose by number. */
  cardSlots?: readonly CardSlotData[];
  /** Sockets on the board, by the part that fits: the pin of each leg. */
  sockets?: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** Pins with an analog output. */
  dac: readonly (number | string)[];
  /** The most that the first divider of an ESP32's SPI divides by. */
  spiDividers?: number;
  /** Pulses, two by two, that fit into a channel of an ESP32's RMT. */
  rmtSymbols?: number;
  /** How many units for sound the chip has; 2 where this does not say. */
  i2sUnits?: number;
  /** Pins that feel a touch. */
  touch: readonly number[];
  /** An ESP32's signals of PWM. */
  pwm?: PwmUnits;
  /** The last of its analog converters that can be used, from 0. */
  lastConverter?: number;
  /** An ESP32's pins that are alive in a deep sleep. */
  wakePins?: readonly number[];
  /** One of them can end sleeps on its own. */
  wakesByPin?: boolean;
  /** Pins of which any number can end a deep sleep. */
  deepWakePins?: readonly number[];
  /** Timeouts that the watchdog can have, in milliseconds. */
  watchdog: Range;
  /** `machine.unique_id()` */
  uniqueId: readonly number[];
}

/** Channels in the chip, in `analogChannels`: its thermometer, and on an STM32 what it compares with. */
export const THERMOMETER = "thermometer";
export const REFERENCE = "reference";
export const BATTERY = "battery";
export const SUPPLY = "supply";

/** Pins `0` to `count - 1` of a chip that numbers them. */
export function numbered(
  count: number,
  names: (number: number) => Omit<PinData, "number">,
): PinData[] {
  return Array.from({ length: count }, (_, number) => ({ number, ...names(number) }));
}
