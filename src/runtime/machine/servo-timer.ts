/**
 * The timer behind the servos of a pyboard: it counts units of ten microseconds, and each of its four channels has
 * a width. `pyb.Servo` sets them; `pyb.servo()` and `pyb.pwm()` write to its registers whatever the servos think.
 */

import { perContext } from "../core/context.js";
import { index } from "../core/numbers.js";
import { def } from "../core/signature.js";
import type { Value } from "../core/values.js";
import type { PinLine } from "./hal.js";

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

const timer = perContext(() => ({ period: 2000, channels: new Map<number, Channel>() }));

/** Gives a channel, which begins with the first, a width in units. */
export function setChannel(number: number, line: PinLine, width: number): void {
  timer().channels.set(number, { line, width });
  refresh();
}

function refresh(): void {
  const { period, channels } = timer();
  const frequency = UNITS_PER_SECOND / period;
  for (const { line, width } of channels.values()) {
    line.modulate({ frequency, duty: Math.min(1, width / period) });
  }
}

/** Of a servo that was never set up nothing moves. */
function write(number: number, width: number): void {
  const channel = timer().channels.get(number);
  if (channel !== undefined) channel.width = width;
  refresh();
}

export const servo = def(
  (port: Value, value: Value) => {
    const number = index(port);
    write(number, Math.min(MOST, Math.max(LEAST, index(value))));
    return null;
  },
  "port, value, /",
  "servo",
);

/** The period of all servos and the width of the third, in units. */
export const pwm = def(
  (period: Value, pulse: Value) => {
    timer().period = (index(period) >>> 0) + 1;
    write(PWM_CHANNEL, index(pulse) >>> 0);
    return null;
  },
  "period, pulse, /",
  "pwm",
);
