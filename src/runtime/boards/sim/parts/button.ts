/** A push button to ground (or, with `activeHigh`, to the supply), with a resistor that holds the line. */

import type { LegHandle } from "../line.js";
import type { Action, Part, PartKind, Site } from "../part.js";
import { bounce, PRESS_DURATION, pressDuration } from "../pin-actions.js";

export class Button implements Part {
  /** Whether the contact is closed. */
  touched = false;
  private readonly leg: LegHandle;
  private readonly active: 0 | 1;

  constructor(
    private readonly site: Site,
    activeHigh: boolean,
    private readonly bounces: number,
    legName = "pin",
  ) {
    this.active = activeHigh ? 1 : 0;
    this.leg = site.leg(legName, undefined, activeHigh ? 0 : 1);
    site.connect(legName, "touch", this);
  }

  /** Presses for a while, or (null) until release(). */
  press(duration: number | null = PRESS_DURATION, bounces = this.bounces): void {
    const { site } = this;
    const book = (time: number, action: () => void) => site.after(time - site.now(), action);
    const close = (): void => this.contact(true);
    const open = (): void => this.contact(false);
    if (bounces === 0) close();
    else bounce({ book }, site.now(), bounces, close, open);
    if (duration !== null) site.after(duration, open);
  }

  release(): void {
    this.contact(false);
  }

  readonly actions: Readonly<Record<string, Action>> = {
    press: ([ms], { duration, bounces }) =>
      this.press(duration ?? pressDuration(ms), bounces || this.bounces),
    hold: (_args, { bounces }) => this.press(null, bounces || this.bounces),
    release: () => this.release(),
  };

  get state() {
    return { pressed: this.touched };
  }

  private contact(closed: boolean): void {
    this.touched = closed;
    this.leg.drive(closed ? this.active : null);
    this.site.report(closed ? "pressed" : "released", null);
  }
}

export const button: PartKind<Button> = {
  legs: ["pin"],
  options: ["activeHigh", "bounce", "color"],
  create: (site) =>
    new Button(site, site.options.flag("activeHigh", false), site.options.number("bounce", 0)),
};
