/**
 * The timer behind the servos of a pyboard: it counts units of ten microseconds, and each of its four channels has
 * a width. `pyb.Servo` sets them; `pyb.servo()` and `pyb.pwm()` write to its registers whatever the servos think.
 */

import { def } from "../../core/call/signature.js";
import { perContext } from "../../core/context.js";
import { index } from "../../core/number/numbers.js";
import type { Value } from "../../core/values.js";
import type { PinLine } from "../hal.js";

/** Ten microseconds: what the timer counts. */
export const UNIT = 10;
const UNITS_PER_SECOND = 100_000;
/** What `pyb.servo()` sets, in units. */
const LEAST = 50;
const MOST = 250;
/** The channel that `pyb.pwm()` sets. */
const PWM_CHANNEL = 3;

interface Channel {
  readonly line: PinLine;
  width: number;
}

export class ServoTimer {
  private period = 2000;
  private readonly channels = new Map<number, Channel>();

  /** Gives a channel, of which the first is 1, a width in units. */
  set(number: number, line: PinLine, width: number): void {
    this.channels.set(number, { line, width });
    this.write(number, width);
  }

  /** The same for a channel that a servo has set up; of others nothing is seen. */
  write(number: number, width: number): void {
    const channel = this.channels.get(number);
    if (channel === undefined) return;
    channel.width = width;
    this.show(channel);
  }

  /** The period of them all. */
  count(period: number): void {
    this.period = period;
    for (const channel of this.channels.values()) this.show(channel);
  }

  private show({ line, width }: Channel): void {
    const frequency = UNITS_PER_SECOND / this.period;
    line.modulate({ frequency, duty: Math.min(1, width / this.period) });
  }
}

export const servoTimer = perContext(() => new ServoTimer());

export const servo = def(
  (port: Value, value: Value) => {
    const number = index(port);
    servoTimer().write(number, Math.min(MOST, Math.max(LEAST, index(value))));
    return null;
  },
  "port, value, /",
  "servo",
);

/** The period of all servos and the width of the third, in units. */
export const pwm = def(
  (period: Value, pulse: Value) => {
    const [top, width] = [index(period) >>> 0, index(pulse) >>> 0];
    servoTimer().count(top + 1);
    servoTimer().write(PWM_CHANNEL, width);
    return null;
  },
  "period, pulse, /",
  "pwm",
);
