/**
 * The registers, FIFOs and instructions of a state machine of a PIO. PioMachine, which extends it, gives it
 * time. Instructions are those of chapter 3 of the RP2040's datasheet.
 */

import type { PioBlock } from "./pio-block.js";
import { PioFifos } from "./pio-fifos.js";
import { delayOf, PioPins } from "./pio-pins.js";
import { PIO_DEFAULTS, type PioSettings } from "./pio-settings.js";

const NOP = 0xa042;
const DONE = true;
export const STALLED = false;

export abstract class PioCore {
  readonly fifos = new PioFifos();
  readonly pins: PioPins;
  settings: PioSettings = { ...PIO_DEFAULTS };
  /** How many bits have been shifted. */
  inCount = 0;
  outCount = 32;
  protected pc = 0;
  /** Whether the instruction has set `pc`. */
  protected jumped = false;
  /** An instruction from outside the program, which goes before the next one. */
  protected forced: number | null = null;
  /** The cycle in which the next instruction is due. */
  protected next = 0;
  private x = 0;
  private y = 0;
  private isr = 0;
  private osr = 0;
  /** What the instruction that is waiting has done already. */
  private shifted = false;
  private signalled = false;

  constructor(
    protected readonly block: PioBlock,
    private readonly number: number,
  ) {
    this.pins = new PioPins(block);
  }

  /** The instruction is to be tried again when `watch` tells of a change. */
  protected abstract waitFor(watch: (notify: () => void) => () => void): boolean;

  /** The same for the FIFOs, which wake the machine themselves. */
  protected abstract waitForFifo(): boolean;

  protected clear(settings: Partial<PioSettings>): void {
    this.settings = { ...PIO_DEFAULTS, ...settings };
    this.fifos.clear(this.settings.join);
    this.x = 0;
    this.y = 0;
  }

  protected begin(pc: number): void {
    this.isr = 0;
    this.osr = 0;
    this.inCount = 0;
    this.outCount = 32;
    this.forced = null;
    this.shifted = false;
    this.signalled = false;
    this.pc = pc;
    this.next = 0;
  }

  /** Performs an instruction: DONE, or STALLED when it has to wait. */
  protected execute(instruction: number): boolean {
    this.pins.setSide(instruction, this.settings);
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
      if (
        (at < from && (instruction & 0xe0ff) !== NOP) ||
        this.pins.changesSide(instruction, this.settings)
      )
        return 0;
      cycles += 1 + delayOf(instruction, this.settings);
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
    if (!this.fifos.canPush) {
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
        this.pins.set(outBase, outCount, value);
        break;
      case 1:
        this.x = value;
        break;
      case 2:
        this.y = value;
        break;
      case 4:
        this.pins.direct(outBase, outCount, value);
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
    if (!this.fifos.canPush) {
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
    if (this.fifos.tx.length > 0) {
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
        this.pins.set(outBase, outCount, value);
        break;
      case 1:
        this.x = value;
        break;
      case 2:
        this.y = value;
        break;
      case 3:
        this.pins.direct(outBase, outCount, value);
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
    if (target === 0) this.pins.set(setBase, setCount, value);
    else if (target === 1) this.x = value;
    else if (target === 2) this.y = value;
    else if (target === 4) this.pins.direct(setBase, setCount, value);
    return DONE;
  }

  /** What `in` and `mov` can read. */
  private read(source: number): number {
    switch (source) {
      case 0:
        return this.pins.read(this.settings.inBase);
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

  private goTo(address: number): void {
    this.jumped = true;
    this.pc = address & 31;
  }

  /** The flag that an index means; some count from the machine's own number. */
  private flagOf(low: number): number {
    return low & 0x10 ? (low & 4) | ((low + this.number) & 3) : low & 7;
  }

  private deliver(): void {
    this.fifos.push(this.isr);
    this.isr = 0;
    this.inCount = 0;
  }

  private refill(): void {
    const word = this.fifos.pull();
    if (word === undefined) return;
    this.osr = word;
    this.outCount = 0;
  }
}

function reversed(value: number): number {
  let result = 0;
  for (let i = 0; i < 32; i++) if ((value >>> i) & 1) result |= 1 << (31 - i);
  return result >>> 0;
}
