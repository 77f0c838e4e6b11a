/**
 * A switch: connects its pin to the supply while it is on and to ground while it is off, or to what
 * `whenOn` and `whenOff` say ("high", "low", "open").
 */

import type { Level } from "../../../machine/hal.js";
import type { LegHandle } from "../line.js";
import type { Action, Part, PartKind, Site } from "../part.js";
import { WiringError } from "../wiring.js";

const THROWS: Readonly<Record<string, Level | null>> = { high: 1, low: 0, open: null };

export class SlideSwitch implements Part {
  private readonly leg: LegHandle;
  private readonly whenOn: Level | null;
  private readonly whenOff: Level | null;

  constructor(
    private readonly site: Site,
    private closed: boolean,
  ) {
    this.leg = site.leg("pin");
    this.whenOn = this.leadsTo("whenOn", "high");
    this.whenOff = this.leadsTo("whenOff", "low");
    this.connect();
  }

  set(on: boolean): void {
    this.closed = on;
    this.connect();
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

  private connect(): void {
    this.leg.drive(this.closed ? this.whenOn : this.whenOff);
  }

  private leadsTo(option: string, fallback: string): Level | null {
    const name = this.site.options.text(option, fallback);
    const level = THROWS[name];
    if (level === undefined) {
      const known = Object.keys(THROWS).join(", ");
      throw new WiringError(`'${option}' is one of ${known}, not '${name}'`, this.site.id);
    }
    return level;
  }
}

export const slideSwitch: PartKind<SlideSwitch> = {
  legs: ["pin"],
  options: ["on", "whenOn", "whenOff"],
  create: (site) => new SlideSwitch(site, site.options.flag("on", false)),
};
