/**
 * A device with 8-bit registers on an I2C bus: the first byte written is the register, the others go
 * into it and the following ones; reading goes on from there. The base of the sensors here, and a
 * part of its own for devices that this package does not know.
 */

import type { I2cDevice } from "../../../machine/hal.js";
import type { Action, Part, PartKind, Site } from "../part.js";

const SIZE = 256;

export class I2cRegisters implements Part, I2cDevice {
  readonly registers = new Uint8Array(SIZE);
  protected pointer = 0;
  private expectsPointer = false;

  constructor(
    protected readonly site: Site,
    private readonly address: number,
  ) {
    site.connect("scl", "i2cClock", this);
    site.connect("sda", "i2cData", this);
  }

  answers(address: number): boolean {
    return address === this.address;
  }

  start(_address: number, read: boolean): boolean {
    this.expectsPointer = !read;
    if (read) this.refresh();
    return true;
  }

  write(byte: number): boolean {
    if (this.expectsPointer) {
      this.pointer = byte;
      this.expectsPointer = false;
    } else {
      this.written(this.pointer, byte);
      this.pointer = (this.pointer + 1) % SIZE;
    }
    return true;
  }

  read(): number {
    const byte = this.registers[this.pointer] as number;
    this.pointer = (this.pointer + 1) % SIZE;
    return byte;
  }

  stop(): void {}

  /** Before a read: brings measured values up to date. */
  protected refresh(): void {}

  protected written(register: number, byte: number): void {
    this.registers[register] = byte;
    this.site.report("register", [register, byte]);
  }

  get actions(): Readonly<Record<string, Action>> {
    return {
      set: ([register, ...bytes]) => this.registers.set(bytes.map(Number), Number(register)),
    };
  }

  get state() {
    return { registers: [...this.registers] };
  }
}

export const i2cRegisters: PartKind<I2cRegisters> = {
  legs: ["scl", "sda"],
  options: ["address"],
  create: (site) => new I2cRegisters(site, site.options.number("address", 0x20)),
};
