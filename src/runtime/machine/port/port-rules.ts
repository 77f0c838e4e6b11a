/**
 * Where the ports of MicroPython differ for `machine.Pin`: which ids they take, what they say about a
 * wrong one, how they print a pin. One row for each port.
 */

import type { Port } from "../../boards/board-data.js";
import { functionName, stm32Functions } from "../../boards/names/stm32-functions.js";
import { typeName } from "../../core/class/type.js";
import { AttributeError, OSError, TypeError, ValueError } from "../../core/exception/exceptions.js";
import { portConstants } from "../../core/module/port-names.js";
import { index } from "../../core/number/numbers.js";
import { Bytes } from "../../core/text/bytes.js";
import { decodeUtf8 } from "../../core/text/utf8.js";
import { isInt, type Value } from "../../core/values.js";
import { EIO, ENODEV } from "../errno.js";
import { type Board, DEFAULT_DRIVE, type PinLine, type PinMode, type Pull } from "../hal.js";
import { NO_FUNCTION, rp2Function, SIO } from "../pin/pin-functions.js";

/** What `Pin.init` was given; null: nothing. */
export interface PinSettings {
  mode: PinMode | null;
  /** The mode as a number. */
  number: Value;
  pull: Value;
  alt: Value;
}

export interface PortRules {
  /** The line that an id means; raises what the port raises when there is none. */
  find(board: Board, id: Value): PinLine;
  print(line: PinLine): string;
  /** Refuses settings that the pin cannot have. */
  checkInit(line: PinLine, settings: PinSettings): void;
  /** A pin can be told which of its alternate functions it has. */
  takesFunctions: boolean;
  /** A value is written to outputs alone; other modes leave it unheeded. */
  valueNeedsOutput: boolean;
  /** So is None as a value; on other ports it is as none at all. */
  writesNone: boolean;
  /** `Pin.init()` must be given a mode. */
  needsMode: boolean;
  /** A pin that is set anew without a word of its pull keeps the one that it has. */
  keepsPull: boolean;
  /** Refuses an interrupt that the pin cannot have. */
  checkIrq(line: PinLine, hard: boolean): void;
  /** An open-drain pin lets go of its line until it is written. */
  openDrainReleased: boolean;
  /** There is no unit of that bus ("I2C", "SPI", "UART") with this id. */
  noUnit(bus: string, id: Value): string;
  /** A signal ("scl", "tx" ...) cannot be on the pin that was asked for. */
  badPin(signal: string): string;
  /** The pin has no analog input. */
  notAnalog(line: PinLine): string;
  /** What a hardware I2C raises when no device answers. */
  noDevice: number;
}

const MODES: Record<PinMode, string> = {
  in: "IN",
  out: "OUT",
  "open-drain": "OPEN_DRAIN",
  alt: "ALT",
  "alt-open-drain": "ALT_OPEN_DRAIN",
  analog: "ANALOG",
};

const PULLS: Record<Pull, string> = {
  none: "",
  up: "PULL_UP",
  down: "PULL_DOWN",
  both: "PULL_UP|PULL_DOWN",
};

function named({ mode, pull }: PinLine): string {
  return `mode=${MODES[mode ?? "in"]}${pull === "none" ? "" : `, pull=${PULLS[pull]}`}`;
}

function byNumber(board: Board, id: Value): PinLine | undefined {
  return isInt(id) && typeof id !== "boolean" ? board.line(Number(id)) : undefined;
}

function esp8266Pin(board: Board, id: Value): PinLine {
  const line = byNumber(board, id);
  if (line === undefined) throw new ValueError("invalid pin");
  return line;
}

const anything = (): void => {};

