/** A slide switch: connects its pin to the supply (on) or to ground (off). */

import type { LegHandle } from "../line.js";
import type { Action, Part, PartKind, Site } from "../part.js";

export class SlideSwitch implements Part {
  private readonly leg: LegHandle;

  constructor(
    private readonly site: Site,
    private closed: boolean,
  ) {
    this.leg = site.leg("pin");
    this.leg.drive(closed ? 1 : 0);
  }

  set(on: boolean): void {
    this.closed = on;
    this.leg.drive(on ? 1 : 0);
    this.site.report("set", on);
  }

  readonly actions: Readonly<Record<string, Action>> = {
    on: () => this.set(true),
    off: () => this.set(false),
    toggle: () => this.set(!this.closed),
  };

  get state() {
    return { on: this.closed };
  }
}

export const slideSwitch: PartKind<SlideSwitch> = {
  legs: ["pin"],
  options: ["on"],
  create: (site) => new SlideSwitch(site, site.options.flag("on", false)),
};
