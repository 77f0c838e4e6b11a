/** A serial flash memory (W25Q) on an SPI bus: identification, reading, programming, erasing. */

import type { Level, SpiDevice } from "../../../machine/hal.js";
import type { Part, PartKind, Site } from "../part.js";

const PAGE = 256;
const SECTOR = 4096;
const BLOCK = 65536;
const MANUFACTURER = 0xef;
const MEMORY_TYPE = 0x40;

export class Flash implements Part, SpiDevice {
  readonly memory: Uint8Array;
  private bytes: number[] = [];
  private writable = false;

  constructor(private readonly site: Site) {
    this.memory = new Uint8Array(site.options.number("size", 1 << 20)).fill(0xff);
    site.connect("sck", "spiClock", this);
    site.connect("mosi", "spiIn", this);
    site.connect("miso", "spiOut", this);
    site.leg(
      "cs",
      (level: Level) => {
        if (level === 0) this.bytes = [];
        else this.end();
      },
      1,
    );
  }

  get selected(): boolean {
    return this.site.line("cs").read() === 0;
  }

  transfer(byte: number): number {
    const { bytes } = this;
    bytes.push(byte);
    const at = bytes.length - 1;
    switch (bytes[0]) {
      case 0x9f:
        return [0, MANUFACTURER, MEMORY_TYPE, Math.log2(this.memory.length)][at] ?? 0xff;
      case 0x05:
        return at === 0 ? 0 : this.writable ? 2 : 0;
      case 0x03:
        return at < 4 ? 0 : this.cell(this.address() + at - 4);
      case 0x0b:
        return at < 5 ? 0 : this.cell(this.address() + at - 5);
      default:
        return 0xff;
    }
  }

  /** Chip select has gone up: what was sent takes effect. */
  private end(): void {
    const { bytes } = this;
    const [code] = bytes;
    if (code === 0x06) this.writable = true;
    else if (code === 0x04) this.writable = false;
    else if (!this.writable) return;
    else if (code === 0x02 && bytes.length > 4) this.program(bytes.slice(4));
    else if (code === 0x20 && bytes.length >= 4) this.erase(SECTOR);
    else if (code === 0xd8 && bytes.length >= 4) this.erase(BLOCK);
    else if (code === 0xc7 || code === 0x60) this.memory.fill(0xff);
    else return;
    if (code !== 0x06) this.writable = false;
  }

  /** Programming only clears bits, and wraps within the page. */
  private program(data: readonly number[]): void {
    const address = this.address();
    const start = address - (address % PAGE);
    data.forEach((byte, i) => {
      const at = (start + ((address + i) % PAGE)) % this.memory.length;
      this.memory[at] = (this.memory[at] as number) & byte;
    });
    this.site.report("programmed", address);
  }

  private erase(size: number): void {
    const address = this.address();
    const start = address - (address % size);
    this.memory.fill(0xff, start, start + size);
    this.site.report("erased", start);
  }

  private address(): number {
    const [, high = 0, middle = 0, low = 0] = this.bytes;
    return ((high << 16) | (middle << 8) | low) % this.memory.length;
  }

  private cell(address: number): number {
    return this.memory[address % this.memory.length] as number;
  }

  get state() {
    return { size: this.memory.length };
  }
}

export const flash: PartKind<Flash> = {
  legs: ["sck", "mosi", "miso", "cs"],
  options: ["size"],
  create: (site) => new Flash(site),
};