function printRp2(line: PinLine): string {
  const { data, mode, pull } = line;
  const alternate = line.alternate ?? (mode === null ? NO_FUNCTION : null);
  if (data.number === null) return `Pin(${data.name}, mode=${mode === "out" ? "OUT" : "IN"})`;
  const kind = MODES[alternate === null && mode !== null ? mode : "alt"];
  const pulls = pull === "none" ? "" : `, pull=${PULLS[pull]}`;
  const own = alternate === null ? "" : `, alt=${rp2Function(line, alternate) ?? alternate}`;
  return `Pin(${data.name}, mode=${kind}${pulls}${own})`;
}

const rp2: PortRules = {
  find(board, id) {
    if (typeof id === "string") {
      const line = board.line(id);
      if (line === undefined) throw new ValueError(`unknown named pin "${id}"`);
      return line;
    }
    // Any int is converted, where other ports look at small ones alone.
    const line = byNumber(board, isInt(id) && typeof id !== "boolean" ? index(id) : id);
    if (line === undefined) throw new ValueError("invalid pin");
    return line;
  },
  print: printRp2,
  checkInit(line, { mode, pull, alt }) {
    const external = line.data.number === null;
    if (external && pull !== null) {
      throw new ValueError("pulls are not supported for external pins");
    }
    if (external && alt !== null && alt !== SIO) {
      throw new ValueError("alternate functions are not supported for external pins");
    }
    if (external && mode !== null && mode !== "in" && mode !== "out") {
      throw new ValueError("only Pin.OUT and Pin.IN are supported for this pin");
    }
    if (mode === "alt" && rp2Function(line, Number(alt ?? SIO)) === undefined) {
      throw new ValueError(`invalid pin af: ${alt}`);
    }
  },
  takesFunctions: true,
  valueNeedsOutput: true,
  writesNone: false,
  needsMode: false,
  keepsPull: false,
  checkIrq(line) {
    if (line.data.number === null) throw new ValueError("expecting a regular GPIO Pin");
  },
  openDrainReleased: true,
  noUnit: (bus, id) => `${bus}(${id}) doesn't exist`,
  badPin: (signal) => `bad ${signal.toUpperCase()} pin`,
  notAnalog: () => "Pin doesn't have ADC capabilities",
  noDevice: EIO,
};

/**
 * As `gpio_get_io_config` knows it: an open-drain pin is an output, and a pin that may be read alone is an
 * input whatever else it does; of one that drives nothing it reads no strength.
 */
function printEsp32({ data, mode, pull, strength }: PinLine): string {
  const kind = mode === "out" || mode === "open-drain" ? "OUT" : "IN";
  const pulls = pull === "none" ? "" : `, pull=Pin.${pull === "down" ? "PULL_DOWN" : "PULL_UP"}`;
  const driven = data.inputOnly ? 0 : strength;
  const drive = driven === DEFAULT_DRIVE ? "" : `, drive=Pin.DRIVE_${driven}`;
  return `Pin(${data.number}, mode=Pin.${kind}${pulls}${drive})`;
}

const esp32: PortRules = {
  find: (board, id) => esp8266Pin(board, isInt(id) && typeof id !== "boolean" ? index(id) : id),
  print: printEsp32,
  checkInit(line, { mode }) {
    if (line.data.inputOnly && mode !== null && mode !== "in") {
      throw new ValueError("pin can only be input");
    }
  },
  takesFunctions: false,
  valueNeedsOutput: false,
  writesNone: false,
  needsMode: false,
  keepsPull: true,
  checkIrq: anything,
  openDrainReleased: false,
  noUnit: (bus, id) => `${bus}(${id}) ${bus === "UART" ? "does not exist" : "doesn't exist"}`,
  badPin: () => "invalid pin",
  notAnalog: () => "invalid pin",
  noDevice: ENODEV,
};

/** The highest number of an alternate function of an STM32. */
const LAST_FUNCTION = 15;

