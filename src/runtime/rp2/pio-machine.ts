/**
 * A state machine of a PIO, instruction by instruction, in the host's time. An instruction that pins,
 * FIFOs or flags can see happens at its own moment; those that nobody can see are run ahead of it.
 * A machine that waits takes no time of the host. StateMachine (state-machine.ts) is what programs see.
 */

import type { Alarm } from "../host/agenda.js";
import type { Level } from "../machine/hal.js";
import type { PioBlock } from "./pio-block.js";

/** How a program configures a machine. */
export interface PioSettings {
  wrapBottom: number;
  wrapTop: number;
  sideOptional: boolean;
  sidePindirs: boolean;
  /** With the bit that enables an optional side-set. */
  sideCount: number;
  sideBase: number;
  setBase: number;
  setCount: number;
  outBase: number;
  outCount: number;
  inBase: number;
  jumpPin: number;
  autopush: boolean;
  autopull: boolean;
  pushThreshold: number;
  pullThreshold: number;
  inRight: boolean;
  outRight: boolean;
  /** 0: four words each way, 1: eight to the machine, 2: eight from it. */
  join: number;
}

const DEFAULTS: PioSettings = {
  wrapBottom: 0,
  wrapTop: 31,
  sideOptional: false,
  sidePindirs: false,
  sideCount: 0,
  sideBase: 0,
  setBase: 0,
  setCount: 5,
  outBase: 0,
  outCount: 0,
  inBase: 0,
  jumpPin: 0,
  autopush: false,
  autopull: false,
  pushThreshold: 32,
  pullThreshold: 32,
  inRight: false,
  outRight: false,
  join: 0,
};

/** The number of the function by which a pin is the first PIO's. */
const PIO0 = 6;
const FIFO = 4;
const NOP = 0xa042;
/** So many instructions without a rest, then the host may do something else. */
const BURST = 20_000;
const DONE = true;
const STALLED = false;

export class PioMachine {
  readonly tx: number[] = [];
  readonly rx: number[] = [];
  enabled = false;
  settings: PioSettings = { ...DEFAULTS };
  private pc = 0;
  private x = 0;
  private y = 0;
  private isr = 0;
  private osr = 0;
  private inCount = 0;
  private outCount = 32;
  /** An instruction from outside the program, which goes before the next one. */
  private forced: number | null = null;
  /** What the instruction that is waiting has done already. */
  private shifted = false;
  private signalled = false;
  /** Milliseconds of a cycle, and since when cycles are counted. */
  private cycle = 1 / 125_000;
  private origin = 0;
  /** The cycle in which the next instruction is due. */
  private next = 0;
  private alarm: Alarm | null = null;
  private endWait: (() => void) | null = null;
  private jumped = false;
  private readonly listeners = new Set<() => void>();

  constructor(
    private readonly block: PioBlock,
    private readonly number: number,
  ) {}

  get txDepth(): number {
    return [FIFO, 2 * FIFO, 0][this.settings.join] ?? FIFO;
  }

  get rxDepth(): number {
    return [FIFO, 0, 2 * FIFO][this.settings.join] ?? FIFO;
  }

  /** Stops, takes new settings and goes to a place of the program. */
  init(settings: Partial<PioSettings>, pc: number, hertz: number): void {
    this.enable(false);
    this.settings = { ...DEFAULTS, ...settings };
    this.cycle = 1000 / hertz;
    this.tx.length = 0;
    this.rx.length = 0;
    this.x = 0;
    this.y = 0;
    this.restart(pc);
  }

  restart(pc: number): void {
    this.isr = 0;
    this.osr = 0;
    this.inCount = 0;
    this.outCount = 32;
    this.forced = null;
    this.shifted = false;
    this.signalled = false;
    this.pc = pc;
    this.next = 0;
    if (!this.enabled) return;
    this.stopWaiting();
    this.origin = this.block.board.now;
    this.book();
  }

