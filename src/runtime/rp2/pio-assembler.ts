/**
 * The assembler of the RP2040's programmable I/O: the instructions that a function decorated with
 * `@rp2.asm_pio` is made of, and the program that they assemble to. The function is called twice: the
 * first pass finds the labels, the second one writes the instructions. asm-pio.ts calls it.
 */

import { PyArray } from "../core/array.js";
import { define } from "../core/class.js";
import { AssertionError, Exception } from "../core/exceptions.js";
import { asArray } from "../core/iteration.js";
import { index } from "../core/numbers.js";
import { PyObject } from "../core/object.js";
import { def } from "../core/signature.js";
import { GETITEM } from "../core/slots.js";
import { truth } from "../core/unary.js";
import { isInt, type Value } from "../core/values.js";

export class PIOASMError extends Exception {}
define(PIOASMError, { module: "rp2" });

/** The settings of `asm_pio`, in the order of its signature. */
export interface AssemblerSettings {
  out_init: Value;
  set_init: Value;
  sideset_init: Value;
  side_pindir: Value;
  in_shiftdir: Value;
  out_shiftdir: Value;
  autopush: Value;
  autopull: Value;
  push_thresh: Value;
  pull_thresh: Value;
  fifo_join: Value;
}

const NOP = 0xa042;
/** Destinations and sources that share a number with others until the instruction is known. */
const EXEC = 8;
const NOT_BLOCKING = 0x01;
const BLOCKING = 0x20;
const MOST_DELAY = 31;

/** The names that stand for a number. */
const CONSTANTS: Readonly<Record<string, number>> = {
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
  pin: 6,
  not_osre: 7,
  noblock: NOT_BLOCKING,
  block: 0x21,
  iffull: 0x40,
  ifempty: 0x40,
  clear: 0x40,
};

const MODIFIERS: Readonly<Record<string, number>> = { invert: 0x08, reverse: 0x10, rel: 0x10 };

export class PioAssembler extends PyObject {
  declare private $words: PyArray;
  declare private $labels: Map<string, number>;
  declare private $pass: number;
  declare private $count: number;
  declare private $sideCount: number;
  declare private $sideUsed: number;
  declare private $sideOptional: boolean;
  declare private $mostDelay: number;
  declare private $wrapped: boolean;
  declare private $execctrl: number;
  declare private $settings: AssemblerSettings;

  override __init__(settings: AssemblerSettings): Value {
    this.$settings = settings;
    this.$words = new PyArray("H", 0);
    this.$labels = new Map();
    this.$wrapped = false;
    this.$sideOptional = false;
    this.$mostDelay = MOST_DELAY;
    this.$execctrl = truth(settings.side_pindir) ? 1 << 29 : 0;
    const { sideset_init } = settings;
    this.$sideCount =
      sideset_init === null ? 0 : isInt(sideset_init) ? 1 : asArray(sideset_init).length;
    this.$count = 0;
    this.$sideUsed = 0;
    this.$pass = 0;
    return null;
  }

  /** For single instructions: `sideCount` counts the bit that enables an optional side-set. */
  $single(sideCount: number, sideOptional: boolean): this {
    this.$sideCount = sideCount;
    this.$sideOptional = sideOptional;
    this.$mostDelay = MOST_DELAY >> (sideCount + (sideOptional ? 1 : 0));
    this.$pass = 1;
    return this;
  }

  $startPass(pass: number): void {
    if (pass === 1) {
      if (!this.$wrapped && this.$count > 0) this.$wrap();
      this.$mostDelay = MOST_DELAY;
      if (this.$sideCount > 0) {
        this.$sideOptional = this.$sideUsed !== this.$count;
        if (this.$sideOptional) {
          this.$execctrl |= 1 << 30;
          this.$sideCount += 1;
        }
        this.$mostDelay >>= this.$sideCount;
      }
    }
    this.$pass = pass;
    this.$count = 0;
    this.$sideUsed = 0;
  }

  /** What `StateMachine` takes: instructions, where each PIO has loaded them, settings, pins. */
  get $program(): Value[] {
    const { $settings: settings } = this;
    const number = (value: Value): number => index(value);
    const shiftctrl =
      number(settings.fifo_join) * 2 ** 30 +
      (((number(settings.pull_thresh) & 0x1f) << 25) |
        ((number(settings.push_thresh) & 0x1f) << 20) |
        (number(settings.out_shiftdir) << 19) |
        (number(settings.in_shiftdir) << 18) |
        ((truth(settings.autopull) ? 1 : 0) << 17) |
        ((truth(settings.autopush) ? 1 : 0) << 16));
    const { out_init, set_init, sideset_init } = settings;
    return [this.$words, -1, -1, -1, this.$execctrl, shiftctrl, out_init, set_init, sideset_init];
  }

  /** The words that were assembled. */
  get $assembled(): number[] {
    return [...this.$words];
  }