function printStm32(line: PinLine): string {
  const { data, mode, pull, alternate } = line;
  const start = `Pin(Pin.cpu.${data.name}, mode=Pin.${MODES[mode ?? "in"]}`;
  if (mode === "analog") return `${start})`;
  const pulls = pull === "none" ? "" : `, pull=Pin.${PULLS[pull]}`;
  if (mode !== "alt" && mode !== "alt-open-drain") return `${start}${pulls})`;
  const known = stm32Functions(data.name).find(({ index }) => index === alternate);
  return `${start}${pulls}, alt=${known === undefined ? (alternate ?? 0) : `Pin.${functionName(known)}`})`;
}

const stm32: PortRules = {
  find(board, id) {
    if (id instanceof Bytes) throw new ValueError(`Pin(${decodeUtf8(id)}) doesn't exist`);
    if (typeof id !== "string") {
      throw new TypeError(`can't convert '${typeName(id)}' object to str implicitly`);
    }
    const line = board.line(id);
    if (line === undefined) throw new ValueError(`Pin(${id}) doesn't exist`);
    return line;
  },
  print: printStm32,
  checkInit(_line, { mode, number, pull, alt }) {
    const modes = Object.entries(portConstants("machine.Pin")).filter(([name]) =>
      /^(IN|OUT|OPEN_DRAIN|ALT|ALT_OPEN_DRAIN|ANALOG)$/.test(name),
    );
    if (number !== null && !modes.some(([, code]) => code === number)) {
      throw new ValueError(`invalid pin mode: ${number}`);
    }
    const resistor = pull === null ? 0 : index(pull);
    if (resistor < 0 || resistor > 2) throw new ValueError(`invalid pin pull: ${pull}`);
    const isFunction = mode === "alt" || mode === "alt-open-drain";
    if (isFunction && !(isInt(alt) && alt >= 0 && alt <= LAST_FUNCTION)) {
      throw new ValueError(`invalid pin af: ${alt ?? -1}`);
    }
  },
  takesFunctions: true,
  valueNeedsOutput: false,
  writesNone: true,
  needsMode: true,
  keepsPull: false,
  checkIrq: anything,
  openDrainReleased: false,
  noUnit: (bus, id) => `${bus}(${id}) doesn't exist`,
  badPin(signal) {
    const signals = signal === "scl" || signal === "sda" ? "scl/sda" : "sck/mosi/miso";
    return `explicit choice of ${signals} is not implemented`;
  },
  notAnalog: (line) => `Pin(${line.data.name}) does not have ADC capabilities`,
  noDevice: ENODEV,
};

/** The pin of the ESP8266's clock: it has no pull and interrupts nothing. */
const CLOCK_PIN = 16;

const esp8266: PortRules = {
  ...esp32,
  find: esp8266Pin,
  needsMode: true,
  keepsPull: false,
  print: (line) => `Pin(${line.data.number})`,
  checkInit(line, { pull }) {
    if (line.data.number === CLOCK_PIN && pull !== null && pull !== 0) {
      throw new ValueError("Pin(16) doesn't support pull");
    }
  },
  checkIrq(line, hard) {
    if (line.data.number === CLOCK_PIN) throw new OSError("pin does not have IRQ capabilities");
    if (hard) throw new ValueError("hard IRQ not supported");
  },
  noUnit: (bus, id) => (bus === "UART" ? `UART(${id}) does not exist` : ""),
};

/** No device answers on the generic board as on a bus without a controller of its own. */
const generic: PortRules = {
  ...rp2,
  print: (line) => `Pin(${line.data.name}, ${named(line)})`,
  takesFunctions: false,
  valueNeedsOutput: false,
  keepsPull: false,
  checkInit: anything,
  checkIrq: anything,
  noDevice: ENODEV,
};

export const portRules: Record<Port, PortRules> = {
  generic,
  rp2,
  esp32,
  esp8266,
  stm32,
  // It has no pins, and nothing that is connected to one.
  unix: {
    ...rp2,
    find() {
      throw new AttributeError("module 'machine' has no attribute 'Pin'");
    },
  },
};
