/**
 * What the functions of an assembler's programs see as their globals: `rp2._pio_funcs`, the names that stand for
 * numbers, and the names of the methods of PIOASMEmit that are instructions and directives. asm-pio.ts puts
 * them together.
 */

import { defined } from "../core/call/signature.js";
import { Dict } from "../core/container/dict.js";
import { perContext } from "../core/context.js";
import { bitor } from "../core/operator/operators.js";
import { tup, type Value } from "../core/values.js";

/** Stands for 4 in `mov` and for 7 in `out`. */
export const EXEC = 8;
/** Stands for 1 in `wait`. */
export const PIN = 6;

const CONSTANTS = {
  gpio: 0,
  pins: 0,
  x: 1,
  y: 2,
  null: 3,
  pindirs: 4,
  pc: 5,
  status: 5,
  isr: 6,
  osr: 7,
  exec: EXEC,
  not_x: 1,
  x_dec: 2,
  not_y: 3,
  y_dec: 4,
  x_not_y: 5,
  pin: PIN,
  not_osre: 7,
  noblock: 0x01,
  block: 0x21,
  iffull: 0x40,
  ifempty: 0x40,
  clear: 0x40,
};

const MODIFIERS = { invert: 0x08, reverse: 0x10, rel: 0x10 };

/** One dict for a program: what text given to `asm_pio_encode` assigns stays there. */
export const pioFunctions = perContext((): Dict => {
  const names = new Dict();
  for (const [name, number] of Object.entries(CONSTANTS)) names.set(name, number);
  for (const [name, bit] of Object.entries(MODIFIERS)) {
    names.set(
      name,
      defined((x: Value) => bitor(x, bit), "x", "<lambda>"),
    );
  }
  return names;
});

export const PIO_DIRECTIVES = tup("wrap_target", "wrap", "label");

export const PIO_INSTRUCTIONS = tup(
  "word",
  "nop",
  "jmp",
  "wait",
  "in_",
  "out",
  "push",
  "pull",
  "mov",
  "irq",
  "set",
);
