/** A relay: on while its line is active, and how often it has switched. */

import type { Level } from "../../../machine/hal.js";
import type { Part, PartKind, Site } from "../part.js";

export class Relay implements Part {
  on = false;
  switched = 0;

  constructor(
    private readonly site: Site,
    private readonly active: Level,
  ) {
    site.leg("pin", (level) => this.see(level), active === 1 ? 0 : 1);
  }

  get state() {
    return { on: this.on, switched: this.switched };
  }

  private see(level: Level): void {
    const on = level === this.active;
    if (on === this.on) return;
    this.on = on;
    this.switched += 1;
    this.site.report("on", on);
  }
}

export const relay: PartKind<Relay> = {
  legs: ["pin"],
  options: ["activeLow"],
  create: (site) => new Relay(site, site.options.flag("activeLow", false) ? 0 : 1),
};
