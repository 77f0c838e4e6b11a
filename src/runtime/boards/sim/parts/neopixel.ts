/** A strip of addressable LEDs (WS2812): takes the bytes of timed pulses, three or four a pixel. */

import type { Part, PartKind, Site } from "../part.js";

export class NeopixelStrip implements Part {
  /** What was sent for each pixel, as [red, green, blue] or [red, green, blue, white]. */
  pixels: number[][];
  /** How often the strip was written. */
  frames = 0;

  constructor(
    private readonly site: Site,
    count: number,
    private readonly order: string,
  ) {
    this.pixels = Array.from({ length: count }, () => [...order].map(() => 0));
    site.connect("pin", "pulses", this);
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
}

export const neopixel: PartKind<NeopixelStrip> = {
  legs: ["pin"],
  options: ["pixels", "order"],
  create: (site) =>
    new NeopixelStrip(site, site.options.number("pixels", 8), site.options.text("order", "GRB")),
};
