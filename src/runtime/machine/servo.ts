/** `pyb.Servo`: a hobby servo on one of the pins X1 to X4. */

import { define } from "../core/class.js";
import { current } from "../core/context.js";
import { ValueError } from "../core/exceptions.js";
import { asNumber, index } from "../core/numbers.js";
import { PyObject } from "../core/object.js";
import { PRINT } from "../core/slots.js";
import type { Value } from "../core/values.js";
import type { Host } from "../host/host.js";
import { currentBoard } from "./bus-unit.js";
import type { PinLine } from "./hal.js";

const PINS = ["X1", "X2", "X3", "X4"];
const FREQUENCY = 50;
const CENTRE = 1500;
const PER_DEGREE = 10;
const LEAST = 640;
const MOST = 2420;
/** From one step of a slow movement to the next (milliseconds): one period of the signal. */
const STEP = 20;

export class Servo extends PyObject {
  declare private id: number;
  declare private line: PinLine;
  declare private pulse: number;
  /** Counts movements: a new one ends the one that goes on. */
  declare private movement: number;

  override __init__(id: Value = 1): null {
    this.id = index(id);
    const pin = PINS[this.id - 1];
    const line = pin === undefined ? undefined : currentBoard().line(pin);
    if (line === undefined) throw new ValueError(`Servo(${this.id}) doesn't exist`);
    this.line = line;
    this.pulse = CENTRE;
    this.movement = 0;
    return null;
  }

  angle(angle: Value = undefined, time: Value = 0): Value {
    if (angle === undefined) return Math.trunc((this.pulse - CENTRE) / PER_DEGREE);
    this.move(CENTRE + asNumber(angle) * PER_DEGREE, index(time));
    return null;
  }

  speed(speed: Value = undefined, time: Value = 0): Value {
    return this.angle(speed, time);
  }

  pulse_width(value: Value = undefined): Value {
    if (value === undefined) return this.pulse;
    this.move(index(value), 0);
    return null;
  }

  private move(target: number, time: number): void {
    const wanted = Math.round(Math.min(MOST, Math.max(LEAST, target)));
    const host = current().host as Host;
    const board = currentBoard();
    const from = this.pulse;
    const start = host.now();
    const movement = ++this.movement;
    const step = (): void => {
      if (movement !== this.movement) return;
      const part = time <= 0 ? 1 : Math.min(1, (host.now() - start) / time);
      this.pulse = Math.round(from + (wanted - from) * part);
      this.line.modulate({ frequency: FREQUENCY, duty: (this.pulse * FREQUENCY) / 1_000_000 });
      if (part < 1) board.at(host.now() + STEP, step);
    };
    step();
  }

  [PRINT](): string {
    return `<Servo ${this.id} at ${this.pulse}us>`;
  }
}
define(Servo, {
  builtin: true,
  methods: {
    __init__: "id=, /",
    angle: "angle=, time=, /",
    speed: "speed=, time=, /",
    pulse_width: "value=, /",
  },
});
