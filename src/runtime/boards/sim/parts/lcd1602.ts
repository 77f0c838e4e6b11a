/**
 * A character display (HD44780: 16 by 2, 20 by 4) behind an I2C expander (PCF8574), as the modules with
 * a "backpack" are, or on six or ten pins of its own (`rs`, `e`, `d4` to `d7`).
 */

import type { I2cDevice } from "../../../machine/hal.js";
import type { Part, PartKind, Site } from "../part.js";

const RS = 0x01;
const ENABLE = 0x04;
const BACKLIGHT = 0x08;
const LINE = 0x40;
const MEMORY = 0x80;

export class Lcd1602 implements Part, I2cDevice {
  readonly columns: number;
  readonly rows: number;
  backlight = false;
  on = false;
  private readonly memory = new Uint8Array(MEMORY).fill(0x20);
  private readonly glyphs = new Uint8Array(64);
  private readonly address: number;
  /** Where the next byte goes; null in the memory of glyphs. */
  private cursor = 0;
  private glyph: number | null = null;
  private step = 1;
  private shift = 0;
  /** Bytes come in two halves. */
  private halves = false;
  private upper: number | null = null;
  private port = 0;

  constructor(private readonly site: Site) {
    this.columns = site.options.number("columns", 16);
    this.rows = site.options.number("rows", 2);
    this.address = site.options.number("address", 0x27);
    site.connect("scl", "i2cClock", this);
    site.connect("sda", "i2cData", this);
    if (site.has("e")) {
      // The display takes the pins when the line falls.
      site.leg("e", (level) => {
        if (level === 0) this.take(this.dataPins() << 4, site.line("rs").read() === 1);
      });
      this.backlight = true;
    }
  }

  answers(address: number): boolean {
    return address === this.address;
  }

  start(): boolean {
    return true;
  }

  write(byte: number): boolean {
    const falls = (this.port & ENABLE) !== 0 && (byte & ENABLE) === 0;
    if (falls) this.take(this.port & 0xf0, (this.port & RS) !== 0);
    this.port = byte;
    const lit = (byte & BACKLIGHT) !== 0;
    if (lit !== this.backlight) {
      this.backlight = lit;
      this.site.report("backlight", lit);
    }
    return true;
  }

  read(): number {
    return this.port;
  }

  stop(): void {}

  /** What can be read on it; a glyph of the program's own is a "?". */
  get lines(): string[] {
    const starts = [0, LINE, this.columns, LINE + this.columns];
    return starts.slice(0, this.rows).map((start) => {
      const codes = Array.from({ length: this.columns }, (_, i) => {
        const line = start & LINE;
        return this.memory[line | (((start & ~LINE) + i + this.shift) % 40)] as number;
      });
      return this.on ? codes.map(letter).join("") : " ".repeat(this.columns);
    });
  }

  get state() {
    return { lines: this.lines, backlight: this.backlight };
  }

  private dataPins(): number {
    return ["d4", "d5", "d6", "d7"].reduce(
      (bits, name, i) => bits | ((this.site.has(name) ? this.site.line(name).read() : 0) << i),
      0,
    );
  }

  private take(half: number, isData: boolean): void {
    if (!this.halves) {
      this.perform(half);
      return;
    }
    if (this.upper === null) {
      this.upper = half;
      return;
    }
    const byte = this.upper | (half >> 4);
    this.upper = null;
    if (isData) this.store(byte);
    else this.perform(byte);
  }

  private perform(code: number): void {
    if (code & 0x80) {
      this.cursor = code & 0x7f;
      this.glyph = null;
    } else if (code & 0x40) this.glyph = code & 0x3f;
    else if (code & 0x20) {
      this.halves = (code & 0x10) === 0;
      this.upper = null;
    } else if (code & 0x10) {
      const by = code & 0x04 ? -1 : 1;
      if (code & 0x08) this.shift = (this.shift + by + 40) % 40;
      else this.cursor = (this.cursor - by) & 0x7f;
    } else if (code & 0x08) this.on = (code & 0x04) !== 0;
    else if (code & 0x04) this.step = code & 0x02 ? 1 : -1;
    else {
      if (code === 0x01) {
        this.memory.fill(0x20);
        this.step = 1;
      }
      this.cursor = 0;
      this.shift = 0;
      this.glyph = null;
    }
    this.site.report("lines", this.lines);
  }

  private store(byte: number): void {
    if (this.glyph !== null) {
      this.glyphs[this.glyph] = byte;
      this.glyph = (this.glyph + 1) & 0x3f;
      return;
    }
    this.memory[this.cursor & 0x7f] = byte;
    this.cursor = (this.cursor + this.step) & 0x7f;
    this.site.report("lines", this.lines);
  }
}

function letter(code: number): string {
  if (code < 0x10) return "?";
  if (code === 0xdf) return "°";
  return code >= 0x20 && code < 0x7e ? String.fromCharCode(code) : "?";
}

export const lcd1602: PartKind<Lcd1602> = {
  legs: ["scl", "sda", "rs", "e", "d4", "d5", "d6", "d7"],
  options: ["address", "columns", "rows"],
  create: (site) => new Lcd1602(site),
};
