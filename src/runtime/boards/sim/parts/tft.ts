/**
 * A colour display on SPI with the commands that ILI9341, ST7789 and ST7735 have in common: a window,
 * a stream of pixels of 16 bits, turned as the program says.
 */

import type { SpiDevice } from "../../../machine/hal.js";
import type { Part, PartKind, Site } from "../part.js";

const COLUMNS = 0x2a;
const ROWS = 0x2b;
const WRITE = 0x2c;
const CONTINUE = 0x3c;
const ORIENTATION = 0x36;
const ON = 0x29;
const OFF = 0x28;
const INVERTED = 0x21;
const NORMAL = 0x20;
const RESET = 0x01;
const SWAP = 0x20;

export class Tft implements Part, SpiDevice {
  /** As the panel is built, before it is turned. */
  readonly panelWidth: number;
  readonly panelHeight: number;
  on = false;
  private readonly pixels: Uint16Array;
  private command = 0;
  private args: number[] = [];
  private window = { left: 0, right: 0, top: 0, bottom: 0 };
  private x = 0;
  private y = 0;
  private high: number | null = null;
  private orientation = 0;
  private inverted = false;

  constructor(
    private readonly site: Site,
    width: number,
    height: number,
  ) {
    this.panelWidth = site.options.number("width", width);
    this.panelHeight = site.options.number("height", height);
    this.pixels = new Uint16Array(this.panelWidth * this.panelHeight);
    site.connect("sck", "spiClock", this);
    site.connect("mosi", "spiIn", this);
    site.connect("miso", "spiOut", this);
  }

  get selected(): boolean {
    return !this.site.has("cs") || this.site.line("cs").read() === 0;
  }

  transfer(byte: number): number {
    if (this.site.line("dc").read() === 0) this.begin(byte);
    else if (this.command === WRITE || this.command === CONTINUE) this.stream(byte);
    else this.argument(byte);
    return 0xff;
  }

  /** As a viewer sees it, turned as the program wants it. */
  get width(): number {
    return this.orientation & SWAP ? this.panelHeight : this.panelWidth;
  }

  get height(): number {
    return this.orientation & SWAP ? this.panelWidth : this.panelHeight;
  }

  /** 0xrrggbb */
  colour(x: number, y: number): number {
    if (!this.on || x < 0 || y < 0 || x >= this.width || y >= this.height) return 0;
    const value = this.pixels[y * this.width + x] as number;
    const shown = this.inverted ? ~value & 0xffff : value;
    const [red, green, blue] = [shown >> 11, (shown >> 5) & 0x3f, shown & 0x1f];
    return (
      (Math.round((red * 255) / 31) << 16) |
      (Math.round((green * 255) / 63) << 8) |
      Math.round((blue * 255) / 31)
    );
  }

  get state() {
    return { on: this.on, width: this.width, height: this.height };
  }

  private begin(command: number): void {
    this.command = command;
    this.args = [];
    this.high = null;
    if (command === ON || command === OFF) {
      this.on = command === ON;
      this.site.report("on", this.on);
    } else if (command === INVERTED || command === NORMAL) this.inverted = command === INVERTED;
    else if (command === RESET) {
      this.on = false;
      this.orientation = 0;
      this.inverted = false;
    } else if (command === WRITE) {
      this.x = this.window.left;
      this.y = this.window.top;
    }
  }

  private argument(byte: number): void {
    this.args.push(byte);
    const [a = 0, b = 0, c = 0, d = 0] = this.args;
    if (this.command === ORIENTATION) this.orientation = byte;
    if (this.args.length !== 4) return;
    if (this.command === COLUMNS) {
      this.window.left = (a << 8) | b;
      this.window.right = (c << 8) | d;
    } else if (this.command === ROWS) {
      this.window.top = (a << 8) | b;
      this.window.bottom = (c << 8) | d;
    }
  }

  private stream(byte: number): void {
    if (this.high === null) {
      this.high = byte;
      return;
    }
    const value = (this.high << 8) | byte;
    this.high = null;
    const { left, right, bottom, top } = this.window;
    if (this.x < this.width && this.y < this.height)
      this.pixels[this.y * this.width + this.x] = value;
    this.x += 1;
    if (this.x <= right) return;
    this.x = left;
    this.y = this.y >= bottom ? top : this.y + 1;
  }
}

const legs = ["sck", "mosi", "miso", "dc", "cs", "rst"];
const options = ["width", "height"];

export const ili9341: PartKind<Tft> = {
  legs,
  options,
  create: (site) => new Tft(site, 240, 320),
};

export const st7789: PartKind<Tft> = {
  legs,
  options,
  create: (site) => new Tft(site, 240, 240),
};

export const st7735: PartKind<Tft> = {
  legs,
  options,
  create: (site) => new Tft(site, 128, 160),
};