  enable(on: boolean): void {
    if (on === this.enabled) return;
    this.enabled = on;
    const { now } = this.block.board;
    this.stopWaiting();
    if (on) {
      this.origin = now;
      this.book();
    } else {
      this.alarm?.cancel();
      this.next = Math.max(0, this.next - (now - this.origin) / this.cycle);
    }
  }

  /** Performs an instruction at once, or as soon as it can be. */
  exec(instruction: number): void {
    this.jumped = false;
    if (this.execute(instruction) === STALLED) this.forced = instruction;
    this.wake();
  }

  /** Puts a word into the FIFO to the machine; false when it is full. */
  put(word: number): boolean {
    if (this.tx.length >= this.txDepth) return false;
    this.tx.push(word >>> 0);
    this.wake();
    return true;
  }

  /** Takes a word out of the FIFO from the machine; undefined when it is empty. */
  get(): number | undefined {
    const word = this.rx.shift();
    if (word !== undefined) this.wake();
    return word;
  }

  /** Calls `notify` when a FIFO has changed; returns what ends that. */
  watch(notify: () => void): () => void {
    this.listeners.add(notify);
    return () => {
      this.listeners.delete(notify);
    };
  }

  setPins(base: number, count: number, value: number): void {
    for (let i = 0; i < count; i++) {
      const line = this.block.line(base + i);
      const level = ((value >>> i) & 1) as Level;
      if (line !== undefined && line.latch !== level) line.write(level);
    }
  }

  setDirections(base: number, count: number, value: number): void {
    for (let i = 0; i < count; i++) {
      const line = this.block.line(base + i);
      if (line === undefined) continue;
      line.configure((value >>> i) & 1 ? "out" : "in", null, null);
      line.alternate = PIO0 + this.block.number;
    }
  }

  // ---- time ------------------------------------------------------------------------------------

  private get due(): number {
    return this.origin + this.next * this.cycle;
  }

  private book(): void {
    this.alarm?.cancel();
    const { board } = this.block;
    this.alarm = board.at(Math.max(board.now, this.due), () => this.run());
  }

  /** Something that the machine may be waiting for has changed. */
  private wake(): void {
    if (!this.enabled || this.endWait === null) return;
    this.stopWaiting();
    const passed = Math.ceil((this.block.board.now - this.origin) / this.cycle - 1e-6);
    this.next = Math.max(this.next, passed);
    this.book();
  }

  private stopWaiting(): void {
    this.endWait?.();
    this.endWait = null;
  }

  private waitFor(watch: (notify: () => void) => () => void): boolean {
    this.stopWaiting();
    this.endWait = watch(() => this.wake());
    return STALLED;
  }

  /** FIFOs wake the machine themselves. */
  private waitForFifo(): boolean {
    this.stopWaiting();
    this.endWait = () => {};
    return STALLED;
  }

  private run(): void {
    const { board, memory } = this.block;
    const { now } = board;
    // Until then nothing can happen that a machine that only looks could see.
    const quiet = Math.max(now, board.quietUntil);
    for (let budget = BURST; budget > 0 && this.enabled; budget--) {
      const instruction = this.forced ?? (memory[this.pc] as number);
      const due = this.due;
      if (
        due > now &&
        !this.isPrivate(instruction) &&
        (due > quiet || !this.onlyLooks(instruction))
      )
        break;
      const isForced = this.forced !== null;
      this.jumped = false;
      if (isForced) this.forced = null;
      if (this.execute(instruction) === STALLED) {
        if (isForced) this.forced = instruction;
        return;
      }
      this.next += 1 + this.delayOf(instruction);
      if (!this.jumped && !isForced) this.advance();
      if (this.isHalt(instruction)) {
        this.endWait = () => {};
        return;
      }
    }
    if (this.enabled) this.book();
  }

  private advance(): void {
    const { wrapTop, wrapBottom } = this.settings;
    this.pc = this.pc === wrapTop ? wrapBottom : (this.pc + 1) & 31;
  }

