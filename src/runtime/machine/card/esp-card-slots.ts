/**
 * The slots of `machine.SDCard` on an ESP32: those of the controller of cards, and units of SPI that a card has
 * to itself. What arguments they take and what can go wrong, from ports/esp32/machine_sdcard.c and
 * the numbers of ESP-IDF's esp_err.h.
 */

import type { CardSlotData } from "../../boards/board-data.js";
import { OSError, TypeError, ValueError } from "../../core/exception/exceptions.js";
import { asArray } from "../../core/iteration/iteration.js";
import { index } from "../../core/number/numbers.js";
import type { Value } from "../../core/values.js";
import { currentBoard } from "../bus-unit.js";
import type { PinLine } from "../hal.js";
import { lineOf } from "../pin/pin.js";
import { claimSpi, releaseSpi } from "../spi/spi-hosts.js";
import { type CardLines, CardSlot } from "./card-slot.js";

const NAMES = ["slot", "width", "cd", "wp", "miso", "mosi", "sck", "cs", "cmd", "data"] as const;
type Settings = Record<(typeof NAMES)[number], Value>;

/** ESP-IDF's library of C has other numbers than the drivers here. */
const NEWLIB_ETIMEDOUT = 116;
const invalidState = (): OSError => new OSError(-0x103, "ESP_ERR_INVALID_STATE");
const notFound = (): OSError => new OSError(-0x105, "ESP_ERR_NOT_FOUND");
const timeout = (): OSError => new OSError(NEWLIB_ETIMEDOUT, "ESP_ERR_TIMEOUT");
const invalidArg = (): OSError => new OSError(-0x102, "ESP_ERR_INVALID_ARG");
const invalidCrc = (): OSError => new OSError(-0x109, "ESP_ERR_INVALID_CRC");

export interface EspSlot {
  readonly slot: CardSlot;
  /** Starts the card; null, or what is wrong. */
  start(): OSError | null;
  /** Gives the controller or the bus back. */
  release(): void;
}

export function espSlot(others: readonly Value[], named: readonly Value[]): EspSlot {
  if (others.length > 0) throw new TypeError("extra positional arguments given");
  const freq = named[NAMES.length];
  const given = Object.fromEntries(NAMES.map((name, i) => [name, named[i] ?? null])) as Settings;
  const slots = currentBoard().data.cardSlots ?? [];
  const movable = slots.some(({ spi, movable: each }) => spi === null && each);
  if (!movable && (named[8] !== undefined || named[9] !== undefined)) {
    throw new TypeError("extra keyword arguments given");
  }
  const usual = slots.find(({ id }) => id === 1) ?? slots.at(-1);
  const id = given.slot === null ? usual?.id : index(given.slot);
  const width = given.width === null ? 1 : index(given.width);
  // Nothing here depends on how fast the card is.
  if (freq !== undefined) index(freq);
  const data = slots.find((each) => each.id === id);
  if (data === undefined) throw new ValueError("invalid slot number");
  return data.spi === null ? wide(data, given, width) : onSpi(data, data.spi, given);
}

/** The controller of cards. */
function wide(data: CardSlotData, given: Settings, width: number): EspSlot {
  const { miso, mosi, cs, cmd, sck } = given;
  if (miso !== null || mosi !== null || cs !== null) {
    throw new ValueError("invalid config: SDMMC slot with SPI pin arguments");
  }
  if (width !== 1 && width !== 4 && !(width === 8 && data.id === 0)) {
    throw new ValueError("width must be 1 or 4 (or 8 on slot 0)");
  }
  const bits = given.data === null ? null : asArray(given.data);
  if (bits !== null && bits.length !== width) {
    throw new ValueError(`data argument length must match width ${width}`);
  }
  const bit = (n: number): PinLine => {
    const pin = bits?.[n];
    return pin === undefined ? boardLine(data, `d${n}`) : lineOf(pin);
  };
  const lines: CardLines = {
    // Only where the lines can be moved does the controller heed what it is given.
    clock: sck === null || !data.movable ? boardLine(data, "clk") : lineOf(sck),
    command: cmd === null ? boardLine(data, "cmd") : lineOf(cmd),
    data: bit(0),
    others:
      width === 1
        ? []
        : [
            ["cardData1", bit(1)],
            ["cardData2", bit(2)],
            ["cardData3", bit(3)],
          ],
    ...switches(given),
  };
  return slotOn(lines, () => {});
}

/** A unit of SPI. */
function onSpi(data: CardSlotData, unit: number, given: Settings): EspSlot {
  if (given.cmd !== null || given.data !== null) {
    throw new ValueError("invalid config: SPI slot with SDMMC pin arguments");
  }
  const line = (name: "sck" | "mosi" | "miso" | "cs"): PinLine => {
    if (given[name] !== null) return lineOf(given[name]);
    if (data.pins[name] === undefined) throw new ValueError("SPI pin values required");
    return boardLine(data, name);
  };
  const [data0, command, clock, select] = [line("miso"), line("mosi"), line("sck"), line("cs")];
  const lines: CardLines = {
    clock,
    command,
    data: data0,
    others: [["cardData3", select]],
    ...switches(given),
  };
  if (!claimSpi(unit, "SDCard")) throw invalidState();
  if ([clock, command, select].some(({ data: { inputOnly } }) => inputOnly)) {
    releaseSpi(unit);
    throw invalidArg();
  }
  select.configure("out", null, 1);
  return slotOn(lines, () => releaseSpi(unit));
}

function slotOn(lines: CardLines, release: () => void): EspSlot {
  const slot = new CardSlot(lines);
  for (const line of [lines.clock, lines.command, lines.data]) line.configure("alt", null, null);
  let released = false;
  return {
    slot,
    start() {
      if (released) return invalidState();
      if (slot.isEmpty) return notFound();
      if (slot.card === null) return timeout();
      return slot.isWhole ? null : wrongWiring(lines);
    },
    release() {
      if (!released) release();
      released = true;
    },
  };
}

/** A card that is not selected is silent; one whose other lines lead nowhere sends broken data. */
function wrongWiring({ others }: CardLines): OSError {
  return others.length === 1 ? timeout() : invalidCrc();
}

function switches({ cd, wp }: Settings): Pick<CardLines, "detect" | "protect"> {
  const line = (pin: Value): PinLine | null => {
    if (pin === null) return null;
    const found = lineOf(pin);
    found.configure("in", "up", null);
    return found;
  };
  return { detect: line(cd), protect: line(wp) };
}

function boardLine({ pins }: CardSlotData, contact: string): PinLine {
  return currentBoard().line(pins[contact] as number) as PinLine;
}
