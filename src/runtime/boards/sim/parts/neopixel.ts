/**
 * A strip of addressable LEDs (WS2812): three or four bytes a pixel, from `machine.bitstream`, or from
 * the edges of the line as a state machine of a PIO or a bit-banging program makes them.
 */

import type { Level } from "../../../machine/hal.js";
import type { Part, PartKind, Site } from "../part.js";

/** A pulse longer than this is a one (milliseconds). */
const ONE = 0.000_55;
/** The line is low for so long: the colours are taken over. */
const LATCH = 0.05;

export class NeopixelStrip implements Part {
  /** What was sent for each pixel, as [red, green, blue] or [red, green, blue, white]. */
  pixels: number[][];
  /** How often the strip was written. */
  frames = 0;
  private bits: Level[] = [];
  private rose = 0;
  private fell = 0;

  constructor(
    private readonly site: Site,
    count: number,
    private readonly order: string,
  ) {
    this.pixels = Array.from({ length: count }, () => [...order].map(() => 0));
    site.connect("pin", "pulses", this);
    site.leg("pin", (level) => this.edge(level));
  }

  pulses(data: Uint8Array): void {
    const { order } = this;
    const size = order.length;
    this.pixels = this.pixels.map((before, i) => {
      if ((i + 1) * size > data.length) return before;
      return [..."RGBW"]
        .filter((color) => order.includes(color))
        .map((color) => data[i * size + order.indexOf(color)] as number);
    });
    this.frames += 1;
    this.site.report("pixels", this.pixels);
  }

  get state() {
    return { pixels: this.pixels };
  }

  private edge(level: Level): void {
    const now = this.site.now();
    if (level === 1) {
      this.rose = now;
      return;
    }
    this.fell = now;
    this.bits.push(now - this.rose > ONE ? 1 : 0);
    if (this.bits.length === 1) this.site.after(LATCH, () => this.latch());
  }

  /** Takes the bits over when the line has been quiet long enough; looks again later if not. */
  private latch(): void {
    const quiet = this.site.now() - this.fell;
    if (this.rose > this.fell || quiet < LATCH * 0.999) {
      this.site.after(Math.max(LATCH - quiet, LATCH / 10), () => this.latch());
      return;
    }
    const bits = this.bits.splice(0);
    const bytes = new Uint8Array(bits.length >> 3);
    for (let i = 0; i < bytes.length * 8; i++) {
      bytes[i >> 3] = ((bytes[i >> 3] as number) << 1) | (bits[i] as Level);
    }
    if (bytes.length > 0) this.pulses(bytes);
  }
}

export const neopixel: PartKind<NeopixelStrip> = {
  legs: ["pin"],
  options: ["pixels", "order"],
  create: (site) =>
    new NeopixelStrip(site, site.options.number("pixels", 8), site.options.text("order", "GRB")),
};
