/** A program of the assembler as `StateMachine` and `PIO` take it: a list that also keeps where it was loaded. */

import { OSError } from "../core/exception/exceptions.js";
import { asArrayOf } from "../core/iteration/iteration.js";
import { bytesOf } from "../core/memory/buffer.js";
import { index } from "../core/number/numbers.js";
import type { Value } from "../core/values.js";
import { ENOMEM } from "../machine/errno.js";
import type { PioBlock } from "./pio-block.js";

const FIELDS = 9;
export const WORDS = 0;
const OFFSETS = 1;
export const EXECCTRL = 4;
export const SHIFTCTRL = 5;
export const OUT_PINS = 6;
export const SET_PINS = 7;
export const SIDE_PINS = 8;

export function programOf(value: Value): Value[] {
  return asArrayOf(value, FIELDS);
}

function wordsOf(program: Value[]): number[] {
  const bytes = bytesOf(program[WORDS]);
  return Array.from({ length: bytes.length >> 1 }, (_, i) => {
    return (bytes[2 * i] as number) | ((bytes[2 * i + 1] as number) << 8);
  });
}

/** Loads the program, unless that PIO has it; where it stands. */
export function loaded(program: Value[], block: PioBlock): number {
  const known = index(program[OFFSETS + block.number]);
  return known >= 0 ? known : load(program, block);
}

export function load(program: Value[], block: PioBlock): number {
  const offset = block.load(wordsOf(program));
  if (offset === null) throw new OSError(ENOMEM);
  program[OFFSETS + block.number] = offset;
  return offset;
}

/** What is not loaded is left alone: the port means to raise, but counts offsets without a sign. */
export function unload(program: Value[], block: PioBlock): void {
  const { length } = wordsOf(program);
  const offset = index(program[OFFSETS + block.number]);
  program[OFFSETS + block.number] = -1;
  if (offset >= 0) block.unload(offset, length);
}
