/** `rp2.asm_pio`, the decorator that assembles a function, and `rp2.asm_pio_encode` for one instruction. */

import { bytesOf } from "../core/buffer.js";
import { call } from "../core/call.js";
import { current } from "../core/context.js";
import { index } from "../core/numbers.js";
import { def } from "../core/signature.js";
import { truth } from "../core/unary.js";
import { decodeUtf8 } from "../core/utf8.js";
import type { Value } from "../core/values.js";
import { type AssemblerSettings, PIOASMError, PioAssembler } from "./pio-assembler.js";
import { performInstruction } from "./pio-instruction-text.js";

const DEFAULTS: AssemblerSettings = {
  out_init: null,
  set_init: null,
  sideset_init: null,
  side_pindir: false,
  in_shiftdir: 0,
  out_shiftdir: 0,
  autopush: false,
  autopull: false,
  push_thresh: 32,
  pull_thresh: 32,
  fifo_join: 0,
};
const NAMES = Object.keys(DEFAULTS) as (keyof AssemblerSettings)[];

/** The decorator: the program that it makes of a function is what `StateMachine` takes. */
export const asm_pio = def(
  (...given: Value[]) => {
    const settings = { ...DEFAULTS };
    NAMES.forEach((name, i) => {
      if (given[i] !== undefined) settings[name] = given[i];
    });
    const assembler = new PioAssembler(settings);
    return def((f: Value) => assemble(f, assembler), "f", "dec");
  },
  `*, ${NAMES.map((name) => `${name}=`).join(", ")}`,
  "asm_pio",
);

function assemble(f: Value, assembler: PioAssembler): Value {
  const context = current();
  const before = context.assembler;
  context.assembler = assembler.$names;
  try {
    for (const pass of [0, 1]) {
      assembler.$startPass(pass);
      call(f);
    }
  } finally {
    context.assembler = before;
  }
  return assembler.$program;
}

/** The number of one instruction; `sideset_count` includes the bit that enables the side-set. */
export const asm_pio_encode = def(
  (instr: Value, sideset_count: Value, sideset_opt: Value = false) => {
    const assembler = new PioAssembler(DEFAULTS).$single(index(sideset_count), truth(sideset_opt));
    const names = new Map(assembler.$names);
    for (const name of ["wrap", "wrap_target", "label"]) names.delete(name);
    names.set("jmp", null);
    performInstruction(typeof instr === "string" ? instr : decodeUtf8(bytesOf(instr)), names);
    const words = assembler.$assembled;
    if (words.length !== 1) throw new PIOASMError("expecting exactly 1 instruction");
    return words[0] as number;
  },
  "instr, sideset_count, sideset_opt=",
  "asm_pio_encode",
);
