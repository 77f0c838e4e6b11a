/** `pyb.Servo`: a hobby servo on one of the pins X1 to X4. */

import { define } from "../core/class.js";
import { current } from "../core/context.js";
import { TypeError, ValueError } from "../core/exceptions.js";
import { asNumber, index } from "../core/numbers.js";
import { PyObject } from "../core/object.js";
import { PRINT } from "../core/slots.js";
import { tup, type Value } from "../core/values.js";
import type { Host } from "../host/host.js";
import { currentBoard } from "./bus-unit.js";
import type { PinLine } from "./hal.js";

const PINS = ["X1", "X2", "X3", "X4"];
const FREQUENCY = 50;
/** Microseconds: the limits, the middle, and what 90 degrees and full speed add to it. */
const CALIBRATION = { least: 640, most: 2420, centre: 1500, quarter: 900, speed: 1000 };
/** From one step of a slow movement to the next (milliseconds): one period of the signal. */
const STEP = 20;

export class Servo extends PyObject {
  declare private $id: number;
  declare private $line: PinLine;
  declare private $pulse: number;
  declare private $calibrated: typeof CALIBRATION;
  /** Counts movements: a new one ends the one that goes on. */
  declare private $movement: number;

  override __init__(id: Value = 1): Value {
    this.$id = index(id);
    const pin = PINS[this.$id - 1];
    const line = pin === undefined ? undefined : currentBoard().line(pin);
    if (line === undefined) throw new ValueError(`Servo(${this.$id}) doesn't exist`);
    this.$line = line;
    this.$calibrated = { ...CALIBRATION };
    this.$pulse = CALIBRATION.centre;
    this.$movement = 0;
    return null;
  }

  /** Degrees; with an argument: moves there, within `time` milliseconds. */
  angle(angle: Value = undefined, time: Value = 0): Value {
    return this.$turn(angle, time, 90, this.$calibrated.quarter);
  }

  /** Percent, for servos that turn on and on. */
  speed(speed: Value = undefined, time: Value = 0): Value {
    return this.$turn(speed, time, 100, this.$calibrated.speed);
  }

  /** (shortest, longest, middle, at 90 degrees, at full speed) in microseconds; or sets three or five. */
  calibration(...values: Value[]): Value {
    const given = values.filter((value) => value !== undefined).map(index);
    const { least, most, centre, quarter, speed } = this.$calibrated;
    if (given.length === 0) return tup(least, most, centre, centre + quarter, centre + speed);
    if (given.length !== 3 && given.length !== 5) {
      const count = given.length + 1;
      throw new TypeError(`calibration expecting 1, 4 or 6 arguments, got ${count}`);
    }
    const [a = 0, b = 0, c = 0, d, e] = given.map((value) => Math.trunc(value / 10) * 10);
    Object.assign(this.$calibrated, { least: a, most: b, centre: c });
    if (d !== undefined && e !== undefined) {
      Object.assign(this.$calibrated, { quarter: d - c, speed: e - c });
    }
    return null;
  }

  pulse_width(value: Value = undefined): Value {
    if (value === undefined) return this.$pulse;
    this.$move(index(value), 0);
    return null;
  }

  private $turn(value: Value, time: Value, full: number, width: number): Value {
    const { centre } = this.$calibrated;
    if (value === undefined) return Math.trunc(((this.$pulse - centre) * full) / width);
    this.$move(centre + (asNumber(value) * width) / full, index(time));
    return null;
  }

  private $move(target: number, time: number): void {
    const wanted = Math.round(
      Math.min(this.$calibrated.most, Math.max(this.$calibrated.least, target)),
    );
    const host = current().host as Host;
    const board = currentBoard();
    const from = this.$pulse;
    const start = host.now();
    const movement = ++this.$movement;
    const step = (): void => {
      if (movement !== this.$movement) return;
      const part = time <= 0 ? 1 : Math.min(1, (host.now() - start) / time);
      this.$pulse = Math.round(from + (wanted - from) * part);
      this.$line.modulate({ frequency: FREQUENCY, duty: (this.$pulse * FREQUENCY) / 1_000_000 });
      if (part < 1) board.at(host.now() + STEP, step);
    };
    step();
  }

  [PRINT](): string {
    return `<Servo ${this.$id} at ${this.$pulse}us>`;
  }
}
define(Servo, {
  builtin: true,
  methods: {
    __init__: "id=, /",
    angle: "angle=, time=, /",
    speed: "speed=, time=, /",
    pulse_width: "value=, /",
    calibration: "pulse_min=, pulse_max=, pulse_centre=, pulse_angle_90=, pulse_speed_100=, /",
  },
});
