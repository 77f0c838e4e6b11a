/** Transfers on an I2C bus: two lines and the devices that are wired to both. */

import type { I2cDevice, PinLine } from "../hal.js";

/** Addresses that a scan tries; the others are reserved. */
const FIRST = 0x08;
const LAST = 0x77;

export class I2cBus {
  /** The device that a transfer is going on with. */
  private device: I2cDevice | null = null;

  constructor(
    readonly scl: PinLine,
    readonly sda: PinLine,
  ) {}

  /** Begins a transfer; false when nobody acknowledges the address. */
  begin(address: number, read: boolean): boolean {
    const device = this.find(address);
    this.device = device?.start(address, read) ? device : null;
    return this.device !== null;
  }

  /** The number of bytes that were acknowledged. */
  write(bytes: Uint8Array): number {
    let count = 0;
    for (const byte of bytes) {
      if (this.device === null || !this.device.write(byte)) break;
      count += 1;
    }
    return count;
  }

  /** An idle bus is high. */
  read(into: Uint8Array): void {
    for (let i = 0; i < into.length; i++) into[i] = this.device?.read() ?? 0xff;
  }

  end(): void {
    this.device?.stop();
    this.device = null;
  }

  scan(): number[] {
    const found: number[] = [];
    for (let address = FIRST; address <= LAST; address++) {
      if (this.begin(address, false)) found.push(address);
      this.end();
    }
    return found;
  }

  private find(address: number): I2cDevice | undefined {
    const clocked = this.scl.wired("i2cClock");
    return this.sda
      .wired("i2cData")
      .find((device) => clocked.includes(device) && device.answers(address));
  }
}
