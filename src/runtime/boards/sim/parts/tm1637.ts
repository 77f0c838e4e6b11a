/** A TM1637: four digits of seven segments on two lines of its own protocol. */

import type { Level } from "../../../machine/hal.js";
import type { LegHandle } from "../line.js";
import type { Part, PartKind, Site } from "../part.js";
import { glyphOf } from "./segment-glyphs.js";

const COLON = 0x80;

export class Tm1637 implements Part {
  readonly segments = new Uint8Array(6);
  brightness = 0;
  on = false;
  private readonly dio: LegHandle;
  private bits: Level[] = [];
  private bytes: number[] = [];
  private active = false;
  private acknowledged = false;

  constructor(private readonly site: Site) {
    this.dio = site.leg("dio", (level) => this.edge(level), 1);
    site.leg("clk", (level) => this.clock(level), 1);
  }

  /** What can be read on it; a colon after the second digit where it is lit. */
  get text(): string {
    if (!this.on) return "    ";
    const digits = [...this.segments.subarray(0, 4)].map(glyphOf);
    const colon = (this.segments[1] as number) & COLON ? ":" : "";
    return digits.slice(0, 2).join("") + colon + digits.slice(2).join("");
  }

  get state() {
    return { text: this.text, brightness: this.brightness };
  }

  /** A change of the data while the clock is high begins and ends a command. */
  private edge(level: Level): void {
    if (this.site.line("clk").read() === 0) return;
    if (level === 0) {
      this.active = true;
      this.bits = [];
      this.bytes = [];
    } else if (this.active) {
      this.active = false;
      this.perform(this.bytes);
    }
  }

  private clock(level: Level): void {
    if (!this.active) return;
    const { bits } = this;
    if (level === 1) {
      if (bits.length < 8) bits.push(this.site.line("dio").read());
      else this.acknowledged = true;
    } else if (this.acknowledged) {
      this.bytes.push(bits.reduce<number>((byte, bit, i) => byte | (bit << i), 0));
      this.bits = [];
      this.acknowledged = false;
      this.dio.drive(null);
    } else if (bits.length === 8) {
      // From here to the end of the ninth clock the chip acknowledges.
      this.dio.drive(0);
    }
  }

  private perform([command = 0, ...data]: readonly number[]): void {
    if (command >> 6 === 3) {
      data.forEach((byte, i) => {
        const at = (command & 7) + i;
        if (at < this.segments.length) this.segments[at] = byte;
      });
    } else if (command >> 6 === 2) {
      this.on = (command & 8) !== 0;
      this.brightness = command & 7;
    }
    this.site.report("text", this.text);
  }
}

export const tm1637: PartKind<Tm1637> = {
  legs: ["clk", "dio"],
  create: (site) => new Tm1637(site),
};