  /** A jump to itself that nothing can end. */
  private isHalt(instruction: number): boolean {
    return (
      (instruction & 0xe0e0) === 0 &&
      this.forced === null &&
      this.pc === (instruction & 31) &&
      this.block.memory[this.pc] === instruction
    );
  }

  private delayOf(instruction: number): number {
    return (instruction >> 8) & 31 & ((1 << (5 - this.settings.sideCount)) - 1);
  }

  // ---- what others can see ----------------------------------------------------------------------

  private isPrivate(instruction: number): boolean {
    if (this.changesSide(instruction)) return false;
    const target = (instruction >> 5) & 7;
    const { autopush, autopull, pushThreshold, pullThreshold } = this.settings;
    const bits = instruction & 31 || 32;
    switch (instruction >> 13) {
      case 0:
        return target !== 6;
      case 2:
        return target !== 0 && !(autopush && this.inCount + bits >= pushThreshold);
      case 3:
        return (
          (target === 1 || target === 2 || target === 3 || target === 6) &&
          !(autopull && this.outCount + bits >= pullThreshold)
        );
      case 5:
        return (
          target !== 0 &&
          target !== 3 &&
          target !== 4 &&
          (instruction & 7) !== 0 &&
          (instruction & 7) !== 5
        );
      case 7:
        return target === 1 || target === 2;
      default:
        return false;
    }
  }

  /** Reads pins, and does nothing else that others could see. */
  private onlyLooks(instruction: number): boolean {
    if (this.changesSide(instruction)) return false;
    const target = (instruction >> 5) & 7;
    const { autopush, pushThreshold } = this.settings;
    switch (instruction >> 13) {
      case 0:
        return true;
      case 2:
        return !(autopush && this.inCount + (instruction & 31 || 32) >= pushThreshold);
      case 5:
        return target !== 0 && target !== 3 && target !== 4 && (instruction & 7) === 0;
      default:
        return false;
    }
  }

  private changesSide(instruction: number): boolean {
    const side = this.sideOf(instruction);
    if (side === null) return false;
    const { sideBase, sidePindirs } = this.settings;
    for (let i = 0; i < side.count; i++) {
      const line = this.block.line(sideBase + i);
      const is = sidePindirs ? (line?.mode === "out" ? 1 : 0) : line?.latch;
      if (is !== ((side.value >> i) & 1)) return true;
    }
    return false;
  }

  private sideOf(instruction: number): { count: number; value: number } | null {
    const { sideCount, sideOptional } = this.settings;
    if (sideCount === 0) return null;
    if (sideOptional && (instruction & 0x1000) === 0) return null;
    const count = sideOptional ? sideCount - 1 : sideCount;
    return { count, value: (instruction >> (13 - sideCount)) & ((1 << count) - 1) };
  }

  // ---- instructions -----------------------------------------------------------------------------

  private execute(instruction: number): boolean {
    const side = this.sideOf(instruction);
    if (side !== null) {
      const { sideBase, sidePindirs } = this.settings;
      if (sidePindirs) this.setDirections(sideBase, side.count, side.value);
      else this.setPins(sideBase, side.count, side.value);
    }
    if (this.settings.autopull && this.outCount >= this.settings.pullThreshold) this.refill();
    const target = (instruction >> 5) & 7;
    const low = instruction & 31;
    switch (instruction >> 13) {
      case 0:
        return this.jump(target, low);
      case 1:
        return this.wait(target >> 2, target & 3, low);
      case 2:
        return this.shiftIn(target, low || 32);
      case 3:
        return this.shiftOut(target, low || 32);
      case 4:
        return target & 4
          ? this.pull((target & 2) !== 0, (target & 1) !== 0)
          : this.push((target & 2) !== 0, (target & 1) !== 0);
      case 5:
        return this.move(target, (low >> 3) & 3, low & 7);
      case 6:
        return this.irq((target & 2) !== 0, (target & 1) !== 0, low);
      default:
        return this.set(target, low);
    }
  }

