/**
 * The settings of an ESP32's serial ports, from `ports/esp32/machine_uart.c` and ESP-IDF's `uart.c`. A unit
 * has one record of them, which every object of it shows; what comes before a refused setting stays set. The
 * prompt's unit has no driver of ESP-IDF, which every call of its constructor ends with.
 */

import { perContext } from "../../core/context.js";
import { OSError, ValueError } from "../../core/exception/exceptions.js";
import { index } from "../../core/number/numbers.js";
import type { Value } from "../../core/values.js";
import { currentBoard } from "../bus-unit.js";
import { lineOf } from "../pin/pin.js";
import { esp32UartRate } from "../unit-rates.js";
import type { UartSettings } from "./uart-settings.js";

export interface Esp32UartSettings extends UartSettings {
  /** -1: not connected. */
  tx: number;
  rx: number;
}

/** The frame and the rate as the unit has them, which its record may not tell. */
interface Frame {
  baudrate: number;
  bits: number;
  parity: number | null;
  stop: number;
}

interface Unit {
  /** ESP-IDF's driver for it is installed. */
  installed: boolean;
  frame: Frame;
  /** Of the object that a constructor gave; null: none did yet. */
  record: Esp32UartSettings | null;
}

const FIFO = 128;
const PROMPT = 0;
const FRAME: Frame = { baudrate: 115_200, bits: 8, parity: null, stop: 1 };
const FRESH = { bits: 8, parity: null, stop: 1, rts: -1, cts: -1, txbuf: 256, rxbuf: 256 } as const;
const NOTHING = { timeout: 0, timeout_char: 0, invert: 0, flow: 0 } as const;
const INVERSIONS = 32 | 4 | 64 | 8;
const FLOW = 3;
const NUMBERS = [
  ...["baudrate", "bits", "stop", "txbuf", "rxbuf", "timeout", "timeout_char"],
  ...["invert", "flow"],
] as const;
const SIGNALS = ["tx", "rx", "rts", "cts"] as const;

const units = perContext(() => new Map<number, Unit>());

function unitOf(id: number): Unit {
  const unit = units().get(id) ?? { installed: false, frame: { ...FRAME }, record: null };
  units().set(id, unit);
  return unit;
}

/** The record of a unit: a new one counts as nothing at all until the driver is installed for it. */
export function esp32Record(id: number): Esp32UartSettings {
  const none = { baudrate: 0, bits: 0, parity: null, stop: 0, rxbuf: 0, txbuf: 0, rts: 0, cts: 0 };
  return unitOf(id).record ?? { ...none, ...NOTHING, tx: 0, rx: 0 };
}

/** A constructor has given an object for the unit. */
export function keepRecord(id: number, record: Esp32UartSettings): void {
  unitOf(id).record = record;
}

export const isInstalled = (id: number): boolean => unitOf(id).installed;

export function removeDriver(id: number): void {
  unitOf(id).installed = false;
}

const failed = (): OSError => new OSError(1, "ESP_FAIL");

/** Refuses what the unit cannot do without its driver. */
export function checkInstalled(id: number): void {
  if (!isInstalled(id)) throw failed();
}

