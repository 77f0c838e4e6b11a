/** A buzzer: sounds while its pin is high, or with the tone of a pulse width signal. */

import type { PwmSignal } from "../../../machine/hal.js";
import type { Part, PartKind, Site } from "../part.js";

export class Buzzer implements Part {
  /** The frequency that is heard; 0: the buzzer's own tone; null: silence. */
  tone: number | null = null;
  /** All tones since the start. */
  readonly played: { at: number; tone: number | null }[] = [];

  constructor(private readonly site: Site) {
    const leg = site.leg("pin", () => this.sound(leg.level() === 1 ? 0 : null));
    site.connect("pin", "pwm", this);
  }

  pwm(signal: PwmSignal | null): void {
    const audible = signal !== null && signal.duty > 0 && signal.duty < 1;
    this.sound(audible ? signal.frequency : null);
  }

  get state() {
    return { tone: this.tone };
  }

  private sound(tone: number | null): void {
    if (tone === this.tone) return;
    this.tone = tone;
    this.played.push({ at: this.site.now(), tone });
    this.site.report("tone", tone);
  }
}

export const buzzer: PartKind<Buzzer> = { legs: ["pin"], create: (site) => new Buzzer(site) };
