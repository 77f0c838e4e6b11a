/**
 * The settings of a serial port: which ones a port takes, what it says about others, how it prints them.
 * From `mp_machine_uart_init_helper` and `mp_machine_uart_print` of `ports/{rp2,esp32,esp8266,stm32}`.
 */

import type { Port } from "../../boards/board-data.js";
import { TypeError, ValueError } from "../../core/exception/exceptions.js";
import { index } from "../../core/number/numbers.js";
import type { Value } from "../../core/values.js";
import { stm32UartRate } from "../unit-rates.js";
import { checkEsp8266Read, esp8266Buffer, esp8266Settings } from "./esp8266-uart.js";

export interface UartSettings {
  baudrate: number;
  bits: number;
  parity: number | null;
  stop: number;
  /** Bytes that are kept until they are read, and until they are sent. */
  rxbuf: number;
  txbuf: number;
  timeout: number;
  timeout_char: number;
  invert: number;
  flow: number;
  /** Of an ESP32's flow control, as numbers; -1: not connected. */
  rts: number;
  cts: number;
}

/** How long a byte takes with its start, parity and stop bits, in ms. */
export function byteTime({ bits, parity, stop, baudrate }: UartSettings): number {
  return ((1 + bits + (parity === null ? 0 : 1) + stop) * 1000) / baudrate;
}

const BUFFER = 256;
const LARGEST_BUFFER = 32766;
const SMALLEST_BUFFER = 32;
/** An RP2 keeps times in sixteen bits. */
const MOST_TIME = 0xffff;
const INVERSIONS = 3;
const FLOW = 3;

export const DEFAULT_SETTINGS: UartSettings = {
  baudrate: 115_200,
  bits: 8,
  parity: null,
  stop: 1,
  rxbuf: BUFFER,
  txbuf: BUFFER,
  timeout: 0,
  timeout_char: 0,
  invert: 0,
  flow: 0,
  rts: -1,
  cts: -1,
};

/** Its timeouts are kept in 16 bits. */
const STM32_LONGEST = 0xffff;
const STM32_SETTINGS: UartSettings = { ...DEFAULT_SETTINGS, rxbuf: 64 };

/** How the pins of the port are called in its print. */
export interface UartPrinted extends UartSettings {
  id: number;
  /** It was told what to be. */
  begun: boolean;
  tx: string;
  rx: string;
  /** What a handler is told of, in the port's bits. */
  irq: number;
}

type Given = Readonly<Record<string, Value>>;

interface UartUnit {
  id: number;
  /** The prompt is on it. */
  repl: boolean;
  /** Its settings until now. */
  before: UartSettings;
}

export interface UartRules {
  /** The settings after some were given, where the port has its own way. */
  change?(before: UartSettings, given: Given): UartSettings;
  /** Refuses to read. */
  checkRead?(id: number): void;
  /** Refuses settings, or rounds them. */
  check(settings: UartSettings, given: Given, unit: UartUnit): void;
  print(uart: UartPrinted): string;
}

/** The time between two characters is no shorter than one takes. */
function waitCharacter(settings: UartSettings, more: number): void {
  const { baudrate } = settings;
  const least = (baudrate === 0 ? 0 : Math.floor(13_000 / baudrate)) + more;
  settings.timeout_char = Math.max(settings.timeout_char, least);
}

function within(bits: number, mask: number, message: string): void {
  if (bits & ~mask) throw new ValueError(message);
}

function buffer(size: number, name: string): number {
  if (size > LARGEST_BUFFER) throw new ValueError(`${name} too large`);
  return Math.max(size, SMALLEST_BUFFER);
}

const parityOf = (uart: UartSettings): string => String(uart.parity ?? "None");

function format(uart: UartPrinted): string {
  const { id, baudrate, bits, stop } = uart;
  return `UART(${id}, baudrate=${baudrate}, bits=${bits}, parity=${parityOf(uart)}, stop=${stop}`;
}

const times = (uart: UartSettings): string =>
  `timeout=${uart.timeout}, timeout_char=${uart.timeout_char}`;

const rp2: UartRules = {
  check(settings) {
    within(settings.invert, INVERSIONS, "bad inversion mask");
    within(settings.flow, FLOW, "bad hardware flow control mask");
    settings.rxbuf = buffer(settings.rxbuf, "rxbuf");
    settings.txbuf = buffer(settings.txbuf, "txbuf");
    settings.timeout &= MOST_TIME;
    settings.timeout_char &= MOST_TIME;
    waitCharacter(settings, 1);
  },
  print(uart) {
    const { tx, rx, txbuf, rxbuf, irq } = uart;
    const invert = ["None", "INV_TX", "INV_RX", "INV_TX|INV_RX"][uart.invert];
    return `${format(uart)}, tx=${tx}, rx=${rx}, txbuf=${txbuf}, rxbuf=${rxbuf}, ${times(uart)}, invert=${invert}, irq=${irq})`;
  },
};