  private jump(condition: number, address: number): boolean {
    if (!this.holds(condition)) return DONE;
    const from = this.pc;
    this.jumped = true;
    this.pc = address;
    if (condition === 2) this.x -= this.skip(address, from, this.x);
    else if (condition === 4) this.y -= this.skip(address, from, this.y);
    return DONE;
  }

  /** The rounds of a loop that only waits pass at once: nobody can tell them from one long wait. */
  private skip(start: number, from: number, rounds: number): number {
    const { memory } = this.block;
    let cycles = 0;
    for (let at = start; at <= from; at++) {
      const instruction = memory[at] as number;
      if ((at < from && (instruction & 0xe0ff) !== NOP) || this.changesSide(instruction)) return 0;
      cycles += 1 + this.delayOf(instruction);
    }
    this.next += rounds * cycles;
    return cycles === 0 ? 0 : rounds;
  }

  private holds(condition: number): boolean {
    switch (condition) {
      case 1:
        return this.x === 0;
      case 2: {
        const before = this.x;
        this.x = (before - 1) >>> 0;
        return before !== 0;
      }
      case 3:
        return this.y === 0;
      case 4: {
        const before = this.y;
        this.y = (before - 1) >>> 0;
        return before !== 0;
      }
      case 5:
        return this.x !== this.y;
      case 6:
        return this.block.line(this.settings.jumpPin)?.read() === 1;
      case 7:
        return this.outCount < this.settings.pullThreshold;
      default:
        return true;
    }
  }

  private wait(polarity: number, source: number, low: number): boolean {
    if (source === 2) {
      const flag = this.flagOf(low);
      if (((this.block.flags >> flag) & 1) !== polarity) {
        return this.waitFor((notify) => this.block.watch(notify));
      }
      if (polarity === 1) this.block.clearFlag(flag);
      return DONE;
    }
    const { inBase, jumpPin } = this.settings;
    const line = this.block.line(source === 0 ? low : source === 1 ? inBase + low : jumpPin + low);
    if (line === undefined || line.read() === polarity) return DONE;
    return this.waitFor((notify) => line.watch(notify));
  }

  private shiftIn(source: number, bits: number): boolean {
    const { autopush, pushThreshold, inRight } = this.settings;
    if (!this.shifted) {
      const mask = bits === 32 ? 0xffffffff : 2 ** bits - 1;
      const value = (this.read(source) & mask) >>> 0;
      const rest = bits === 32 ? 0 : inRight ? this.isr >>> bits : this.isr << bits;
      this.isr = ((inRight ? value << (32 - bits) : value) | rest) >>> 0;
      this.inCount = Math.min(32, this.inCount + bits);
    }
    this.shifted = false;
    if (!autopush || this.inCount < pushThreshold) return DONE;
    if (this.rx.length >= this.rxDepth) {
      this.shifted = true;
      return this.waitForFifo();
    }
    this.deliver();
    return DONE;
  }

  private shiftOut(target: number, bits: number): boolean {
    const { autopull, pullThreshold, outRight } = this.settings;
    if (autopull && this.outCount >= pullThreshold) return this.waitForFifo();
    const mask = bits === 32 ? 0xffffffff : 2 ** bits - 1;
    const value = (outRight ? this.osr & mask : this.osr >>> (32 - bits)) >>> 0;
    this.osr = bits === 32 ? 0 : (outRight ? this.osr >>> bits : this.osr << bits) >>> 0;
    this.outCount = Math.min(32, this.outCount + bits);
    if (autopull && this.outCount >= pullThreshold) this.refill();
    const { outBase, outCount } = this.settings;
    switch (target) {
      case 0:
        this.setPins(outBase, outCount, value);
        break;
      case 1:
        this.x = value;
        break;
      case 2:
        this.y = value;
        break;
      case 4:
        this.setDirections(outBase, outCount, value);
        break;
      case 5:
        this.goTo(value);
        break;
      case 6:
        this.isr = value;
        this.inCount = bits;
        break;
      case 7:
        this.forced = value & 0xffff;
    }
    return DONE;
  }

