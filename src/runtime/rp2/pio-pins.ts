/** The pins of a PIO as instructions set and read them, side-sets among them. */

import type { Level, PinLine } from "../machine/hal.js";
import type { PioBlock } from "./pio-block.js";
import type { PioSettings } from "./pio-settings.js";

/** The number of the function by which a pin is the first PIO's. */
const PIO0 = 6;

/** What an instruction sets beside what it does. */
interface SideSet {
  readonly count: number;
  readonly value: number;
}

export class PioPins {
  constructor(private readonly block: PioBlock) {}

  /** Makes pins this PIO's, with levels and directions. */
  take(base: number, count: number, levels: number, directions: number): void {
    for (let i = 0; i < count; i++) {
      const line = this.block.line(base + i);
      if (line === undefined) continue;
      line.alternate = this.own;
      this.set(base + i, 1, levels >>> i);
      this.direct(base + i, 1, directions >>> i);
    }
  }

  set(base: number, count: number, value: number): void {
    for (let i = 0; i < count; i++) {
      const line = this.line(base + i);
      const level = ((value >>> i) & 1) as Level;
      if (line !== undefined && line.latch !== level) line.write(level);
    }
  }

  direct(base: number, count: number, value: number): void {
    for (let i = 0; i < count; i++) {
      const line = this.line(base + i);
      if (line === undefined) continue;
      line.configure((value >>> i) & 1 ? "out" : "in", null, null);
      line.alternate = this.own;
    }
  }

  /** The number of the function that makes a pin this PIO's. */
  private get own(): number {
    return PIO0 + this.block.number;
  }

  /** A pin that the PIO drives; undefined while it is somebody else's. */
  private line(pin: number): PinLine | undefined {
    const line = this.block.line(pin);
    return line?.alternate === this.own ? line : undefined;
  }

  /** The levels of 32 pins. */
  read(base: number): number {
    let value = 0;
    for (let i = 0; i < 32; i++) {
      if (this.block.line(base + i)?.read() === 1) value |= 1 << i;
    }
    return value >>> 0;
  }

  setSide(instruction: number, settings: PioSettings): void {
    const side = sideOf(instruction, settings);
    if (side === null) return;
    const { sideBase, sidePindirs } = settings;
    if (sidePindirs) this.direct(sideBase, side.count, side.value);
    else this.set(sideBase, side.count, side.value);
  }

  /** Whether the side-set of an instruction would change anything. */
  changesSide(instruction: number, settings: PioSettings): boolean {
    const side = sideOf(instruction, settings);
    if (side === null) return false;
    const { sideBase, sidePindirs } = settings;
    for (let i = 0; i < side.count; i++) {
      const line = this.line(sideBase + i);
      if (line === undefined) continue;
      const is = sidePindirs ? (line.mode === "out" ? 1 : 0) : line.latch;
      if (is !== ((side.value >> i) & 1)) return true;
    }
    return false;
  }
}

function sideOf(instruction: number, settings: PioSettings): SideSet | null {
  const { sideCount, sideOptional } = settings;
  if (sideCount === 0) return null;
  if (sideOptional && (instruction & 0x1000) === 0) return null;
  const count = sideOptional ? sideCount - 1 : sideCount;
  return { count, value: (instruction >> (13 - sideCount)) & ((1 << count) - 1) };
}

/** The cycles that an instruction waits after it is done: what its side-set leaves of five bits. */
export function delayOf(instruction: number, { sideCount }: PioSettings): number {
  return (instruction >> 8) & 31 & ((1 << (5 - sideCount)) - 1);
}
