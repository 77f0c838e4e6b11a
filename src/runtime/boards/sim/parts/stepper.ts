/**
 * A stepper motor of 200 steps a turn: on its four wires (`a+`, `a-`, `b+`, `b-`), or with a driver that
 * takes a pulse for a step (A4988). Both count half steps where the coils make them.
 */

import type { Level } from "../../../machine/hal.js";
import type { LegHandle } from "../line.js";
import type { Part, PartKind, Site } from "../part.js";

const STEPS_A_TURN = 200;

abstract class Motor implements Part {
  /** Clockwise since the start; less than one in the steps between. */
  steps = 0;

  constructor(protected readonly site: Site) {}

  get state() {
    return { steps: this.steps, angle: ((this.steps * 360) / STEPS_A_TURN) % 360 };
  }

  protected step(by: number): void {
    this.steps += by;
    this.site.report("steps", this.steps);
  }
}

/** Where the rotor stands for each direction of the currents in coil A and coil B, in half steps. */
const POSITIONS: Readonly<Record<string, number>> = {
  "1,0": 0,
  "1,1": 1,
  "0,1": 2,
  "-1,1": 3,
  "-1,0": 4,
  "-1,-1": 5,
  "0,-1": 6,
  "1,-1": 7,
};
const POSITION_COUNT = 8;

export class Stepper extends Motor {
  private position: number | null = null;
  private readonly legs: readonly LegHandle[];

  constructor(site: Site) {
    super(site);
    this.legs = ["a+", "a-", "b+", "b-"].map((leg) => site.leg(leg, () => this.turn()));
    this.turn();
  }

  private turn(): void {
    const [aPlus, aMinus, bPlus, bMinus] = this.legs.map((leg) => leg.level()) as Level[];
    const currents = [(aPlus ?? 0) - (aMinus ?? 0), (bPlus ?? 0) - (bMinus ?? 0)];
    const position = POSITIONS[currents.join()];
    // Without current it stays.
    if (position === undefined) return;
    const from = this.position ?? position;
    this.position = position;
    const half = POSITION_COUNT / 2;
    const turned = ((position - from + half + POSITION_COUNT) % POSITION_COUNT) - half;
    // Of the opposite position nobody knows which way it went: the rotor does not move.
    if (turned !== 0 && turned !== -half) this.step(turned / 2);
  }
}

export class StepperDriver extends Motor {
  private readonly divisor: number;

  constructor(site: Site) {
    super(site);
    this.divisor = site.options.number("divisor", 1);
    site.leg("step", (level) => {
      if (level === 1 && this.isOn()) this.step(this.direction() / this.fraction());
    });
  }

  private direction(): number {
    return this.is("dir", 1) ? 1 : -1;
  }

  private isOn(): boolean {
    const isHeld = (leg: string): boolean => this.site.has(leg) && this.site.line(leg).read() === 0;
    return !this.is("enable", 1) && !isHeld("sleep") && !isHeld("reset");
  }

  /** The steps that its pins select, or the wiring where they are on none of the board's. */
  private fraction(): number {
    if (!["ms1", "ms2", "ms3"].some((leg) => this.site.has(leg))) return this.divisor;
    if (this.is("ms3", 1)) return 16;
    return (this.is("ms1", 1) ? 2 : 1) * (this.is("ms2", 1) ? 4 : 1);
  }

  private is(leg: string, level: Level): boolean {
    return this.site.has(leg) && this.site.line(leg).read() === level;
  }
}

export const stepper: PartKind<Stepper> = {
  legs: ["a+", "a-", "b+", "b-"],
  create: (site) => new Stepper(site),
};

export const stepperDriver: PartKind<StepperDriver> = {
  legs: ["step", "dir", "enable", "ms1", "ms2", "ms3", "sleep", "reset"],
  options: ["divisor"],
  create: (site) => new StepperDriver(site),
};
