/**
 * `rp2.PIOASMEmit`, the assembler of the RP2040's programmable I/O: its methods are the instructions that a
 * function decorated with `@rp2.asm_pio` is made of. The function is called twice: the first pass finds the
 * labels, the second one writes the instructions. The port has it in Python (ports/rp2/modules/rp2.py), so
 * that operands are whatever Python's operators take. asm-pio.ts calls it.
 */

import { getattr } from "../core/class/attributes.js";
import { define } from "../core/class/class.js";
import { PyObject } from "../core/class/object.js";
import { PyArray } from "../core/container/array.js";
import { Dict } from "../core/container/dict.js";
import { AssertionError } from "../core/exception/exceptions.js";
import { equal, ge, gt, lt } from "../core/operator/compare.js";
import { getitem, len, setitem } from "../core/operator/items.js";
import { add, bitand, bitor, lshift, rshift, sub } from "../core/operator/operators.js";
import { truth } from "../core/operator/unary.js";
import { str } from "../core/repr.js";
import { isInt, type Value } from "../core/values.js";
import { PIOASMError } from "./pio-asm-error.js";
import { EXEC, PIN } from "./pio-asm-names.js";
import { EXECCTRL, WORDS } from "./pio-program.js";

const NOP = 0xa042;
const NOT_BLOCKING = 0x01;
const BLOCKING = 0x20;
const MOST_DELAY = 31;
const MOST_BITS = 32;

/** What `asm_pio` takes, too. */
export const PIO_SETTINGS =
  "*, out_init=, set_init=, sideset_init=, side_pindir=, in_shiftdir=, out_shiftdir=, autopush=, autopull=, push_thresh=, pull_thresh=, fifo_join=";

export class PIOASMEmit extends PyObject {
  declare labels: Dict;
  /** What `StateMachine` takes: instructions, where each PIO has loaded them, settings, pins. */
  declare prog: Value[];
  declare wrap_used: Value;
  declare sideset_count: Value;
  declare sideset_opt: Value;
  declare delay_max: Value;
  declare pass_: Value;
  declare num_instr: Value;
  declare num_sideset: Value;

  override __init__(
    out_init: Value = null,
    set_init: Value = null,
    sideset_init: Value = null,
    side_pindir: Value = false,
    in_shiftdir: Value = 0,
    out_shiftdir: Value = 0,
    autopush: Value = false,
    autopull: Value = false,
    push_thresh: Value = 32,
    pull_thresh: Value = 32,
    fifo_join: Value = 0,
  ): Value {
    this.labels = new Dict();
    const execctrl = lshift(side_pindir, 29);
    const fields = [
      lshift(fifo_join, 30),
      lshift(bitand(pull_thresh, 0x1f), 25),
      lshift(bitand(push_thresh, 0x1f), 20),
      lshift(out_shiftdir, 19),
      lshift(in_shiftdir, 18),
      lshift(autopull, 17),
      lshift(autopush, 16),
    ];
    const shiftctrl = fields.reduce(bitor);
    const words = new PyArray("H", 0);
    this.prog = [words, -1, -1, -1, execctrl, shiftctrl, out_init, set_init, sideset_init];
    this.wrap_used = false;
    this.sideset_count =
      sideset_init === null ? 0 : isInt(sideset_init) ? 1 : (len(sideset_init) as number);
    return null;
  }

  start_pass(pass_: Value): null {
    if (equal(pass_, 1)) {
      if (!truth(this.wrap_used) && truth(this.$known("num_instr"))) this.wrap();
      this.delay_max = MOST_DELAY;
      if (truth(this.sideset_count)) {
        this.sideset_opt = !equal(this.num_sideset, this.num_instr);
        if (this.sideset_opt) {
          this.$setControl(1 << 30);
          this.sideset_count = add(this.sideset_count, 1);
        }
        this.delay_max = rshift(this.delay_max, this.sideset_count);
      }
    }
    this.pass_ = pass_;
    this.num_instr = 0;
    this.num_sideset = 0;
    return null;
  }

  __getitem__(key: Value): Value {
    return this.delay(key);
  }

  /** Cycles to wait after the instruction. */
  delay(delay: Value): this {
    if (!this.$isWriting) return this;
    if (gt(delay, this.$known("delay_max"))) throw new PIOASMError("delay too large");
    this.$addBits(lshift(delay, 8));
    return this;
  }

  /** Levels of the side-set pins, from the start of the instruction. */
  side(value: Value): this {
    this.num_sideset = add(this.$known("num_sideset"), 1);
    if (!this.$isWriting) return this;
    if (equal(this.sideset_count, 0)) throw new PIOASMError("no sideset");
    if (ge(value, lshift(1, this.sideset_count))) throw new PIOASMError("sideset too large");
    const at = sub(13, this.sideset_count);
    this.$addBits(bitor(lshift(this.$known("sideset_opt"), 12), lshift(value, at)));
    return this;
  }

