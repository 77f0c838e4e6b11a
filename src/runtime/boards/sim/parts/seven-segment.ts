/**
 * One to four digits of seven segments on pins of their own (`a` to `g`, `dp`; `com`, or `dig1` to `dig4`
 * for each digit): what an eye reads on it, also where the program lights one digit after the other.
 */

import type { Level } from "../../../machine/hal.js";
import type { LegHandle } from "../line.js";
import type { Part, PartKind, Site } from "../part.js";
import { WiringError } from "../wiring.js";
import { glyphOf } from "./segment-glyphs.js";

const SEGMENTS = ["a", "b", "c", "d", "e", "f", "g", "dp"] as const;
const DIGITS = ["dig1", "dig2", "dig3", "dig4"] as const;
const DOT = 0x80;
/** How long an eye still sees what is no longer lit (milliseconds). */
const PERSISTENCE = 50;

/** What is lit of a digit now, and what was before that. */
interface Digit {
  bits: number;
  since: number;
  last: number;
  until: number;
}

export class SevenSegment implements Part {
  private readonly legs = new Map<string, LegHandle>();
  /** The level of a segment that is lit. */
  private readonly lit: Level;
  private readonly digits: Digit[];
  private reported = "";

  constructor(private readonly site: Site) {
    const common = site.options.text("common", "anode");
    if (common !== "anode" && common !== "cathode") {
      throw new WiringError(`'common' is anode or cathode, not '${common}'`, site.id);
    }
    this.lit = common === "anode" ? 0 : 1;
    const count = site.options.number("digits", 1);
    this.digits = Array.from({ length: count }, () => ({
      bits: 0,
      since: 0,
      last: 0,
      until: -1e9,
    }));
    for (const name of [...SEGMENTS, "com", ...DIGITS, "cln"]) {
      if (site.has(name))
        this.legs.set(
          name,
          site.leg(name, () => this.look()),
        );
    }
    this.look();
  }

  /** What can be read on it, a dot behind its digit, a colon behind the second. */
  get text(): string {
    const now = this.site.now();
    const characters = this.digits.map(({ bits, last, until }) => {
      const seen = bits === 0 && now - until <= PERSISTENCE ? last : bits;
      return glyphOf(seen) + (seen & DOT ? "." : "");
    });
    const colon = this.isLit("cln") ? ":" : "";
    return characters.slice(0, 2).join("") + colon + characters.slice(2).join("");
  }

  get state() {
    return { text: this.text };
  }

  private isLit(segment: string): boolean {
    return this.legs.get(segment)?.level() === this.lit;
  }

  /** A common pin that is on none of the board's is on its rail. */
  private isSelected(digit: number): boolean {
    const own = this.legs.get(this.digits.length === 1 ? "com" : (DIGITS[digit] ?? ""));
    const leg = own ?? (this.digits.length === 1 ? this.legs.get("dig1") : undefined);
    return leg === undefined || leg.level() !== this.lit;
  }

  private look(): void {
    const now = this.site.now();
    const segments = SEGMENTS.reduce((bits, name, i) => bits | (this.isLit(name) ? 1 << i : 0), 0);
    for (const [i, digit] of this.digits.entries()) {
      const bits = this.isSelected(i) ? segments : 0;
      if (bits === digit.bits) continue;
      // What was lit for no time at all nobody has seen.
      if (digit.bits !== 0 && now > digit.since) {
        digit.last = digit.bits;
        digit.until = now;
      }
      digit.bits = bits;
      digit.since = now;
    }
    const { text } = this;
    if (text === this.reported) return;
    this.reported = text;
    this.site.report("text", text);
  }
}

export const sevenSegment: PartKind<SevenSegment> = {
  legs: [...SEGMENTS, "com", ...DIGITS, "cln"],
  options: ["common", "digits"],
  create: (site) => new SevenSegment(site),
};