  /** Cycles to wait after the instruction. */
  delay(cycles: Value): this {
    if (this.$pass === 0) return this;
    const wanted = index(cycles);
    if (wanted > this.$mostDelay) throw new PIOASMError("delay too large");
    this.$addBits(wanted << 8);
    return this;
  }

  [GETITEM](cycles: Value): this {
    return this.delay(cycles);
  }

  /** Levels of the side-set pins, from the start of the instruction. */
  side(value: Value): this {
    this.$sideUsed += 1;
    if (this.$pass === 0) return this;
    if (this.$sideCount === 0) throw new PIOASMError("no sideset");
    const wanted = index(value);
    if (wanted >= 1 << this.$sideCount) throw new PIOASMError("sideset too large");
    this.$addBits(((this.$sideOptional ? 1 : 0) << 12) | (wanted << (13 - this.$sideCount)));
    return this;
  }

  /** The globals of the function that is assembled. */
  get $names(): ReadonlyMap<string, Value> {
    const names = new Map<string, Value>(Object.entries(CONSTANTS));
    for (const [name, bit] of Object.entries(MODIFIERS)) {
      names.set(
        name,
        def((source: Value) => index(source) | bit, "x", name),
      );
    }
    const add = (name: string, signature: string, perform: (...args: Value[]) => Value): void => {
      names.set(name, def(perform, signature, name));
    };
    add("wrap_target", "", () => this.$wrapTarget());
    add("wrap", "", () => this.$wrap());
    add("label", "label", (label) => this.$label(String(label)));
    add("word", "instr, label=", (instr, label) => this.$word(index(instr), label ?? null));
    add("nop", "", () => this.$word(NOP));
    add("jmp", "cond, label=", (cond, label) =>
      label === undefined ? this.$word(0, cond) : this.$word(index(cond) << 5, label),
    );
    add("wait", "polarity, src, index", (polarity, source, number) => {
      const from = source === CONSTANTS.pin ? 1 : source === CONSTANTS.gpio ? 0 : 2;
      return this.$word(0x2000 | (index(polarity) << 7) | (from << 5) | index(number));
    });
    add("in_", "src, data", (source, bits) =>
      this.$word(0x4000 | (index(source) << 5) | bitCount(bits)),
    );
    add("out", "dest, data", (target, bits) =>
      this.$word(0x6000 | ((target === EXEC ? 7 : index(target)) << 5) | bitCount(bits)),
    );
    add("push", "value=, value2=", (first = 0, second = 0) =>
      this.$word(0x8000 | transferBits(first, second)),
    );
    add("pull", "value=, value2=", (first = 0, second = 0) =>
      this.$word(0x8080 | transferBits(first, second)),
    );
    add("mov", "dest, src", (target, source) =>
      this.$word(0xa000 | ((target === EXEC ? 4 : index(target)) << 5) | index(source)),
    );
    add("irq", "mod, index=", (modifier, number) =>
      this.$word(
        number === undefined
          ? 0xc000 | index(modifier)
          : 0xc000 | (index(modifier) & 0x60) | index(number),
      ),
    );
    add("set", "dest, data", (target, data) =>
      this.$word(0xe000 | (index(target) << 5) | index(data)),
    );
    return names;
  }

  private $wrapTarget(): null {
    this.$execctrl |= this.$count << 7;
    return null;
  }

  private $wrap(): null {
    if (this.$count === 0) throw new AssertionError();
    this.$execctrl |= (this.$count - 1) << 12;
    this.$wrapped = true;
    return null;
  }

  private $label(name: string): null {
    if (this.$pass === 0) {
      if (this.$labels.has(name)) throw new PIOASMError(`duplicate label ${name}`);
      this.$labels.set(name, this.$count);
    }
    return null;
  }

  private $word(instruction: number, label: Value = null): this {
    this.$count += 1;
    if (this.$pass === 0) return this;
    let target: number | undefined = 0;
    if (label !== null) {
      target = this.$labels.get(String(label));
      if (target === undefined) throw new PIOASMError(`unknown label ${label}`);
    }
    this.$words.append(instruction | target);
    return this;
  }

  private $addBits(bits: number): void {
    this.$words.items[this.$words.length - 1] |= bits;
  }
}
define(PioAssembler, {
  name: "PIOASMEmit",
  builtin: true,
  methods: { __init__: "settings", delay: "delay", side: "value" },
});

function bitCount(bits: Value): number {
  const count = index(bits);
  if (count <= 0 || count > 32) throw new PIOASMError(`invalid bit count ${count}`);
  return count & 0x1f;
}

/** push and pull block unless told otherwise. */
function transferBits(first: Value, second: Value): number {
  const value = index(first) | index(second);
  return (value & NOT_BLOCKING ? value : value | BLOCKING) & 0x60;
}
