/** `rp2.StateMachine`: runs a program of the assembler on pins, beside the main program. */

import type { Waiting } from "../core/blocking/blocking.js";
import { Wait } from "../core/blocking/wait.js";
import { define } from "../core/class/class.js";
import { PyObject } from "../core/class/object.js";
import { perContext } from "../core/context.js";
import { TypeError, ValueError } from "../core/exception/exceptions.js";
import { asArray } from "../core/iteration/iteration.js";
import { addressSpace } from "../core/memory/address-space.js";
import { bufferOf, requireBuffer } from "../core/memory/buffer.js";
import { index } from "../core/number/numbers.js";
import { truth } from "../core/operator/unary.js";
import { BUFFER, type Buffer, PRINT } from "../core/slots.js";
import { BARE, isInt, type Value } from "../core/values.js";
import { interrupts } from "../host/interrupts.js";
import { chipClock } from "../machine/chip-frequency.js";
import { DriverIrq } from "../machine/driver-irq.js";
import { lineOf } from "../machine/pin/pin.js";
import { asm_pio_encode } from "./asm-pio.js";
import { fifoAddress } from "./dma-bus.js";
import { word } from "./dma-word.js";
import type { PioBlock } from "./pio-block.js";
import { pioBlock } from "./pio-blocks.js";
import type { PioMachine } from "./pio-machine.js";
import {
  EXECCTRL,
  loaded,
  OUT_PINS,
  programOf,
  SET_PINS,
  SHIFTCTRL,
  SIDE_PINS,
} from "./pio-program.js";
import type { PioSettings } from "./pio-settings.js";

const MACHINES = 4;
const READ_WORK = 50;
const MOST_DIVIDER = 65536;

const objects = perContext(() => new Map<number, StateMachine>());

interface Pins {
  base: number;
  count: number;
  directions: number;
  levels: number;
}

export class StateMachine extends PyObject {
  /** The object that the machine has by itself. */
  declare private $unit: StateMachine;
  declare private $id: number;
  declare private $block: PioBlock;
  declare private $machine: PioMachine;
  declare private $start: number;
  declare private $handler: DriverIrq | undefined;

  constructor(...args: Value[]) {
    const plain = new.target === StateMachine && args[0] !== BARE;
    super(...(plain ? [BARE] : args));
    if (!plain) return;
    const found = machineOf(args[0]);
    if (args.slice(1).some((setting) => setting !== undefined)) {
      found.init(...args.slice(1));
    }
    // biome-ignore lint/correctness/noConstructorReturn: there is one object for each machine.
    return found;
  }

  static override __new__(cls: Value, id: Value): Value {
    return cls === StateMachine ? machineOf(id) : new cls(BARE);
  }

  override __init__(id: Value, ...settings: Value[]): Value {
    // An object of a program's own class stands for the same machine.
    if (this.$machine === undefined) this.$standFor(machineOf(id));
    if (settings.some((setting) => setting !== undefined)) {
      StateMachine.prototype.init.call(this, ...settings);
    }
    return null;
  }

  private $standFor(unit: StateMachine): void {
    this.$unit = unit;
    this.$id = unit.$id;
    this.$block = unit.$block;
    this.$machine = unit.$machine;
  }

  $begin(number: Value): this {
    const id = index(number);
    const block = pioBlock(Math.floor(id / MACHINES));
    if (block === undefined) throw new ValueError("invalid StateMachine");
    this.$unit = this;
    this.$id = id;
    this.$block = block;
    this.$machine = block.machines[id % MACHINES] as PioMachine;
    this.$start = 0;
    block.listeners.add((flags) => {
      if ((flags >> (id % MACHINES)) & 1) this.$handler?.$happened(1);
    });
    return this;
  }

