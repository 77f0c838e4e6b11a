/** `machine.time_pulse_us`: how long a pin stays at a level. */

import { blocking, type Waiting } from "../core/blocking/blocking.js";
import { Wait } from "../core/blocking/wait.js";
import { def } from "../core/call/signature.js";
import { current } from "../core/context.js";
import { index } from "../core/number/numbers.js";
import { truth } from "../core/operator/operators.js";
import type { Value } from "../core/values.js";
import type { Host } from "../host/host.js";
import { interrupts } from "../host/interrupts.js";
import type { Level } from "./hal.js";
import { Pin } from "./pin/pin.js";
import { readLevel } from "./pin/pin-base.js";

const NOT_BEGUN = -2;
const NOT_ENDED = -1;
const TIMEOUT = 1_000_000;
/** What reading a pin counts as work (Host.work). */
const READ_WORK = 50;

/** Waits until the pin has a level; the time of that, null when it takes too long. */
function* awaitLevel(pin: Value, level: Level, limit: number): Waiting<number | null> {
  const host = current().host as Host;
  const line = pin instanceof Pin ? pin.$line : null;
  const deadline = host.now() + limit;
  while (readLevel(pin) !== level) {
    if (host.now() >= deadline) return null;
    // A pin that the program wrote itself can only be asked again and again.
    if (line === null) interrupts().worked(READ_WORK);
    else yield new Wait(deadline, (wake) => line.watch(wake));
  }
  return host.now();
}

/** Microseconds; -2 when the pulse does not begin in time, -1 when it does not end. */
export const time_pulse_us = def(
  blocking(function* time_pulse_us(pin: Value, pulse_level: Value, timeout_us: Value = TIMEOUT) {
    const source = typeof pin === "object" && pin !== null ? pin : new Pin(pin);
    const level: Level = truth(pulse_level) ? 1 : 0;
    const limit = index(timeout_us) / 1000;
    const begin = yield* awaitLevel(source, level, limit);
    if (begin === null) return NOT_BEGUN;
    const end = yield* awaitLevel(source, level === 1 ? 0 : 1, limit);
    return end === null ? NOT_ENDED : Math.round((end - begin) * 1000);
  }),
  "pin, pulse_level, timeout_us=, /",
);