  wrap_target(): null {
    this.$setControl(lshift(this.$known("num_instr"), 7));
    return null;
  }

  wrap(): null {
    if (!truth(this.$known("num_instr"))) throw new AssertionError();
    this.$setControl(lshift(sub(this.num_instr, 1), 12));
    this.wrap_used = true;
    return null;
  }

  label(label: Value): null {
    if (!equal(this.$known("pass_"), 0)) return null;
    if (this.labels.has(label)) throw new PIOASMError(`duplicate label ${str(label)}`);
    this.labels.set(label, this.num_instr);
    return null;
  }

  word(instr: Value, label: Value = null): this {
    this.num_instr = add(this.$known("num_instr"), 1);
    if (!this.$isWriting) return this;
    let target: Value = 0;
    if (label !== null) {
      target = this.labels.get(label);
      if (target === undefined) throw new PIOASMError(`unknown label ${str(label)}`);
    }
    this.$words.append(bitor(instr, target));
    return this;
  }

  nop(): this {
    return this.word(NOP);
  }

  jmp(cond: Value, label: Value = null): this {
    return label === null ? this.word(0, cond) : this.word(lshift(cond, 5), label);
  }

  wait(polarity: Value, src: Value, index: Value): this {
    const from = equal(src, PIN) ? 1 : equal(src, 0) ? src : 2;
    const bits = bitor(0x2000, lshift(polarity, 7));
    return this.word(bitor(bitor(bits, lshift(from, 5)), index));
  }

  in_(src: Value, data: Value): this {
    checkBits(data);
    return this.word(bitor(bitor(0x4000, lshift(src, 5)), bitand(data, 0x1f)));
  }

  out(dest: Value, data: Value): this {
    const target = equal(dest, EXEC) ? 7 : dest;
    checkBits(data);
    return this.word(bitor(bitor(0x6000, lshift(target, 5)), bitand(data, 0x1f)));
  }

  push(value: Value = 0, value2: Value = 0): this {
    return this.word(bitor(0x8000, transferBits(value, value2)));
  }

  pull(value: Value = 0, value2: Value = 0): this {
    return this.word(bitor(0x8080, transferBits(value, value2)));
  }

  mov(dest: Value, src: Value): this {
    const target = equal(dest, EXEC) ? 4 : dest;
    return this.word(bitor(bitor(0xa000, lshift(target, 5)), src));
  }

  irq(mod: Value, index: Value = null): this {
    if (index === null) return this.word(bitor(0xc000, mod));
    return this.word(bitor(bitor(0xc000, bitand(mod, 0x60)), index));
  }

  set(dest: Value, data: Value): this {
    return this.word(bitor(bitor(0xe000, lshift(dest, 5)), data));
  }

  get $words(): PyArray {
    return this.prog[WORDS];
  }

  private get $isWriting(): boolean {
    return truth(gt(this.$known("pass_"), 0));
  }

  /** An attribute that only `start_pass` sets, or who assembles a single instruction. */
  private $known(name: string): Value {
    return getattr(this, name);
  }

  private $setControl(bits: Value): void {
    this.prog[EXECCTRL] = bitor(this.prog[EXECCTRL], bits);
  }

  private $addBits(bits: Value): void {
    const words = this.$words;
    setitem(words, -1, bitor(getitem(words, -1), bits));
  }
}
define(PIOASMEmit, {
  module: "rp2",
  fields: [
    "labels",
    "prog",
    "wrap_used",
    "sideset_count",
    "sideset_opt",
    "delay_max",
    "pass_",
    "num_instr",
    "num_sideset",
  ],
  methods: {
    __init__: PIO_SETTINGS,
    start_pass: "pass_",
    __getitem__: "key",
    delay: "delay",
    side: "value",
    wrap_target: "",
    wrap: "",
    label: "label",
    word: "instr, label=",
    nop: "",
    jmp: "cond, label=",
    wait: "polarity, src, index",
    in_: "src, data",
    out: "dest, data",
    push: "value=, value2=",
    pull: "value=, value2=",
    mov: "dest, src",
    irq: "mod, index=",
    set: "dest, data",
  },
});

function checkBits(count: Value): void {
  if (truth(lt(0, count)) && !truth(gt(count, MOST_BITS))) return;
  throw new PIOASMError(`invalid bit count ${str(count)}`);
}

/** push and pull block unless told otherwise. */
function transferBits(first: Value, second: Value): Value {
  const value = bitor(first, second);
  return bitand(truth(bitand(value, NOT_BLOCKING)) ? value : bitor(value, BLOCKING), 0x60);
}
