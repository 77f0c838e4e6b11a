/** A potentiometer between ground and the supply, or any other source of a voltage. */

import { SUPPLY } from "../line.js";
import type { Action, Part, PartKind, Site } from "../part.js";

export class Potentiometer implements Part {
  /** @param position 0 (ground) to 1 (supply) */
  constructor(
    private readonly site: Site,
    private position: number,
  ) {
    site.connect("pin", "analog", this);
  }

  get volts(): number {
    return this.position * SUPPLY;
  }

  set(position: number): void {
    this.position = Math.min(1, Math.max(0, position));
    this.site.report("position", this.position);
  }

  readonly actions: Readonly<Record<string, Action>> = {
    set: ([position]) => this.set(Number(position)),
    volts: ([volts]) => this.set(Number(volts) / SUPPLY),
  };

  get state() {
    return { position: this.position, volts: this.volts };
  }
}

export const potentiometer: PartKind<Potentiometer> = {
  legs: ["pin"],
  options: ["position"],
  create: (site) => new Potentiometer(site, site.options.number("position", 0)),
};
