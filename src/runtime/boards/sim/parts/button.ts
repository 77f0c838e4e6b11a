/**
 * A push button to ground (or, with `activeHigh`, to the supply), with a resistor that holds the line; or
 * from its pin to another (`to`), as those of a matrix are.
 */

import type { LegHandle, SimLine } from "../line.js";
import type { Action, Part, PartKind, Site } from "../part.js";
import { bounce, PRESS_DURATION, pressDuration } from "../pin-actions.js";
import { closeContact } from "./contact.js";

export class Button implements Part {
  /** Whether the contact is closed. */
  touched = false;
  private readonly leg: LegHandle;
  private readonly active: 0 | 1;
  private readonly other: SimLine | null;
  private open: (() => void) | null = null;

  constructor(
    private readonly site: Site,
    activeHigh: boolean,
    private readonly bounces: number,
    private readonly legName = "pin",
  ) {
    this.active = activeHigh ? 1 : 0;
    this.other = site.has("to") ? site.line("to") : null;
    this.leg = site.leg(legName, undefined, this.other ? null : activeHigh ? 0 : 1);
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
    if (this.other === null) this.leg.drive(closed ? this.active : null);
    else {
      this.open?.();
      this.open = closed ? closeContact(this.site.line(this.legName), this.other) : null;
    }
    this.site.report(closed ? "pressed" : "released", null);
  }
}

export const button: PartKind<Button> = {
  legs: ["pin", "to"],
  options: ["activeHigh", "bounce", "color"],
  create: (site) =>
    new Button(site, site.options.flag("activeHigh", false), site.options.number("bounce", 0)),
};