  init(
    prog: Value = undefined,
    freq: Value = -1,
    in_base: Value = null,
    out_base: Value = null,
    set_base: Value = null,
    jmp_pin: Value = null,
    sideset_base: Value = null,
    in_shiftdir: Value = null,
    out_shiftdir: Value = null,
    push_thresh: Value = null,
    pull_thresh: Value = null,
  ): null {
    if (prog === undefined) throw new TypeError("'prog' argument required");
    const wanted = index(freq);
    const fields = programOf(prog);
    const { $block: block, $machine: machine } = this;
    const offset = loaded(fields, block);
    this.$unit.$start = offset;
    const hertz = frequency(wanted);
    // In this order the port looks at them.
    const settings = controls(fields[EXECCTRL], fields[SHIFTCTRL], offset);
    if (in_base !== null) settings.inBase = pinNumber(in_base);
    const out = pinsOf(fields[OUT_PINS], out_base);
    const set = pinsOf(fields[SET_PINS], set_base);
    if (jmp_pin !== null) settings.jumpPin = pinNumber(jmp_pin);
    const side = pinsOf(fields[SIDE_PINS], sideset_base);
    if (in_shiftdir !== null) settings.inRight = index(in_shiftdir) === 1;
    if (out_shiftdir !== null) settings.outRight = index(out_shiftdir) === 1;
    if (push_thresh !== null) settings.pushThreshold = index(push_thresh) & 31 || 32;
    if (pull_thresh !== null) settings.pullThreshold = index(pull_thresh) & 31 || 32;
    if (out !== null) {
      settings.outBase = out.base;
      settings.outCount = out.count;
    }
    if (set !== null) {
      settings.setBase = set.base;
      settings.setCount = set.count;
    }
    if (side !== null) {
      settings.sideBase = side.base;
      settings.sideCount = side.count + (settings.sideOptional ? 1 : 0);
    }
    machine.init(settings, offset, hertz);
    for (const pins of [out, set, side]) {
      if (pins === null) continue;
      machine.pins.take(pins.base, pins.count, pins.levels, pins.directions);
    }
    return null;
  }

  active(value: Value = undefined): boolean {
    if (value !== undefined) this.$machine.enable(truth(value));
    return this.$machine.enabled;
  }

  restart(): null {
    this.$machine.restart(this.$unit.$start);
    return null;
  }

  /** Performs one instruction: a number, or the text of one. */
  exec(instr: Value): null {
    const { sideCount, sideOptional } = this.$machine.settings;
    this.$machine.exec(
      isInt(instr) ? index(instr) : asm_pio_encode(instr, sideCount, sideOptional),
    );
    return null;
  }

  /** A word from the machine, or a buffer full of them; waits for what is not there yet. */
  *get(buf: Value = null, shift: Value = 0): Waiting {
    const by = index(shift);
    if (buf === null) return (yield* this.$take()) >>> by;
    const { bytes, typecode } = requireBuffer(buf, true);
    const size = sizeOf(typecode.toLowerCase());
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    for (let at = 0; at + size <= bytes.length; at += size) {
      store(view, at, size, (yield* this.$take()) >>> by);
    }
    return buf;
  }

  /** Gives the machine a word, or those of a buffer; waits while there is no room. */
  *put(value: Value, shift: Value = 0): Waiting {
    const by = index(shift);
    const buffer = isInt(value) ? null : bufferOf(value);
    if (buffer === null) {
      yield* this.$give(word(value) << by);
      return null;
    }
    const { bytes, typecode } = buffer;
    // Of signed words no account is taken here, as `get` does.
    const size = sizeOf(SIGNED.has(typecode) ? "" : typecode.toLowerCase());
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    for (let at = 0; at + size <= bytes.length; at += size) {
      yield* this.$give(fetch(view, at, size) << by);
    }
    return null;
  }

  rx_fifo(): number {
    interrupts().worked(READ_WORK);
    return this.$machine.fifos.rx.length;
  }

  tx_fifo(): number {
    interrupts().worked(READ_WORK);
    return this.$machine.fifos.tx.length;
  }

  irq(handler: Value = undefined, trigger: Value = 1, hard: Value = false): Value {
    const triggers = index(trigger);
    const unit = this.$unit;
    unit.$handler ??= new DriverIrq(unit);
    if (arguments.length > 0) {
      unit.$handler.$install(handler ?? null, triggers, truth(hard));
      const own = 1 << (this.$id % MACHINES);
      const { $block: block } = this;
      const isWanted = handler !== undefined && handler !== null;
      block.enable(isWanted ? block.enabled | own : block.enabled & ~own);
    }
    return unit.$handler;
  }

