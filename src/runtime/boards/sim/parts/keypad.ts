/** A matrix of keys: a pressed one connects its row with its column. Rows `r1`..., columns `c1`... */

import type { Action, Part, PartKind, Site } from "../part.js";
import { PRESS_DURATION, pressDuration } from "../pin-actions.js";
import { closeContact } from "./contact.js";

const KEYS = "123A 456B 789C *0#D";
const ROWS = ["r1", "r2", "r3", "r4"];
const COLUMNS = ["c1", "c2", "c3", "c4"];

export class Keypad implements Part {
  private readonly keys: readonly string[];
  private readonly pressed = new Map<string, () => void>();

  constructor(private readonly site: Site) {
    this.keys = site.options.text("keys", KEYS).split(" ");
  }

  press(key: string, duration: number | null = PRESS_DURATION): void {
    if (this.pressed.has(key)) return;
    const row = this.keys.findIndex((each) => each.includes(key));
    const column = this.keys[row]?.indexOf(key) ?? -1;
    const [rowLeg, columnLeg] = [ROWS[row], COLUMNS[column]];
    if (rowLeg === undefined || columnLeg === undefined) {
      throw new RangeError(`there is no key ${key}, there are ${this.keys.join(" ")}`);
    }
    this.pressed.set(key, closeContact(this.site.line(rowLeg), this.site.line(columnLeg)));
    this.site.report("pressed", key);
    if (duration !== null) this.site.after(duration, () => this.release(key));
  }

  release(key: string): void {
    this.pressed.get(key)?.();
    this.pressed.delete(key);
    this.site.report("released", key);
  }

  readonly actions: Readonly<Record<string, Action>> = {
    press: ([key, ms], { duration }) => this.press(String(key), duration ?? pressDuration(ms)),
    hold: ([key]) => this.press(String(key), null),
    release: ([key]) => this.release(String(key)),
  };

  get state() {
    return { pressed: [...this.pressed.keys()] };
  }
}

export const keypad: PartKind<Keypad> = {
  legs: [...ROWS, ...COLUMNS],
  options: ["keys"],
  create: (site) => new Keypad(site),
};
