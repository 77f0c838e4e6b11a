/** An HC-SR04 distance sensor: a pulse on `trig` is answered by one on `echo`, 58 us for a centimetre. */

import type { Level } from "../../../machine/hal.js";
import type { LegHandle } from "../line.js";
import type { Action, Part, PartKind, Site } from "../part.js";

const US_PER_CM = 58;
/** From the trigger to the echo: eight bursts of ultrasound (milliseconds). */
const DELAY = 0.45;
const FARTHEST = 400;

export class HcSr04 implements Part {
  /** Centimetres. */
  distance: number;
  private readonly echo: LegHandle;

  constructor(private readonly site: Site) {
    this.distance = site.options.number("distance", 100);
    this.echo = site.leg("echo", undefined, 0);
    site.leg("trig", (level) => this.triggered(level));
  }

  readonly actions: Readonly<Record<string, Action>> = {
    set: (args) => {
      this.distance = Number(args.at(-1));
    },
  };

  get state() {
    return { distance: this.distance };
  }

  private triggered(level: Level): void {
    if (level === 1) return;
    const width = (Math.min(this.distance, FARTHEST) * US_PER_CM) / 1000;
    this.site.after(DELAY, () => this.echo.drive(1));
    this.site.after(DELAY + width, () => this.echo.drive(0));
  }
}

export const hcSr04: PartKind<HcSr04> = {
  legs: ["trig", "echo"],
  options: ["distance"],
  create: (site) => new HcSr04(site),
};
