/** A 1-wire bus: what the master sends reaches every device, and one that answers 0 wins. */

import type { Level, PinLine } from "./hal.js";

export class OneWireBus {
  constructor(readonly line: PinLine) {}

  /** True when a device announces itself. */
  reset(): boolean {
    let present = false;
    for (const device of this.line.wired("oneWire")) present = device.reset() || present;
    return present;
  }

  readBit(): Level {
    let level: Level = 1;
    for (const device of this.line.wired("oneWire")) level = (level & device.read()) as Level;
    return level;
  }

  writeBit(bit: Level): void {
    for (const device of this.line.wired("oneWire")) device.write(bit);
  }

  readByte(): number {
    let byte = 0;
    for (let i = 0; i < 8; i++) byte |= this.readBit() << i;
    return byte;
  }

  writeByte(byte: number): void {
    for (let i = 0; i < 8; i++) this.writeBit(((byte >> i) & 1) as Level);
  }

  /** The ROMs of all devices: the binary search that the bus defines. */
  search(command: number): Uint8Array[] {
    const found: Uint8Array[] = [];
    // The bit up to which the next round goes another way; -1: all were found.
    let branch = 64;
    let rom: Uint8Array = new Uint8Array(8);
    while (branch >= 0) {
      if (!this.reset()) return [];
      this.writeByte(command);
      const next = this.searchOnce(rom, branch);
      if (next === null) break;
      rom = next.rom;
      branch = next.branch;
      found.push(rom.slice());
    }
    return found;
  }

  private searchOnce(
    previous: Uint8Array,
    branch: number,
  ): { rom: Uint8Array; branch: number } | null {
    const rom = new Uint8Array(8);
    let next = -1;
    for (let bit = 0; bit < 64; bit++) {
      const one = this.readBit();
      const zero = this.readBit();
      if (one === 1 && zero === 1) return null;
      let choice: Level = one;
      if (one === 0 && zero === 0) {
        const before = (((previous[bit >> 3] as number) >> (bit & 7)) & 1) as Level;
        choice = bit === branch ? 1 : bit > branch ? 0 : before;
        if (branch === 64) choice = 0;
        if (choice === 0) next = bit;
      }
      this.writeBit(choice);
      if (choice === 1) rom[bit >> 3] = (rom[bit >> 3] as number) | (1 << (bit & 7));
    }
    return { rom, branch: next };
  }
}
