/** An LED with its resistor: lit by a level or by a pulse width. */

import type { PwmSignal } from "../../../machine/hal.js";
import type { Part, PartKind, Site } from "../part.js";

export class Led implements Part {
  private lit: boolean;
  private duty: number | null = null;

  constructor(
    private readonly site: Site,
    private readonly activeLow: boolean,
    readonly color: string,
  ) {
    const leg = site.leg("pin", () => this.see(leg.level()));
    this.lit = leg.level() === (activeLow ? 0 : 1) && !activeLow;
    site.connect("pin", "pwm", this);
  }

  /** 0 to 1. */
  get brightness(): number {
    if (this.duty === null) return this.lit ? 1 : 0;
    return this.activeLow ? 1 - this.duty : this.duty;
  }

  get state() {
    return { color: this.color, brightness: this.brightness };
  }

  pwm(signal: PwmSignal | null): void {
    this.duty = signal?.duty ?? null;
    this.site.report("brightness", this.brightness);
  }

  private see(level: number): void {
    this.lit = (level === 1) !== this.activeLow;
    this.site.report("brightness", this.brightness);
  }
}

export const led: PartKind<Led> = {
  legs: ["pin"],
  options: ["color", "activeLow"],
  create: (site) =>
    new Led(site, site.options.flag("activeLow", false), site.options.text("color", "red")),
};
