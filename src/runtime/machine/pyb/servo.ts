/** `pyb.Servo`: a hobby servo on one of the pins X1 to X4. */

import { define } from "../../core/class/class.js";
import { current } from "../../core/context.js";
import { TypeError, ValueError } from "../../core/exception/exceptions.js";
import { asNumber, index } from "../../core/number/numbers.js";
import { PRINT } from "../../core/slots.js";
import { asTuple, type Value } from "../../core/values.js";
import type { Host } from "../../host/host.js";
import { currentBoard } from "../bus-unit.js";
import type { PinLine } from "../hal.js";
import { UnitObject } from "../unit-object.js";
import { type ServoTimer, servoTimer, UNIT } from "./servo-timer.js";

const PINS = ["X1", "X2", "X3", "X4"];
/** In units: the limits, the middle, and what 90 degrees and full speed add to it. */
const CALIBRATION = { least: 64, most: 242, centre: 150, quarter: 97, speed: 70 };
/** From one step of a slow movement to the next (milliseconds): one period of the signal. */
const STEP = 20;

export class Servo extends UnitObject {
  declare private $id: number;
  declare private $line: PinLine;
  declare private $timer: ServoTimer;
  declare private $pulse: number;
  declare private $calibrated: typeof CALIBRATION;
  /** Counts movements: a new one ends the one that goes on. */
  declare private $movement: number;

  static override $unit(id: Value): number {
    const number = index(id);
    if (PINS[number - 1] === undefined) throw new ValueError(`Servo(${number}) doesn't exist`);
    return number;
  }

  override __init__(id: Value): Value {
    this.$id = Servo.$unit(id);
    this.$line = currentBoard().line(PINS[this.$id - 1] as string) as PinLine;
    this.$timer = servoTimer();
    this.$calibrated ??= { ...CALIBRATION };
    this.$pulse ??= CALIBRATION.centre;
    // A movement that goes on ends here.
    this.$movement = (this.$movement ?? 0) + 1;
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
    if (given.length === 0) {
      const own = [least, most, centre, centre + quarter, centre + speed];
      return asTuple(own.map((units) => UNIT * units));
    }
    if (given.length !== 3 && given.length !== 5) {
      const count = given.length + 1;
      throw new TypeError(`calibration expecting 1, 4 or 6 arguments, got ${count}`);
    }
    const [a = 0, b = 0, c = 0, d, e] = given.map((value) => Math.trunc(value / UNIT));
    Object.assign(this.$calibrated, { least: a, most: b, centre: c });
    if (d !== undefined && e !== undefined) {
      Object.assign(this.$calibrated, { quarter: d - c, speed: e - c });
    }
    return null;
  }

  pulse_width(value: Value = undefined): Value {
    if (value === undefined) return UNIT * this.$pulse;
    this.$move(Math.trunc(index(value) / UNIT), 0);
    return null;
  }

  private $turn(value: Value, time: Value, full: number, width: number): Value {
    const { centre } = this.$calibrated;
    if (value === undefined) return Math.trunc(((this.$pulse - centre) * full) / width);
    const wanted = centre + Math.trunc(Math.fround((width * asNumber(value)) / full));
    this.$move(wanted, Math.trunc(index(time) / STEP));
    return null;
  }

  /** To a width in units, in so many steps: as `servo_timer_irq_callback` of ports/stm32/servo.c. */
  private $move(target: number, steps: number): void {
    const { least, most } = this.$calibrated;
    // It is kept in 16 bits without a sign: what is below zero is far above.
    const wanted = Math.min(most, Math.max(least, target & 0xffff));
    const board = currentBoard();
    const host = current().host as Host;
    const movement = ++this.$movement;
    let [left, rest] = [steps, 0];
    const step = (): void => {
      if (movement !== this.$movement) return;
      if (left <= 1) this.$pulse = wanted;
      else {
        rest += wanted - this.$pulse;
        this.$pulse += Math.trunc(rest / left);
        rest %= left;
        left--;
      }
      this.$timer.set(this.$id, this.$line, this.$pulse);
      if (this.$pulse !== wanted) board.at(host.now() + STEP, step);
    };
    step();
  }

  [PRINT](): string {
    return `<Servo ${this.$id} at ${UNIT * this.$pulse}us>`;
  }
}
define(Servo, {
  builtin: true,
  methods: {
    __init__: "id, /",
    angle: "angle=, time=, /",
    speed: "speed=, time=, /",
    pulse_width: "value=, /",
    calibration: "pulse_min=, pulse_max=, pulse_centre=, pulse_angle_90=, pulse_speed_100=, /",
  },
});
