/**
 * An HX711 with a load cell: 24 bits of two's complement, most significant first, one at each rise of
 * `sck` after `dt` has fallen. One to three further pulses choose the gain, which changes nothing here.
 */

import type { Alarm } from "../../../host/agenda.js";
import type { Level } from "../../../machine/hal.js";
import type { LegHandle } from "../line.js";
import type { Action, Part, PartKind, Site } from "../part.js";

/** From one conversion to the next, and after power came on (milliseconds). */
const PERIOD = 100;
const SETTLING = 400;
/** `sck` high for longer switches it off (milliseconds). */
const POWER_DOWN = 0.06;
const BITS = 24;

export class Hx711 implements Part {
  private readonly dt: LegHandle;
  private readonly capacity: number;
  private readonly stepsPerKg: number;
  /** Kilograms. */
  private load: number;
  private raw = 0;
  private pulses = 0;
  private off = false;
  private conversion: Alarm | null = null;
  private sleep: Alarm | null = null;

  constructor(private readonly site: Site) {
    this.capacity = site.options.number("capacity", 5);
    this.stepsPerKg = site.options.number("stepsPerKg", 420);
    this.load = site.options.number("load", 0);
    this.dt = site.leg("dt");
    site.leg("sck", (level) => (level === 1 ? this.rise() : this.fall()));
    this.dt.drive(1);
    this.convert(SETTLING);
  }

  readonly actions: Readonly<Record<string, Action>> = {
    set: (args) => {
      const kilograms = Number(args.at(-1));
      if (Number.isNaN(kilograms)) throw new RangeError(`nothing weighs ${args.at(-1)} kg`);
      this.load = kilograms;
      this.site.report("load", kilograms);
    },
  };

  get state() {
    return { load: this.load };
  }

  private convert(after: number): void {
    this.conversion?.cancel();
    this.conversion = this.site.after(after, () => {
      const kilograms = Math.max(-this.capacity, Math.min(this.capacity, this.load));
      this.raw = Math.round(kilograms * this.stepsPerKg) & 0xffffff;
      this.pulses = 0;
      this.dt.drive(0);
      // What nobody fetches is measured again.
      this.convert(PERIOD);
    });
  }

  private rise(): void {
    this.sleep = this.site.after(POWER_DOWN, () => {
      this.off = true;
      this.conversion?.cancel();
      this.dt.drive(1);
    });
    if (this.off) return;
    this.pulses += 1;
    this.convert(PERIOD);
    const bit = BITS - this.pulses;
    this.dt.drive(bit < 0 ? 1 : (((this.raw >> bit) & 1) as Level));
  }

  private fall(): void {
    this.sleep?.cancel();
    if (!this.off) return;
    this.off = false;
    this.pulses = 0;
    this.convert(SETTLING);
  }
}

export const hx711: PartKind<Hx711> = {
  legs: ["dt", "sck"],
  options: ["load", "capacity", "stepsPerKg"],
  create: (site) => new Hx711(site),
};
