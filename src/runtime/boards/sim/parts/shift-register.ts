/** A 74HC595: eight outputs from three lines. Several in a row have `outputs` of 16, 24 ... */

import type { Level, SpiDevice } from "../../../machine/hal.js";
import type { Part, PartKind, Site } from "../part.js";

export class ShiftRegister implements Part, SpiDevice {
  /** The levels of the outputs; the last bit that came in is first. */
  outputs: Level[];
  readonly selected = true;
  private readonly bits: Level[];

  constructor(private readonly site: Site) {
    const count = site.options.number("outputs", 8);
    this.outputs = Array.from({ length: count }, () => 0);
    this.bits = [...this.outputs];
    site.leg("clock", (level) => {
      if (level === 1) this.shift(site.line("data").read());
    });
    site.leg("latch", (level) => {
      if (level === 1) this.latch();
    });
    site.connect("clock", "spiClock", this);
    site.connect("data", "spiIn", this);
  }

  transfer(byte: number): number {
    for (let bit = 7; bit >= 0; bit--) this.shift(((byte >> bit) & 1) as Level);
    return 0xff;
  }

  get state() {
    return { outputs: this.outputs };
  }

  private shift(bit: Level): void {
    this.bits.pop();
    this.bits.unshift(bit);
  }

  private latch(): void {
    this.outputs = [...this.bits];
    this.site.report("outputs", this.outputs);
  }
}

export const shiftRegister: PartKind<ShiftRegister> = {
  legs: ["data", "clock", "latch"],
  options: ["outputs"],
  create: (site) => new ShiftRegister(site),
};
