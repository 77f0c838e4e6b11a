/** `rp2.asm_pio`, the decorator that assembles a function, and `rp2.asm_pio_encode` for one instruction. */

import { runToEnd } from "../core/blocking/blocking.js";
import { call } from "../core/call/call.js";
import { defined } from "../core/call/signature.js";
import { getattr } from "../core/class/attributes.js";
import type { Dict } from "../core/container/dict.js";
import { current } from "../core/context.js";
import { requireBuffer } from "../core/memory/buffer.js";
import { compileText } from "../core/module/code.js";
import { equal } from "../core/operator/compare.js";
import { add, rshift } from "../core/operator/operators.js";
import { decodeUtf8 } from "../core/text/utf8.js";
import type { Value } from "../core/values.js";
import { PIO_SETTINGS, PIOASMEmit } from "./pio-asm-emit.js";
import { PIOASMError } from "./pio-asm-error.js";
import { PIO_DIRECTIVES, PIO_INSTRUCTIONS, pioFunctions } from "./pio-asm-names.js";
import { performInstruction } from "./pio-instruction-text.js";

/** The decorator: the program that it makes of a function is what `StateMachine` takes. */
export const asm_pio = defined(
  (...settings: Value[]) => {
    const emit = new PIOASMEmit(...settings);
    return defined((f: Value) => assemble(f, emit), "f", "dec");
  },
  PIO_SETTINGS,
  "asm_pio",
);

function assemble(f: Value, emit: PIOASMEmit): Value {
  // Before all else the port asks for the globals, which only functions of a program have.
  getattr(f, "__globals__");
  const context = current();
  const before = context.assembler;
  const names = new Map<string, Value>(pioFunctions().entries());
  for (const name of [...PIO_DIRECTIVES, ...PIO_INSTRUCTIONS]) names.set(name, getattr(emit, name));
  context.assembler = names;
  try {
    for (const pass of [0, 1]) {
      emit.start_pass(pass);
      call(f);
    }
  } finally {
    context.assembler = before;
  }
  return emit.prog;
}

/** The number of one instruction; `sideset_count` includes the bit that enables the side-set. */
export const asm_pio_encode = defined(
  (instr: Value, sideset_count: Value, sideset_opt: Value = false) => {
    const emit = new PIOASMEmit();
    emit.sideset_count = sideset_count;
    emit.sideset_opt = !equal(sideset_opt, 0);
    emit.delay_max = rshift(31, add(sideset_count, emit.sideset_opt));
    emit.pass_ = 1;
    emit.num_instr = 0;
    emit.num_sideset = 0;
    const names = pioFunctions();
    for (const name of PIO_INSTRUCTIONS) names.set(name, getattr(emit, name));
    names.set("jmp", null);
    try {
      perform(instr, names);
    } finally {
      for (const name of PIO_INSTRUCTIONS) names.delete(name);
    }
    const { $words: words } = emit;
    if (words.length !== 1) throw new PIOASMError("expecting exactly 1 instruction");
    return words.items[0] as number;
  },
  "instr, sideset_count, sideset_opt=",
  "asm_pio_encode",
);

/** As `exec` does; a program that was started without a compiler reads a plain instruction itself. */
function perform(instr: Value, names: Dict): void {
  const text = typeof instr === "string" ? instr : decodeUtf8(requireBuffer(instr).bytes);
  if (current().compiler === undefined) performInstruction(text, names);
  else runToEnd(compileText(text, "exec", "<string>").run({ globals: names, locals: names }));
}