/** Changes the record of a unit to what was given, step by step. */
export function setEsp32Uart(
  id: number,
  record: Esp32UartSettings,
  given: Readonly<Record<string, Value>>,
): void {
  const unit = unitOf(id);
  const numbers = new Map<string, number>();
  for (const name of NUMBERS) {
    if (given[name] !== undefined) numbers.set(name, index(given[name]));
  }
  const number = (name: (typeof NUMBERS)[number], otherwise: number): number =>
    numbers.get(name) ?? otherwise;
  if (!unit.installed) {
    const pins = currentBoard().data.uart.find((each) => each.id === id)?.pins;
    Object.assign(record, FRESH, NOTHING, { tx: pins?.tx, rx: pins?.rx });
  }
  setBuffers(id, unit, record, number("txbuf", -1), number("rxbuf", -1));
  setRate(unit, record, number("baudrate", 0));
  setPins(record, given);
  const bits = number("bits", 0);
  if (bits !== 0 && (bits < 5 || bits > 8)) throw new ValueError("invalid data bits");
  if (bits !== 0) record.bits = unit.frame.bits = bits;
  const { parity } = given;
  if (parity !== undefined) {
    record.parity = unit.frame.parity = parity === null ? null : index(parity) & 1;
  }
  const stop = number("stop", 0);
  if (stop < 0 || stop > 2) throw new ValueError("invalid stop bits");
  if (stop !== 0) record.stop = unit.frame.stop = stop;
  for (const name of ["timeout", "timeout_char"] as const) {
    if (number(name, -1) !== -1) record[name] = number(name, 0) & 0xffff;
  }
  checkPause(unit, record.timeout_char);
  record.invert = masked(number("invert", -1), record.invert, INVERSIONS, "inversion");
  record.flow = masked(number("flow", -1), record.flow, FLOW, "flow control");
  if (!unit.installed) throw failed();
}

/** The buffers cannot change but with a new driver: larger than what the hardware keeps, or none to send. */
function setBuffers(
  id: number,
  unit: Unit,
  record: Esp32UartSettings,
  txbuf: number,
  rxbuf: number,
): void {
  const isChanged = (size: number, name: "txbuf" | "rxbuf"): boolean =>
    size >= 0 && size !== record[name];
  if (isChanged(txbuf, "txbuf") || isChanged(rxbuf, "rxbuf")) {
    if (id === PROMPT) throw new ValueError("REPL UART buffer size is fixed");
    if (txbuf >= 0) record.txbuf = txbuf & 0xffff;
    if (rxbuf >= 0) record.rxbuf = rxbuf & 0xffff;
    if (unit.installed) unit.installed = false;
    else unit.frame = { ...FRAME };
  } else if (!unit.installed && id !== PROMPT) {
    unit.frame = { ...FRAME };
  }
  if (unit.installed || id === PROMPT) return;
  const sends = record.txbuf > FIFO || record.txbuf === 0;
  if (record.rxbuf <= FIFO || !sends) throw failed();
  unit.frame.baudrate = rateOf(unit.frame.baudrate);
  unit.installed = true;
}

function rateOf(wanted: number): number {
  const rate = esp32UartRate(currentBoard().data.uartClock, wanted);
  if (rate === null) throw failed();
  return rate;
}

function setRate(unit: Unit, record: Esp32UartSettings, wanted: number): void {
  if (wanted > 0) unit.frame.baudrate = rateOf(wanted);
  record.baudrate = unit.frame.baudrate;
}

/** What drives a line cannot be on a pin that only reads. */
function setPins(record: Esp32UartSettings, given: Readonly<Record<string, Value>>): void {
  for (const signal of SIGNALS) {
    const pin = given[signal];
    if (pin !== undefined) record[signal] = pin === -1 ? -1 : (lineOf(pin).data.number as number);
  }
  for (const signal of ["tx", "rts"] as const) {
    if (currentBoard().line(record[signal])?.data.inputOnly) throw failed();
  }
}

/** How long the hardware waits for the next character is counted in characters, in eight bits. */
function checkPause({ installed, frame }: Unit, pause: number): void {
  const { baudrate, bits, parity, stop } = frame;
  const characters = Math.floor(pause / (Math.floor(12_000 / baudrate) + 1));
  if (characters < 1 && !installed) throw new OSError(-259, "ESP_ERR_INVALID_STATE");
  const symbol = 1 + bits + stop + (parity === null ? 0 : 1);
  const most = Math.floor(currentBoard().data.name === "esp32" ? 1016 / symbol : 1023 / symbol);
  if ((characters & 0xff) > most) throw new OSError(-258, "ESP_ERR_INVALID_ARG");
}

function masked(bits: number, before: number, mask: number, what: string): number {
  if (bits === -1) return before;
  if (bits & ~mask) throw new ValueError(`invalid ${what} mask`);
  return bits;
}
