/**
 * Where the ports of MicroPython differ for `machine.Pin`: which ids they take, what they say about a
 * wrong one, how they print a pin. One row for each port.
 */

import type { Port } from "../boards/board-data.js";
import { TypeError, ValueError } from "../core/exceptions.js";
import { typeName } from "../core/type.js";
import { isInt, type Value } from "../core/values.js";
import type { Board, PinLine, PinMode, Pull } from "./hal.js";

export interface PortRules {
  /** The line that an id means; raises what the port raises when there is none. */
  find(board: Board, id: Value): PinLine;
  print(line: PinLine): string;
  /** Refuses a mode that the pin cannot have. */
  checkMode(line: PinLine, mode: Value): void;
  /** An open-drain pin lets go of its line until it is written. */
  openDrainReleased: boolean;
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
};

export const portRules: Record<Port, PortRules> = { generic: rp2, rp2, esp32, stm32, unix: rp2 };