function checkFrame({ bits, stop }: UartSettings): void {
  if (bits < 5 || bits > 8) throw new ValueError("invalid data bits");
  if (stop < 1 || stop > 2) throw new ValueError("invalid stop bits");
}

const ESP32_INVERSIONS = { INV_TX: 32, INV_RX: 4, INV_RTS: 64, INV_CTS: 8 } as const;

function named(bits: number, names: Readonly<Record<string, number>>): string {
  return Object.keys(names)
    .filter((name) => bits & (names[name] as number))
    .join("|");
}

const esp32: UartRules = {
  // esp32-uart.ts
  check() {},
  print(uart) {
    const { tx, rx, rts, cts, txbuf, rxbuf, irq } = uart;
    const invert = uart.invert === 0 ? "" : `, invert=${named(uart.invert, ESP32_INVERSIONS)}`;
    const flow = uart.flow === 0 ? "" : `, flow=${named(uart.flow, { RTS: 1, CTS: 2 })}`;
    return `${format(uart)}, tx=${tx}, rx=${rx}, rts=${rts}, cts=${cts}, txbuf=${txbuf}, rxbuf=${rxbuf}, ${times(uart)}, irq=${irq}${invert}${flow})`;
  },
};

const esp8266: UartRules = {
  change: esp8266Settings,
  checkRead: checkEsp8266Read,
  check: () => {},
  print: (uart) => `${format(uart)}, rxbuf=${esp8266Buffer()}, ${times(uart)})`,
};

const stm32: UartRules = {
  check(settings, given, { id }) {
    // Everything but the rate is as it was at first unless it is given.
    if (given.baudrate === undefined) throw new TypeError("'baudrate' argument required");
    Object.assign(settings, changedSettings(STM32_SETTINGS, given));
    const length = settings.bits + (settings.parity === null ? 0 : 1);
    if (length !== 8 && length !== 9) {
      throw new ValueError("unsupported combination of bits and parity");
    }
    settings.stop = given.stop === undefined || index(given.stop) === 1 ? 1 : 2;
    const wanted = index(given.baudrate) >>> 0;
    settings.baudrate = wanted;
    for (const name of ["timeout", "timeout_char"] as const) {
      if (given[name] !== undefined) settings[name] = index(given[name]) & STM32_LONGEST;
    }
    waitCharacter(settings, 2);
    if (given.rxbuf !== undefined && index(given.rxbuf) >= 0) settings.rxbuf = index(given.rxbuf);
    settings.baudrate = stm32UartRate(id, wanted);
    if (20 * Math.abs(settings.baudrate - wanted) > settings.baudrate) {
      throw new ValueError(`set baudrate ${settings.baudrate} is not within 5% of desired value`);
    }
  },
  print(uart) {
    if (!uart.begun) return `UART(${uart.id})`;
    const flow = named(uart.flow, { RTS: 0x100, CTS: 0x200 }) || "0";
    const irq = uart.irq === 0 ? "" : `; irq=0x${uart.irq.toString(16)}`;
    return `${format(uart)}, flow=${flow}, ${times(uart)}, rxbuf=${uart.rxbuf}${irq})`;
  },
};

const generic: UartRules = {
  check(settings) {
    if (settings.bits < 5 || settings.bits > 9) throw new ValueError("invalid data bits");
    checkFrame({ ...settings, bits: Math.min(8, settings.bits) });
    settings.rxbuf = buffer(settings.rxbuf, "rxbuf");
  },
  print(uart) {
    const { tx, rx, txbuf, rxbuf } = uart;
    return `${format(uart)}, tx=${tx}, rx=${rx}, txbuf=${txbuf}, rxbuf=${rxbuf}, ${times(uart)})`;
  },
};

export const uartRules: Record<Port, UartRules> = {
  generic,
  rp2,
  esp32,
  esp8266,
  stm32,
  unix: generic,
};

/** The settings after some were given: those that are undefined, and a rate of 0, change nothing. */
export function changedSettings(
  before: UartSettings,
  given: Readonly<Record<string, Value>>,
): UartSettings {
  const settings = { ...before };
  for (const name of ["baudrate", "bits", "stop", "rxbuf", "txbuf"] as const) {
    const value = given[name];
    if (value !== undefined && index(value) > 0) settings[name] = index(value);
  }
  for (const name of ["timeout", "timeout_char", "invert", "flow"] as const) {
    const value = given[name];
    if (value !== undefined && index(value) >= 0) settings[name] = index(value);
  }
  const { parity } = given;
  if (parity !== undefined && parity !== -1)
    settings.parity = parity === null ? null : index(parity) & 1;
  return settings;
}
