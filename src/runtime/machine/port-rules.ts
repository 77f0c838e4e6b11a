/**
 * Where the ports of MicroPython differ for `machine.Pin`: which ids they take, what they say about a
 * wrong one, how they print a pin. One row for each port.
 */

import type { Port } from "../boards/board-data.js";
import { TypeError, ValueError } from "../core/exceptions.js";
import { typeName } from "../core/type.js";
import { isInt, type Value } from "../core/values.js";
import { EIO, ENODEV } from "./errno.js";
import type { Board, PinLine, PinMode, Pull } from "./hal.js";

export interface PortRules {
  /** The line that an id means; raises what the port raises when there is none. */
  find(board: Board, id: Value): PinLine;
  print(line: PinLine): string;
  /** Refuses a mode that the pin cannot have. */
  checkMode(line: PinLine, mode: Value): void;
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
  /** The frequency that PWM was asked for is out of range. */
  badPwm(tooLarge: boolean, most: number): string;
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

function named(prefix: string, line: PinLine): string {
  const pull = line.pull === "none" ? "" : `, pull=${prefix}${PULLS[line.pull]}`;
  return `mode=${prefix}${MODES[line.mode ?? "in"]}${pull}`;
}

function byNumber(board: Board, id: Value): PinLine | undefined {
  return typeof id === "number" || typeof id === "boolean" ? board.line(Number(id)) : undefined;
}

const anyMode = (): void => {};

const rp2: PortRules = {
  find(board, id) {
    if (typeof id === "string") {
      const line = board.line(id);
      if (line === undefined) throw new ValueError(`unknown named pin "${id}"`);
      return line;
    }
    const line = byNumber(board, id);
    if (line === undefined) throw new ValueError("invalid pin");
    return line;
  },
  print: (line) => `Pin(${line.data.name}, ${named("", line)})`,
  checkMode: anyMode,
  openDrainReleased: true,
  noUnit: (bus, id) => `${bus}(${id}) doesn't exist`,
  badPin: (signal) => `bad ${signal.toUpperCase()} pin`,
  notAnalog: () => "Pin doesn't have ADC capabilities",
  noDevice: EIO,
  badPwm: (tooLarge) => (tooLarge ? "freq too large" : "freq too small"),
};

const esp32: PortRules = {
  find(board, id) {
    const line = byNumber(board, id);
    if (line === undefined) throw new ValueError("invalid pin");
    return line;
  },
  print: (line) => `Pin(${line.data.number}, ${named("Pin.", line)})`,
  checkMode(line, mode) {
    if (line.data.inputOnly && mode !== 0) throw new ValueError("pin can only be input");
  },
  openDrainReleased: false,
  noUnit: (bus, id) => `${bus}(${id}) ${bus === "UART" ? "does not exist" : "doesn't exist"}`,
  badPin: () => "invalid pin",
  notAnalog: () => "invalid pin",
  noDevice: ENODEV,
  badPwm: (_tooLarge, most) => `frequency must be from 1Hz to ${most / 1_000_000}MHz`,
};

const stm32: PortRules = {
  find(board, id) {
    if (typeof id !== "string") {
      throw new TypeError(`can't convert '${typeName(id)}' object to str implicitly`);
    }
    const line = board.line(id);
    if (line === undefined) throw new ValueError(`Pin(${id}) doesn't exist`);
    return line;
  },
  print: (line) => `Pin(Pin.cpu.${line.data.name}, ${named("Pin.", line)})`,
  checkMode(_line, mode) {
    if (!isInt(mode) || mode < 0 || mode > 4) throw new ValueError(`invalid pin mode: ${mode}`);
  },
  openDrainReleased: false,
  noUnit: (bus, id) => `${bus}(${id}) doesn't exist`,
  badPin(signal) {
    const signals = signal === "scl" || signal === "sda" ? "scl/sda" : "sck/mosi/miso";
    return `explicit choice of ${signals} is not implemented`;
  },
  notAnalog: (line) => `Pin(${line.data.name}) does not have ADC capabilities`,
  noDevice: ENODEV,
  badPwm: () => "invalid frequency",
};

const esp8266: PortRules = {
  ...esp32,
  print: (line) => `Pin(${line.data.number})`,
  checkMode: anyMode,
  badPwm: () => "invalid frequency",
};

/** No device answers on the generic board as on a bus without a controller of its own. */
const generic: PortRules = { ...rp2, noDevice: ENODEV };

export const portRules: Record<Port, PortRules> = {
  generic,
  rp2,
  esp32,
  esp8266,
  stm32,
  unix: rp2,
};
