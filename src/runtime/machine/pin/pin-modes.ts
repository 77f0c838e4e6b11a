/** The modes and pulls of pins by the numbers that the board's port has for them: `Pin.OUT`, `Pin.PULL_UP`. */

import { constantNamed, portConstant } from "../../core/module/port-names.js";
import { index } from "../../core/number/numbers.js";
import type { Value } from "../../core/values.js";
import { currentBoard } from "../bus-unit.js";
import type { PinLine, PinMode, Pull } from "../hal.js";

const PATH = "machine.Pin";
/** The modes of a pin by the names of their constants. */
const MODES = {
  IN: "in",
  OUT: "out",
  OPEN_DRAIN: "open-drain",
  ALT: "alt",
  ANALOG: "analog",
  ALT_OPEN_DRAIN: "alt-open-drain",
} as const satisfies Record<string, PinMode>;
const MODE_NAMES = Object.keys(MODES) as (keyof typeof MODES)[];

/** An ESP32's modes are bits: it drives its line, and that only low. */
const OUTPUT = 2;
const DRAIN = 4;

/** The mode that a number means; one that is none of the port's is an alternate function. */
export function modeOf(mode: Value): PinMode {
  if (currentBoard().data.port === "esp32") {
    const bits = index(mode);
    return (bits & OUTPUT) === 0 ? "in" : bits & DRAIN ? "open-drain" : "out";
  }
  const name = constantNamed(PATH, MODE_NAMES, index(mode));
  return name === undefined ? "alt" : MODES[name];
}

function pullBit(direction: "UP" | "DOWN"): number {
  return portConstant(PATH, `PULL_${direction}`) ?? 0;
}

export function pullOf(pull: Value): Pull {
  const bits = pull === null || pull === undefined ? 0 : index(pull);
  const up = (bits & pullBit("UP")) !== 0;
  const down = (bits & pullBit("DOWN")) !== 0;
  return up ? (down ? "both" : "up") : down ? "down" : "none";
}

/** The number of a line's mode. */
export function modeNumber({ mode }: PinLine): Value {
  const name = MODE_NAMES.find((each) => MODES[each] === (mode ?? "in"));
  return portConstant(PATH, name ?? "ALT") ?? 0;
}

/** The number of a line's pull. */
export function pullNumber({ pull }: PinLine): Value {
  if (pull === "none") return portConstant(PATH, "PULL_NONE") ?? null;
  return (pull === "down" ? 0 : pullBit("UP")) | (pull === "up" ? 0 : pullBit("DOWN"));
}
