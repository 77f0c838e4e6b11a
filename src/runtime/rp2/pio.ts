/** `rp2.PIO`: one object for each PIO of the chip. */

import { define } from "../core/class/class.js";
import { PyObject } from "../core/class/object.js";
import { perContext } from "../core/context.js";
import { ValueError } from "../core/exception/exceptions.js";
import { index } from "../core/number/numbers.js";
import { truth } from "../core/operator/unary.js";
import { PRINT } from "../core/slots.js";
import { BARE, type Value } from "../core/values.js";
import { DriverIrq } from "../machine/driver-irq.js";
import type { PioBlock } from "./pio-block.js";
import { pioBlock } from "./pio-blocks.js";
import { load, programOf, unload } from "./pio-program.js";
import { StateMachine } from "./state-machine.js";

const constants = {
  IN_LOW: 0,
  IN_HIGH: 1,
  OUT_LOW: 2,
  OUT_HIGH: 3,
  SHIFT_LEFT: 0,
  SHIFT_RIGHT: 1,
  JOIN_NONE: 0,
  JOIN_TX: 1,
  JOIN_RX: 2,
  IRQ_SM0: 0x100,
  IRQ_SM1: 0x200,
  IRQ_SM2: 0x400,
  IRQ_SM3: 0x800,
} as const;
const ALL_MACHINES = 0xf00;
/** Where the flags are in the register that enables interrupts. */
const FLAGS_AT = 8;
const MACHINES = 4;
const WORDS = 32;

const objects = perContext(() => new Map<number, PIO>());

export class PIO extends PyObject {
  static readonly IN_LOW = constants.IN_LOW;
  static readonly IN_HIGH = constants.IN_HIGH;
  static readonly OUT_LOW = constants.OUT_LOW;
  static readonly OUT_HIGH = constants.OUT_HIGH;
  static readonly SHIFT_LEFT = constants.SHIFT_LEFT;
  static readonly SHIFT_RIGHT = constants.SHIFT_RIGHT;
  static readonly JOIN_NONE = constants.JOIN_NONE;
  static readonly JOIN_TX = constants.JOIN_TX;
  static readonly JOIN_RX = constants.JOIN_RX;
  static readonly IRQ_SM0 = constants.IRQ_SM0;
  static readonly IRQ_SM1 = constants.IRQ_SM1;
  static readonly IRQ_SM2 = constants.IRQ_SM2;
  static readonly IRQ_SM3 = constants.IRQ_SM3;

  declare $block: PioBlock;
  declare private $handler: DriverIrq | undefined;

  constructor(...args: Value[]) {
    super(BARE);
    // biome-ignore lint/correctness/noConstructorReturn: there is one object for each PIO.
    if (args[0] !== BARE) return pioOf(args[0]);
  }

  static override __new__(_cls: Value, id: Value): Value {
    return pioOf(id);
  }

  add_program(program: Value): null {
    load(programOf(program), this.$block);
    return null;
  }

  /** Without an argument: all programs. */
  remove_program(program: Value = undefined): null {
    if (program === undefined) this.$block.unload(0, WORDS);
    else unload(programOf(program), this.$block);
    return null;
  }

  state_machine(id: Value, ...settings: Value[]): Value {
    const number = index(id);
    if (number < 0 || number >= MACHINES) throw new ValueError("invalid StateMachine");
    return new StateMachine(this.$block.number * MACHINES + number, ...settings);
  }

  irq(handler: Value = undefined, trigger: Value = ALL_MACHINES, hard: Value = false): Value {
    const triggers = index(trigger);
    this.$handler ??= new DriverIrq(this);
    if (handler !== undefined || arguments.length > 0) {
      this.$handler.$install(handler ?? null, triggers, truth(hard));
      // This one sets the register as a whole, those of the machines a bit each.
      if (handler !== undefined && handler !== null) this.$block.enable(triggers >> FLAGS_AT);
    }
    return this.$handler;
  }

  /** Machines have set flags: those of the first four that interrupt. */
  $interrupted(flags: number): void {
    this.$handler?.$happened(flags << FLAGS_AT);
  }

  [PRINT](): string {
    return `PIO(${this.$block.number})`;
  }
}
define(PIO, {
  builtin: true,
  attrs: { ...constants },
  statics: { __new__: "cls, id, /" },
  methods: {
    add_program: "program, /",
    remove_program: "program=, /",
    state_machine:
      "id, prog=, freq=, *, in_base=, out_base=, set_base=, jmp_pin=, sideset_base=, in_shiftdir=, out_shiftdir=, push_thresh=, pull_thresh=",
    irq: "handler=, trigger=, hard=",
  },
});

function pioOf(id: Value): PIO {
  const number = index(id);
  const block = pioBlock(number);
  if (block === undefined) throw new ValueError("invalid PIO");
  let found = objects().get(number);
  if (found === undefined) {
    found = new PIO(BARE);
    found.$block = block;
    objects().set(number, found);
    const pio = found;
    block.listeners.add((flags) => pio.$interrupted(flags));
  }
  return found;
}
