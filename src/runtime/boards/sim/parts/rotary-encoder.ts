/** A rotary encoder: two contacts in quadrature, four edges a click, and perhaps a button (`sw`). */

import type { LegHandle } from "../line.js";
import type { Action, Part, PartKind, Site } from "../part.js";
import { pressDuration } from "../pin-actions.js";
import { Button } from "./button.js";

/** From one edge to the next while it is being turned, in milliseconds. */
const EDGE = 2;
/** The contacts of `clk` and `dt` on the way through one click clockwise; 0 is closed. */
const CLICK = [
  [0, 1],
  [0, 0],
  [1, 0],
  [1, 1],
] as const;

export class RotaryEncoder implements Part {
  /** Clicks clockwise since the start. */
  position = 0;
  readonly button: Button | null;
  private readonly clk: LegHandle;
  private readonly dt: LegHandle;
  /** When the turns that were asked for so far are over. */
  private busyUntil = 0;

  constructor(
    private readonly site: Site,
    bounces: number,
  ) {
    this.clk = site.leg("clk", undefined, 1);
    this.dt = site.leg("dt", undefined, 1);
    this.button = site.has("sw") ? new Button(site, false, bounces, "sw") : null;
  }

  /** Turns by so many clicks, clockwise when positive. */
  turn(clicks: number, edge = EDGE): void {
    const { site } = this;
    let at = Math.max(site.now(), this.busyUntil);
    const clockwise = clicks > 0;
    for (let click = 0; click < Math.abs(clicks); click++) {
      for (const [first, second] of CLICK) {
        const [clk, dt] = clockwise ? [first, second] : [second, first];
        site.after(at - site.now(), () => this.contacts(clk, dt));
        at += edge;
      }
      site.after(at - edge - site.now(), () => {
        this.position += clockwise ? 1 : -1;
        site.report("position", this.position);
      });
    }
    this.busyUntil = at;
  }

  readonly actions: Readonly<Record<string, Action>> = {
    turn: ([clicks = 1, edge = EDGE]) => this.turn(Number(clicks), Number(edge)),
    press: ([ms], { duration, bounces }) =>
      this.button?.press(duration ?? pressDuration(ms), bounces || undefined),
  };

  get state() {
    return { position: this.position };
  }

  private contacts(clk: 0 | 1, dt: 0 | 1): void {
    this.clk.drive(clk === 0 ? 0 : null);
    this.dt.drive(dt === 0 ? 0 : null);
  }
}

export const rotaryEncoder: PartKind<RotaryEncoder> = {
  legs: ["clk", "dt", "sw"],
  options: ["bounce"],
  create: (site) => new RotaryEncoder(site, site.options.number("bounce", 0)),
};
