/** MPY5xxx: files, folders and options of the command line. */
import { error, warning } from "./rule.js";

export const fileRules = {
  MPY5001: error<{ path: string }>(({ path }) => `no such file or folder: '${path}'`),
  MPY5002: error<{ path: string; reason: string }>(
    ({ path, reason }) => `cannot read '${path}': ${reason}`,
  ),
  MPY5003: error<{ line: number; offset: number; byte: string }>(
    ({ line, offset, byte }) =>
      `not valid UTF-8: byte ${byte} in line ${line}, at offset ${offset}`,
    "Save the file with UTF-8 encoding.",
  ),
  MPY5004: error<{ path: string; reason: string }>(
    ({ path, reason }) => `cannot write '${path}': ${reason}`,
  ),
  MPY5005: error<{ folder: string }>(
    ({ folder }) => `no entry point in '${folder}'`,
    "Name the file to start with, or add a main.py.",
  ),
  MPY5006: error<{ path: string }>(({ path }) => `not a folder: '${path}'`),
  MPY5007: error<{ option: string; reason: string }>(
    ({ option, reason }) => `bad value for ${option}: ${reason}`,
  ),
  MPY5008: error<{ reason: string }>(
    ({ reason }) => `cannot wire the board: ${reason}`,
    "The wiring is in board.json, diagram.json or NAME.wiring.json beside the program; docs/testing.md describes it.",
  ),
  MPY5009: warning<{ parts: string }>(
    ({ parts }) => `not simulated, and left out of the diagram: ${parts}`,
    "docs/testing.md lists the parts that there are, and how to add one.",
  ),
  MPY5010: error<{ folder: string }>(({ folder }) => `no Python file in '${folder}'`),
  MPY5011: error<{ path: string; reason: string }>(
    ({ path, reason }) => `cannot watch '${path}': ${reason}`,
  ),
};
