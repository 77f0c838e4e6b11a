/**
 * A 24Cxx EEPROM on an I2C bus: up to 2 KB with one byte of address (the rest is in the device's
 * address), larger ones with two. After a write it does not answer for a few milliseconds.
 */

import type { I2cDevice } from "../../../machine/hal.js";
import type { Part, PartKind, Site } from "../part.js";

const SMALL = 2048;
const BLOCK = 256;

export class Eeprom implements Part, I2cDevice {
  readonly memory: Uint8Array;
  private readonly address: number;
  private readonly page: number;
  private readonly writeTime: number;
  private readonly addressBytes: number;
  private pointer = 0;
  /** Bytes of the address that have still to come. */
  private missing = 0;
  private wrote = false;
  private busyUntil = 0;

  constructor(private readonly site: Site) {
    const { options } = site;
    const size = options.number("size", 32768);
    this.memory = new Uint8Array(size).fill(0xff);
    this.address = options.number("address", 0x50);
    this.addressBytes = size > SMALL ? 2 : 1;
    this.page = options.number("page", size > SMALL ? 64 : 16);
    this.writeTime = options.number("writeTime", 5);
    site.connect("scl", "i2cClock", this);
    site.connect("sda", "i2cData", this);
  }

  answers(address: number): boolean {
    const blocks = this.addressBytes === 1 ? Math.ceil(this.memory.length / BLOCK) : 1;
    return address >= this.address && address < this.address + blocks;
  }

  start(address: number, read: boolean): boolean {
    if (this.site.now() < this.busyUntil) return false;
    if (!read) this.missing = this.addressBytes;
    if (this.addressBytes === 1)
      this.pointer = (address - this.address) * BLOCK + (this.pointer % BLOCK);
    return true;
  }

  write(byte: number): boolean {
    if (this.missing > 0) {
      this.missing -= 1;
      const kept =
        this.addressBytes === 1 ? this.pointer - (this.pointer % BLOCK) : this.pointer << 8;
      this.pointer = (kept + byte) % this.memory.length;
      return true;
    }
    this.memory[this.pointer] = byte;
    this.wrote = true;
    // A write wraps at the end of its page.
    const start = this.pointer - (this.pointer % this.page);
    this.pointer = start + ((this.pointer + 1) % this.page);
    return true;
  }

  read(): number {
    const byte = this.memory[this.pointer] as number;
    this.pointer = (this.pointer + 1) % this.memory.length;
    return byte;
  }

  stop(): void {
    if (!this.wrote) return;
    this.wrote = false;
    this.busyUntil = this.site.now() + this.writeTime;
    this.site.report("written", null);
  }

  get state() {
    return { size: this.memory.length };
  }
}

export const eeprom: PartKind<Eeprom> = {
  legs: ["scl", "sda"],
  options: ["address", "size", "page", "writeTime"],
  create: (site) => new Eeprom(site),
};