  private *$take(): Waiting<number> {
    for (;;) {
      const found = this.$machine.get();
      if (found !== undefined) return found;
      yield new Wait(null, (wake) => this.$machine.fifos.watch(wake));
    }
  }

  private *$give(value: number): Waiting<void> {
    while (!this.$machine.put(value))
      yield new Wait(null, (wake) => this.$machine.fifos.watch(wake));
  }

  /** Its FIFOs as memory: where a DMA finds them. */
  [BUFFER](write: boolean): Buffer {
    const address = fifoAddress(this.$id, write ? "tx" : "rx");
    return { bytes: addressSpace().at(address, 4), typecode: "I" };
  }

  [PRINT](): string {
    return `StateMachine(${this.$id})`;
  }
}
const SETTINGS =
  "freq=, *, in_base=, out_base=, set_base=, jmp_pin=, sideset_base=, in_shiftdir=, out_shiftdir=, push_thresh=, pull_thresh=";
define(StateMachine, {
  builtin: true,
  statics: { __new__: `cls, id, prog=, ${SETTINGS}` },
  methods: {
    __init__: `id, prog=, ${SETTINGS}`,
    init: `prog=, ${SETTINGS}`,
    active: "value=, /",
    restart: "",
    exec: "instr, /",
    get: "buf=, shift=, /",
    put: "value, shift=, /",
    rx_fifo: "",
    tx_fifo: "",
    irq: "handler=, trigger=, hard=",
  },
  blocking: ["get", "put"],
});

function machineOf(id: Value): StateMachine {
  const number = index(id);
  const found = objects().get(number) ?? new StateMachine(BARE).$begin(number);
  objects().set(number, found);
  return found;
}

function frequency(wanted: number): number {
  const { hz } = chipClock();
  if (wanted < 0) return hz;
  if (wanted === 0) return hz / MOST_DIVIDER;
  const divider = Math.floor((hz * 256) / wanted);
  if (divider < 256 || divider > MOST_DIVIDER * 256) throw new ValueError("freq out of range");
  return (hz * 256) / divider;
}

function pinNumber(pin: Value): number {
  return lineOf(pin).data.number as number;
}

/** The pins of an `out_init`, `set_init` or `sideset_init`, at a base; null when there is none. */
function pinsOf(init: Value, base: Value): Pins | null {
  if (base === null) return null;
  const values = init === null ? [] : isInt(init) ? [index(init)] : asArray(init).map(index);
  const pins = { base: pinNumber(base), count: values.length, directions: 0, levels: 0 };
  values.forEach((value, i) => {
    pins.directions |= (value >> 1) << i;
    pins.levels |= (value & 1) << i;
  });
  return pins;
}

/** What the assembler has packed into two registers. */
function controls(execctrl: Value, shiftctrl: Value, offset: number): Partial<PioSettings> {
  const exec = word(execctrl);
  const shift = word(shiftctrl);
  return {
    wrapBottom: ((exec >>> 7) & 31) + offset,
    wrapTop: ((exec >>> 12) & 31) + offset,
    sidePindirs: ((exec >>> 29) & 1) === 1,
    sideOptional: ((exec >>> 30) & 1) === 1,
    autopush: ((shift >>> 16) & 1) === 1,
    autopull: ((shift >>> 17) & 1) === 1,
    inRight: ((shift >>> 18) & 1) === 1,
    outRight: ((shift >>> 19) & 1) === 1,
    pushThreshold: (shift >>> 20) & 31 || 32,
    pullThreshold: (shift >>> 25) & 31 || 32,
    join: (shift >>> 30) & 3,
  };
}

const SIGNED: ReadonlySet<string> = new Set(["b", "h", "i"]);

function sizeOf(typecode: string): number {
  const size = { b: 1, h: 2, i: 4 }[typecode];
  if (size === undefined) throw new ValueError("unsupported buffer type");
  return size;
}

function store(view: DataView, at: number, size: number, value: number): void {
  if (size === 1) view.setUint8(at, value & 0xff);
  else if (size === 2) view.setUint16(at, value & 0xffff, true);
  else view.setUint32(at, value, true);
}

function fetch(view: DataView, at: number, size: number): number {
  if (size === 1) return view.getUint8(at);
  return size === 2 ? view.getUint16(at, true) : view.getUint32(at, true);
}
