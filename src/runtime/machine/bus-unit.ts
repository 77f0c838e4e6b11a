/**
 * Which pins a unit of a bus uses: those of the arguments, or the board's defaults. Used by the
 * drivers of I2C, SPI and UART.
 */

import type { BusData, Port } from "../boards/board-data.js";
import { current, perContext } from "../core/context.js";
import { ValueError } from "../core/exception/exceptions.js";
import { requirePort } from "../core/module/port-names.js";
import { index } from "../core/number/numbers.js";
import type { Value } from "../core/values.js";
import type { Board, PinLine } from "./hal.js";
import { lineOf } from "./pin/pin.js";
import { portRules } from "./port/port-rules.js";

const NAMES = { i2c: "I2C", spi: "SPI", uart: "UART" } as const;

export function currentBoard(): Board {
  return current().board as Board;
}

/** The unit that an id means; `driver` is what messages call it. */
export function unitOf(bus: keyof typeof NAMES, id: Value, driver: string = NAMES[bus]): BusData {
  const { data } = currentBoard();
  requirePort("machine", NAMES[bus]);
  const isNamed = typeof id === "string" && data[bus].some(({ name }) => name !== undefined);
  const wanted = isNamed ? (id as string) : index(id);
  const unit = data[bus].find(({ id: number, name }) => wanted === (isNamed ? name : number));
  if (unit === undefined) throw new ValueError(portRules[data.port].noUnit(driver, wanted));
  return unit;
}

/** What units were set to last: on some ports an object is the unit itself, and keeps that. */
const kept = perContext(() => new Map<BusData, Record<string, unknown>>());
const KEEPING: readonly Port[] = ["rp2", "esp32"];

/** What a unit keeps from one constructor to the next; nothing on ports that start anew. */
export function keptSettings<Settings extends object>(unit: BusData): Partial<Settings> {
  if (!KEEPING.includes(currentBoard().data.port)) return {};
  const found = kept().get(unit) ?? {};
  kept().set(unit, found);
  return found as Partial<Settings>;
}

/**
 * The line for a signal of a unit: the one asked for, if the unit can have it there; otherwise the one that
 * it had, or the board's own.
 */
export function signalLine(unit: BusData, signal: string, wanted: Value): PinLine {
  const lines = keptSettings<Record<string, PinLine>>(unit);
  const line = wantedLine(unit, signal, wanted, lines[signal]);
  lines[signal] = line;
  return line;
}

function wantedLine(unit: BusData, signal: string, wanted: Value, had?: PinLine): PinLine {
  const board = currentBoard();
  if (wanted === undefined || wanted === null) {
    return had ?? (board.line(unit.pins[signal] as number | string) as PinLine);
  }
  const line = lineOf(wanted);
  const allowed = unit.allowed?.[signal];
  if (allowed !== undefined && !allowed.some((id) => board.line(id) === line)) {
    throw new ValueError(portRules[board.data.port].badPin(signal));
  }
  return line;
}

/** How messages and prints call a line: by number where it has one. */
export function lineLabel(line: PinLine): string {
  return String(line.data.number ?? line.data.name);
}
