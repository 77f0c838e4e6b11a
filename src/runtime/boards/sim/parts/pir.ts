/** A sensor of movement (PIR): its line is high for a while after something moved. */

import type { Alarm } from "../../../host/agenda.js";
import type { LegHandle } from "../line.js";
import type { Action, Part, PartKind, Site } from "../part.js";

const HOLD = 3000;

export class Pir implements Part {
  private readonly leg: LegHandle;
  private readonly hold: number;
  private readonly inhibit: number;
  private readonly retrigger: boolean;
  private alarm: Alarm | null = null;
  private inhibitedUntil = 0;

  constructor(private readonly site: Site) {
    this.hold = site.options.number("hold", HOLD);
    this.inhibit = site.options.number("inhibit", 0);
    this.retrigger = site.options.flag("retrigger", true);
    this.leg = site.leg("pin", undefined, 0);
  }

  /** Something moves; more movement makes the signal longer, but for a while after it is not seen. */
  move(): void {
    const isSeen = this.alarm === null ? this.site.now() >= this.inhibitedUntil : this.retrigger;
    if (!isSeen) return;
    this.alarm?.cancel();
    this.leg.drive(1);
    this.site.report("moved", null);
    this.alarm = this.site.after(this.hold, () => {
      this.alarm = null;
      this.inhibitedUntil = this.site.now() + this.inhibit;
      this.leg.drive(0);
    });
  }

  readonly actions: Readonly<Record<string, Action>> = { move: () => this.move() };

  get state() {
    return { active: this.alarm !== null };
  }
}

export const pir: PartKind<Pir> = {
  legs: ["pin"],
  options: ["hold", "inhibit", "retrigger"],
  create: (site) => new Pir(site),
};
