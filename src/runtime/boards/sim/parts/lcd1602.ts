/**
 * A character display (HD44780: 16 by 2, 20 by 4) behind an I2C expander (PCF8574), as the modules with
 * a "backpack" are, or on pins of its own (`rs`, `e`, `d4` to `d7`, and `rw` and `d0` to `d3` as well).
 */

import type { I2cDevice, Level } from "../../../machine/hal.js";
import type { Part, PartKind, Site } from "../part.js";
import { Hd44780 } from "./hd44780.js";

/** The pins of the expander; its upper four are d4 to d7. */
const RS = 0x01;
const RW = 0x02;
const ENABLE = 0x04;
const BACKLIGHT = 0x08;
const DATA = ["d0", "d1", "d2", "d3", "d4", "d5", "d6", "d7"];

export class Lcd1602 implements Part, I2cDevice {
  backlight = false;
  private readonly display: Hd44780;
  private readonly address: number;
  private port = 0;

  constructor(private readonly site: Site) {
    const { options } = site;
    this.display = new Hd44780(
      options.number("columns", 16),
      options.number("rows", 2),
      () => site.now(),
      () => site.report("lines", this.display.lines),
    );
    this.address = options.number("address", 0x27);
    site.connect("scl", "i2cClock", this);
    site.connect("sda", "i2cData", this);
    if (site.has("e")) this.wirePins();
  }

  answers(address: number): boolean {
    return address === this.address;
  }

  start(): boolean {
    return true;
  }

  write(byte: number): boolean {
    const { port } = this;
    this.port = byte;
    if ((port & ENABLE) !== 0 && (byte & ENABLE) === 0) {
      const isData = (port & RS) !== 0;
      if (port & RW) this.display.wasRead(isData);
      else this.display.written(port & 0xf0, isData);
    }
    const lit = (byte & BACKLIGHT) !== 0;
    if (lit !== this.backlight) {
      this.backlight = lit;
      this.site.report("backlight", lit);
    }
    return true;
  }

  /** The expander's pins are pulled up where a 1 was written; the display pulls them down in a read. */
  read(): number {
    const { port } = this;
    const reads = (port & (RW | ENABLE)) === (RW | ENABLE);
    return reads ? port & ((this.display.shown((port & RS) !== 0) & 0xf0) | 0x0f) : port;
  }

  stop(): void {}

  get lines(): string[] {
    return this.display.lines;
  }

  get state() {
    return { lines: this.lines, backlight: this.backlight };
  }

  /** The display takes the pins when its enable falls, and drives them in a read while it is high. */
  private wirePins(): void {
    const { site, display } = this;
    const is = (leg: string) => site.has(leg) && site.line(leg).read() === 1;
    const legs = DATA.map((name) => (site.has(name) ? site.leg(name) : null));
    const drive = (byte: number | null) => {
      legs.forEach((leg, i) => {
        leg?.drive(byte === null ? null : (((byte >> i) & 1) as Level));
      });
    };
    this.backlight = true;
    site.leg("e", (level) => {
      if (is("rw")) {
        if (level === 0) display.wasRead(is("rs"));
        drive(level === 1 ? display.shown(is("rs")) : null);
      } else if (level === 0) {
        const pins = DATA.reduce((bits, name, i) => bits | (is(name) ? 1 << i : 0), 0);
        display.written(pins, is("rs"));
      }
    });
  }
}

export const lcd1602: PartKind<Lcd1602> = {
  legs: ["scl", "sda", "rs", "rw", "e", ...DATA],
  options: ["address", "columns", "rows"],
  create: (site) => new Lcd1602(site),
};
