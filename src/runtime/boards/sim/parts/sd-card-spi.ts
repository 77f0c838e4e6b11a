/** The SPI mode of an SD card (SDHC): initialisation, single and multiple block transfer. */

import type { CardDevice } from "../../../machine/hal.js";

export const SECTOR = 512;
const IDLE = 1;
const ILLEGAL = 4;
const OUTSIDE = 0x40;
const START = 0xfe;
const START_MULTIPLE = 0xfc;
const STOP = 0xfd;
const ACCEPTED = 0x05;

export class SdCardSpi {
  private idle = true;
  private application = false;
  private command: number[] = [];
  private output: number[] = [];
  /** The block that is read or written next. */
  private block = 0;
  private transferring: "no" | "read" | "write" | "write many" = "no";
  private incoming: number[] | null = null;

  constructor(private readonly card: CardDevice) {}

  transfer(byte: number): number {
    if (this.output.length === 0 && this.transferring === "read") {
      this.output = this.nextBlock();
    }
    const answer = this.output.shift() ?? 0xff;
    this.take(byte);
    return answer;
  }

  private take(byte: number): void {
    if (this.transferring.startsWith("write") && this.command.length === 0) {
      if (this.takeData(byte)) return;
    }
    // A command starts with the bits 01.
    if (this.command.length === 0 && (byte & 0xc0) !== 0x40) return;
    this.command.push(byte);
    if (this.command.length < 6) return;
    const [code = 0, a = 0, b = 0, c = 0, d = 0] = this.command;
    this.command = [];
    this.perform(code & 0x3f, ((a << 24) | (b << 16) | (c << 8) | d) >>> 0);
  }

  /** True when the byte belonged to the data of a write. */
  private takeData(byte: number): boolean {
    if (this.incoming === null) {
      if (byte === START || byte === START_MULTIPLE) this.incoming = [];
      else if (byte === STOP) this.transferring = "no";
      else return byte === 0xff;
      return true;
    }
    this.incoming.push(byte);
    // The data are followed by a checksum of two bytes.
    if (this.incoming.length < SECTOR + 2) return true;
    this.card.write(this.block, Uint8Array.from(this.incoming.slice(0, SECTOR)));
    this.block += 1;
    this.incoming = null;
    this.output = [ACCEPTED, 0x00, 0xff];
    if (this.transferring === "write") this.transferring = "no";
    return true;
  }

  private perform(code: number, argument: number): void {
    const application = this.application;
    this.application = code === 55;
    this.output = [0xff, ...this.answer(code, argument, application)];
  }

  private answer(code: number, argument: number, application: boolean): number[] {
    const ready = this.idle ? IDLE : 0;
    switch (code) {
      case 0:
        this.idle = true;
        this.transferring = "no";
        return [IDLE];
      case 8:
        return [ready, 0, 0, (argument >> 8) & 0xf, argument & 0xff];
      case 9:
        return [ready, 0xff, START, ...this.specificData(), 0, 0];
      case 10:
        return [ready, 0xff, START, ...new Array<number>(16).fill(0), 0, 0];
      case 12:
        this.transferring = "no";
        return [0xff, ready, 0xff];
      case 16:
      case 55:
        return [ready];
      case 17:
      case 18:
        if (argument >= this.card.blocks) return [OUTSIDE];
        this.block = argument;
        if (code === 17) return [ready, ...this.nextBlock()];
        this.transferring = "read";
        return [ready];
      case 24:
      case 25:
        if (argument >= this.card.blocks) return [OUTSIDE];
        this.block = argument;
        this.transferring = code === 24 ? "write" : "write many";
        return [ready];
      case 41:
        if (!application) return [ready | ILLEGAL];
        this.idle = false;
        return [0];
      case 58:
        // Powered up, and addressed by blocks.
        return [ready, 0xc0, 0xff, 0x80, 0];
      default:
        return [ready | ILLEGAL];
    }
  }

  private nextBlock(): number[] {
    const data = this.card.read(this.block, 1);
    this.block += 1;
    return [0xff, START, ...data, 0, 0];
  }

  /** The card specific data, version 2: the size in units of 512 KB. */
  private specificData(): number[] {
    const size = Math.max(0, Math.floor(this.card.blocks / 1024) - 1);
    const data = new Array<number>(16).fill(0);
    data[0] = 0x40;
    data[7] = (size >> 16) & 0x3f;
    data[8] = (size >> 8) & 0xff;
    data[9] = size & 0xff;
    return data;
  }
}
