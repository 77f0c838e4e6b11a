/**
 * MAX7219: matrices of 8 by 8 LEDs in a chain. Of what is sent at once the first two bytes go farthest,
 * to the matrix at the left.
 */

import type { SpiDevice } from "../../../machine/hal.js";
import type { Part, PartKind, Site } from "../part.js";

const SIDE = 8;
const INTENSITY = 0x0a;
const ON = 0x0c;
const TEST = 0x0f;

export class Max7219 implements Part, SpiDevice {
  readonly width: number;
  readonly height = SIDE;
  /** 0 to 15, of each chip. */
  readonly brightness: number[];
  private readonly on: boolean[];
  private readonly test: boolean[];
  private readonly rows: Uint8Array[];
  private readonly received: number[] = [];

  constructor(private readonly site: Site) {
    const chips = site.options.number("chips", 1);
    this.width = SIDE * chips;
    this.brightness = Array.from({ length: chips }, () => 0);
    this.on = this.brightness.map(() => false);
    this.test = this.brightness.map(() => false);
    this.rows = this.brightness.map(() => new Uint8Array(SIDE));
    site.connect("sck", "spiClock", this);
    site.connect("mosi", "spiIn", this);
    // What has been shifted in is taken over when the select line rises.
    site.leg("cs", (level) => {
      if (level === 1) this.load();
    });
  }

  get selected(): boolean {
    return this.site.line("cs").read() === 0;
  }

  transfer(byte: number): number {
    this.received.push(byte);
    if (this.received.length > 2 * this.rows.length) this.received.shift();
    return 0xff;
  }

  pixel(x: number, y: number): boolean {
    const chip = Math.floor(x / SIDE);
    if (this.test[chip]) return true;
    return this.on[chip] === true && (((this.rows[chip]?.[y] ?? 0) >> (7 - (x % SIDE))) & 1) === 1;
  }

  /** 0xrrggbb */
  colour(x: number, y: number): number {
    return this.pixel(x, y) ? 0xff2000 : 0;
  }

  get state() {
    return {
      brightness: this.brightness,
      picture: Array.from({ length: SIDE }, (_, y) =>
        Array.from({ length: this.width }, (_, x) => (this.pixel(x, y) ? "#" : ".")).join(""),
      ),
    };
  }

  private load(): void {
    const bytes = this.received.splice(0);
    for (let i = 0; 2 * i + 1 < bytes.length; i++) {
      this.perform(i, (bytes[2 * i] as number) & 0xf, bytes[2 * i + 1] as number);
    }
  }

  private perform(chip: number, register: number, value: number): void {
    const rows = this.rows[chip];
    if (rows === undefined) return;
    if (register >= 1 && register <= SIDE) rows[register - 1] = value;
    else if (register === INTENSITY) this.brightness[chip] = value & 0xf;
    else if (register === ON) this.on[chip] = (value & 1) === 1;
    else if (register === TEST) this.test[chip] = (value & 1) === 1;
    this.site.report("register", [chip, register, value]);
  }
}

export const max7219: PartKind<Max7219> = {
  legs: ["sck", "mosi", "cs"],
  options: ["chips"],
  create: (site) => new Max7219(site),
};
