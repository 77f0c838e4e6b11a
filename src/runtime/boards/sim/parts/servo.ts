/** A hobby servo: its angle follows the length of the pulses. */

import type { PwmSignal } from "../../../machine/hal.js";
import type { Part, PartKind, Site } from "../part.js";

const HALF_TURN = 180;

export class Servo implements Part {
  angle: number | null = null;

  /** @param shortest length of the pulse for 0 degrees, in milliseconds; `longest` for 180 */
  constructor(
    private readonly site: Site,
    private readonly shortest: number,
    private readonly longest: number,
  ) {
    site.connect("pin", "pwm", this);
  }

  pwm(signal: PwmSignal | null): void {
    if (signal === null || signal.duty === 0) return;
    const pulse = (1000 / signal.frequency) * signal.duty;
    const turned = (pulse - this.shortest) / (this.longest - this.shortest);
    this.angle = Math.min(HALF_TURN, Math.max(0, turned * HALF_TURN));
    this.site.report("angle", Math.round(this.angle * 10) / 10);
  }

  get state() {
    return { angle: this.angle };
  }
}

export const servo: PartKind<Servo> = {
  legs: ["pin"],
  options: ["shortest", "longest"],
  create: (site) =>
    new Servo(site, site.options.number("shortest", 0.5), site.options.number("longest", 2.4)),
};