  private push(ifFull: boolean, blocks: boolean): boolean {
    if (ifFull && this.inCount < this.settings.pushThreshold) return DONE;
    if (this.rx.length >= this.rxDepth) {
      if (blocks) return this.waitForFifo();
      this.isr = 0;
      this.inCount = 0;
      return DONE;
    }
    this.deliver();
    return DONE;
  }

  private pull(ifEmpty: boolean, blocks: boolean): boolean {
    const { autopull, pullThreshold } = this.settings;
    if ((ifEmpty || autopull) && this.outCount < pullThreshold) return DONE;
    if (this.tx.length > 0) {
      this.refill();
      return DONE;
    }
    if (blocks) return this.waitForFifo();
    this.osr = this.x;
    this.outCount = 0;
    return DONE;
  }

  private move(target: number, operation: number, source: number): boolean {
    let value = this.read(source);
    if (operation === 1) value = ~value >>> 0;
    else if (operation === 2) value = reversed(value);
    const { outBase, outCount } = this.settings;
    switch (target) {
      case 0:
        this.setPins(outBase, outCount, value);
        break;
      case 1:
        this.x = value;
        break;
      case 2:
        this.y = value;
        break;
      case 3:
        this.setDirections(outBase, outCount, value);
        break;
      case 4:
        this.forced = value & 0xffff;
        break;
      case 5:
        this.goTo(value);
        break;
      case 6:
        this.isr = value;
        this.inCount = 0;
        break;
      case 7:
        this.osr = value;
        this.outCount = 0;
    }
    return DONE;
  }

  private irq(clears: boolean, waits: boolean, low: number): boolean {
    const flag = this.flagOf(low);
    if (clears) {
      this.block.clearFlag(flag);
      return DONE;
    }
    if (!this.signalled) {
      this.block.setFlag(flag);
      if (!waits) return DONE;
      this.signalled = true;
    }
    if ((this.block.flags >> flag) & 1) return this.waitFor((notify) => this.block.watch(notify));
    this.signalled = false;
    return DONE;
  }

  private set(target: number, value: number): boolean {
    const { setBase, setCount } = this.settings;
    if (target === 0) this.setPins(setBase, setCount, value);
    else if (target === 1) this.x = value;
    else if (target === 2) this.y = value;
    else if (target === 4) this.setDirections(setBase, setCount, value);
    return DONE;
  }

  // ---- registers --------------------------------------------------------------------------------

  /** What `in` and `mov` can read. */
  private read(source: number): number {
    switch (source) {
      case 0:
        return this.readPins();
      case 1:
        return this.x;
      case 2:
        return this.y;
      case 6:
        return this.isr;
      case 7:
        return this.osr;
      default:
        return 0;
    }
  }

  private readPins(): number {
    const { inBase } = this.settings;
    let value = 0;
    for (let i = 0; i < 32; i++) {
      if (this.block.line(inBase + i)?.read() === 1) value |= 1 << i;
    }
    return value >>> 0;
  }

  private goTo(address: number): void {
    this.jumped = true;
    this.pc = address & 31;
  }

  /** The flag that an index means; some count from the machine's own number. */
  private flagOf(low: number): number {
    return low & 0x10 ? (low & 4) | ((low + this.number) & 3) : low & 7;
  }

  private deliver(): void {
    this.rx.push(this.isr);
    this.isr = 0;
    this.inCount = 0;
    this.tell();
  }

  private refill(): void {
    const word = this.tx.shift();
    if (word === undefined) return;
    this.osr = word;
    this.outCount = 0;
    this.tell();
  }

  private tell(): void {
    for (const notify of [...this.listeners]) notify();
  }
}

function reversed(value: number): number {
  let result = 0;
  for (let i = 0; i < 32; i++) if ((value >>> i) & 1) result |= 1 << (31 - i);
  return result >>> 0;
}
