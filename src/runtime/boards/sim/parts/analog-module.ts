/**
 * Modules that measure with a resistor that changes, in series with a fixed one: a voltage (`ao`), and a
 * comparator with a threshold (`do`). Photoresistor, gas sensor and thermistor are kinds of it.
 */

import type { Level } from "../../../machine/hal.js";
import { type LegHandle, SUPPLY } from "../line.js";
import type { Action, Part, PartKind, Site } from "../part.js";

/** The supply for which such modules' thresholds are given, in volts. */
const NOMINAL = 5;

export interface AnalogMeasure {
  /** What it measures. */
  readonly quantity: string;
  /** What it measures unless told otherwise. */
  readonly initial: number;
  /** What the resistor is like: options with their defaults. */
  readonly options: Readonly<Record<string, number>>;
  /** The part of the supply that is on `ao`, from 0 to 1. */
  share(value: number, options: Readonly<Record<string, number>>): number;
  /** What `do` is while `ao` is above the threshold, and the threshold in volts at a supply of 5 V. */
  readonly comparator?: { readonly above: Level; readonly threshold: number };
}

export class AnalogModule implements Part {
  private readonly options: Readonly<Record<string, number>>;
  private readonly threshold: number;
  private readonly digital: LegHandle | null;
  private value: number;

  constructor(
    private readonly site: Site,
    private readonly measure: AnalogMeasure,
  ) {
    const { quantity, initial, options, comparator } = measure;
    const given = Object.entries(options).map(([name, fallback]) => [
      name,
      site.options.number(name, fallback),
    ]);
    this.options = Object.fromEntries(given);
    this.value = site.options.number(quantity, initial);
    this.threshold = comparator ? site.options.number("threshold", comparator.threshold) : 0;
    this.digital = comparator && site.has("do") ? site.leg("do") : null;
    site.connect("ao", "analog", this);
    this.compare();
  }

  private get share(): number {
    return Math.min(1, Math.max(0, this.measure.share(this.value, this.options)));
  }

  get volts(): number {
    return this.share * SUPPLY;
  }

  set(value: number): void {
    this.value = value;
    this.compare();
    this.site.report(this.measure.quantity, value);
  }

  readonly actions: Readonly<Record<string, Action>> = {
    set: (args) => {
      const { quantity } = this.measure;
      const value = Number(args.at(-1));
      const isNamed = args.length === 1 || (args.length === 2 && args[0] === quantity);
      if (!isNamed || Number.isNaN(value)) throw new RangeError(`it is "set" with its ${quantity}`);
      this.set(value);
    },
  };

  get state() {
    return { [this.measure.quantity]: this.value, volts: this.volts };
  }

  private compare(): void {
    const { comparator } = this.measure;
    if (comparator === undefined) return;
    const isAbove = this.share * NOMINAL > this.threshold;
    this.digital?.drive(isAbove ? comparator.above : comparator.above === 1 ? 0 : 1);
  }
}

export function analogModule(measure: AnalogMeasure): PartKind<AnalogModule> {
  const { quantity, options, comparator } = measure;
  return {
    legs: comparator ? ["ao", "do"] : ["ao"],
    options: [quantity, ...Object.keys(options), ...(comparator ? ["threshold"] : [])],
    create: (site) => new AnalogModule(site, measure),
  };
}
