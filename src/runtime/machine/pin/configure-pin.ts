/**
 * What `Pin(...)` and `Pin.init(...)` do with their arguments: mode, pull, first level, alternate function and
 * strength, each as the board's port has it. What the ports disagree about is in port-rules.ts.
 */

import { index } from "../../core/number/numbers.js";
import { truth } from "../../core/operator/operators.js";
import type { Value } from "../../core/values.js";
import { currentBoard } from "../bus-unit.js";
import type { Level, PinLine, Pull } from "../hal.js";
import { checkPortArguments, requireArguments } from "../port/port-arguments.js";
import { portRules } from "../port/port-rules.js";
import { SIO } from "./pin-functions.js";
import { modeOf, pullOf } from "./pin-modes.js";

/** How strongly an output can drive: `Pin.DRIVE_0` to `DRIVE_3`. */
const DRIVES = 4;

/** The arguments in their order; those that are undefined were not given. */
export function configurePin(
  line: PinLine,
  [mode, pull, given, alt, drive, hold, af]: Value[],
): null {
  checkPortArguments("Pin", { alt, drive, hold, af });
  const rules = portRules[currentBoard().data.port];
  if (rules.needsMode) requireArguments({ mode });
  if (rules.needsMode) index(mode);
  if (drive !== undefined && !line.data.inputOnly) setDrive(line, drive);
  const value = given === null && rules.writesNone ? 0 : (given ?? null);
  const newMode = mode === null || mode === undefined ? null : modeOf(mode);
  const function_ = alt === undefined || (alt === -1 && af !== undefined) ? af : alt;
  if (function_ !== undefined && rules.takesFunctions) index(function_);
  const alternate = function_ ?? null;
  const pulls = { pull: pull ?? null, alt: alternate };
  rules.checkInit(line, { mode: newMode, number: mode ?? null, ...pulls });
  const initial = newMode === "open-drain" && rules.openDrainReleased ? 1 : null;
  // Pins that are inputs only have no resistors.
  const kept =
    rules.keepsPull && (pull === undefined || pull === -1 || line.data.inputOnly === true);
  const unheeded = rules.valueNeedsOutput && newMode !== "out" && newMode !== "open-drain";
  // An open-drain pin of an RP2 keeps 0 for its output and switches that.
  const leaves = rules.openDrainReleased && line.mode === "open-drain" && newMode !== null;
  const kept0 = leaves && newMode !== "open-drain" ? 0 : initial;
  const written = value === null || unheeded ? kept0 : levelOf(value);
  if (newMode === "alt" && rules.takesFunctions) {
    setFunction(line, alternate === null ? SIO : index(alternate), kept ? null : pullOf(pull));
  } else {
    line.configure(newMode, kept ? null : pullOf(pull), written);
    if (newMode === "alt-open-drain" && alternate !== null) line.alternate = index(alternate);
  }
  return null;
}

/** Gives the pin an alternate function; the program's own is no other than being an input or output. */
function setFunction(line: PinLine, number: number, pull: Pull | null): void {
  const { port } = currentBoard().data;
  if (port === "rp2" && number === SIO) {
    const { mode } = line;
    // Of an open-drain pin that has let go of its line nothing is left but the input.
    const drives = mode === "out" || (mode === "open-drain" && line.latch === 0);
    line.configure(drives ? "out" : "in", pull, null);
    return;
  }
  line.configure("alt", pull, null);
  line.alternate = number;
}

/** How strongly the output of a line drives; a strength that there is not changes nothing. */
export function setDrive(line: PinLine, drive: Value): void {
  const strength = index(drive);
  if (strength >= 0 && strength < DRIVES) line.strength = strength;
}

export function levelOf(value: Value): Level {
  return truth(value) ? 1 : 0;
}
