/**
 * A monochrome display with an SSD1306, over I2C or SPI (with `dc` and `cs`): interprets commands and
 * keeps the picture.
 */

import type { I2cDevice, SpiDevice } from "../../../machine/hal.js";
import type { Part, PartKind, Site } from "../part.js";

const COLUMNS = 128;
/** How many bytes follow a command; the others stand alone. */
const ARGUMENTS: Readonly<Record<number, number>> = {
  32: 1,
  33: 2,
  34: 2,
  38: 6,
  39: 6,
  41: 5,
  42: 5,
  129: 1,
  141: 1,
  163: 2,
  168: 1,
  173: 1,
  211: 1,
  213: 1,
  217: 1,
  218: 1,
  219: 1,
};
const HORIZONTAL = 0;
const VERTICAL = 1;

export class Ssd1306 implements Part, I2cDevice, SpiDevice {
  readonly width: number;
  readonly height: number;
  on = false;
  inverted = false;
  contrast = 0x7f;
  private readonly memory: Uint8Array;
  private readonly address: number;
  private mode = 2;
  private columns: [number, number] = [0, COLUMNS - 1];
  private pages: [number, number];
  private column = 0;
  protected page = 0;
  private mirrored = true;
  private flipped = true;
  private command: number[] = [];
  /** I2C: what the bytes after the control byte are. */
  private control: "control" | "data" | "one command" | "commands" | "one byte" = "control";

  constructor(
    private readonly site: Site,
    rows = 64,
    private readonly following = ARGUMENTS,
  ) {
    this.memory = new Uint8Array((COLUMNS * rows) / 8);
    this.pages = [0, rows / 8 - 1];
    this.width = site.options.number("width", COLUMNS);
    this.height = site.options.number("height", rows);
    this.address = site.options.number("address", 0x3c);
    site.connect("scl", "i2cClock", this);
    site.connect("sda", "i2cData", this);
    site.connect("sck", "spiClock", this);
    site.connect("mosi", "spiIn", this);
  }

  answers(address: number): boolean {
    return address === this.address;
  }

  start(): boolean {
    this.control = "control";
    return true;
  }

  write(byte: number): boolean {
    switch (this.control) {
      case "control":
        if (byte & 0x80) this.control = byte & 0x40 ? "one byte" : "one command";
        else this.control = byte & 0x40 ? "data" : "commands";
        break;
      case "one command":
        this.control = "control";
        this.take(byte);
        break;
      case "one byte":
        this.control = "control";
        this.store(byte);
        break;
      case "commands":
        this.take(byte);
        break;
      case "data":
        this.store(byte);
    }
    return true;
  }

  read(): number {
    return this.on ? 0x00 : 0x40;
  }

  stop(): void {
    if (this.control === "data") this.site.report("drawn", null);
  }

  get selected(): boolean {
    return !this.site.has("cs") || this.site.line("cs").read() === 0;
  }

  transfer(byte: number): number {
    if (this.site.line("dc").read() === 1) this.store(byte);
    else this.take(byte);
    return 0xff;
  }

  /** Whether a pixel is lit, as a viewer sees it. */
  pixel(x: number, y: number): boolean {
    if (!this.on || x < 0 || y < 0 || x >= this.width || y >= this.height) return false;
    const column = this.mirrored ? x : this.width - 1 - x;
    const row = this.flipped ? y : this.height - 1 - y;
    const bit = ((this.memory[(row >> 3) * COLUMNS + column] as number) >> (row & 7)) & 1;
    return (bit === 1) !== this.inverted;
  }

  /** The picture as lines of text, "#" for a lit pixel and "." for a dark one. */
  picture(): string[] {
    return Array.from({ length: this.height }, (_, y) =>
      Array.from({ length: this.width }, (_, x) => (this.pixel(x, y) ? "#" : ".")).join(""),
    );
  }

  /** 0xrrggbb, as a viewer sees it. */
  colour(x: number, y: number): number {
    return this.pixel(x, y) ? 0xffffff : 0;
  }

  get state() {
    return { on: this.on, contrast: this.contrast, picture: this.picture() };
  }

  private take(byte: number): void {
    this.command.push(byte);
    const [code = 0, ...args] = this.command;
    if (args.length < (this.following[code] ?? 0)) return;
    this.command = [];
    this.perform(code, args);
  }

  protected perform(code: number, [first = 0, second = 0]: readonly number[]): void {
    if (code < 0x10) this.column = (this.column & 0xf0) | code;
    else if (code < 0x20) this.column = ((code & 0xf) << 4) | (this.column & 0xf);
    else if (code === 0x20) this.mode = first & 3;
    else if (code === 0x21) {
      this.columns = [first & 0x7f, second & 0x7f];
      this.column = this.columns[0];
    } else if (code === 0x22) {
      this.pages = [first & 7, second & 7];
      this.page = this.pages[0];
    } else if (code === 0x81) this.contrast = first;
    else if (code === 0xa0 || code === 0xa1) this.mirrored = code === 0xa1;
    else if (code === 0xa6 || code === 0xa7) this.inverted = code === 0xa7;
    else if (code === 0xae || code === 0xaf) {
      this.on = code === 0xaf;
      this.site.report("on", this.on);
    } else if (code >= 0xb0 && code <= 0xb7) this.page = code & 7;
    else if (code >= 0xc0 && code <= 0xcf) this.flipped = (code & 8) !== 0;
  }

  private store(byte: number): void {
    this.memory[this.page * COLUMNS + this.column] = byte;
    if (this.mode === VERTICAL) {
      if (this.nextPage()) this.nextColumn();
    } else if (this.nextColumn() && this.mode === HORIZONTAL) {
      this.nextPage();
    }
  }

  /** True when it started again from the first one. */
  private nextColumn(): boolean {
    const [first, last] = this.mode === 2 ? [0, COLUMNS - 1] : this.columns;
    const wraps = this.column >= last;
    this.column = wraps ? first : this.column + 1;
    return wraps;
  }

  private nextPage(): boolean {
    const [first, last] = this.pages;
    const wraps = this.page >= last;
    this.page = wraps ? first : this.page + 1;
    return wraps;
  }
}

export const ssd1306: PartKind<Ssd1306> = {
  legs: ["scl", "sda", "sck", "mosi", "dc", "cs", "res"],
  options: ["address", "width", "height"],
  create: (site) => new Ssd1306(site),
};
