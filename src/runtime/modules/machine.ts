/** The `machine` module: pins, timers, and the functions of the chip that make sense in a simulation. */

import { blocking } from "../core/blocking.js";
import { Bytes } from "../core/bytes.js";
import { current } from "../core/context.js";
import { SystemExit } from "../core/exceptions.js";
import { index } from "../core/numbers.js";
import { truth } from "../core/operators.js";
import { def } from "../core/signature.js";
import type { Value } from "../core/values.js";
import type { Host } from "../host/host.js";
import { interrupts } from "../host/interrupts.js";
import type { Board } from "../machine/hal.js";
import { Memory } from "../machine/memory.js";
import { Pin } from "../machine/pin.js";
import { readLevel } from "../machine/pin-base.js";
import { pause } from "../time/pause.js";

export { Pin } from "../machine/pin.js";
export { PinBase } from "../machine/pin-base.js";
export { Signal } from "../machine/signal.js";
export { Timer } from "../machine/timer.js";

export const PWRON_RESET = 1;
export const HARD_RESET = 2;
export const WDT_RESET = 3;
export const DEEPSLEEP_RESET = 4;
export const SOFT_RESET = 5;

/** What reading a pin counts as work (Host.work). */
const READ_WORK = 50;
const IDLE_MS = 1;

/** Ends the program, as a reset does that nobody follows up. */
export function reset(): never {
  throw new SystemExit();
}

export const soft_reset = reset;

export function reset_cause(): number {
  return PWRON_RESET;
}

export function unique_id(): Bytes {
  return new Bytes([0xe6, 0x61, 0x41, 0x04, 0x03, 0x2b, 0x5a, 0x2e]);
}

export const freq = def(
  (hz: Value) => (hz === undefined ? (current().board as Board).data.frequency : null),
  "hz=, /",
  "freq",
);

/** Waits for the next interrupt, or a millisecond. */
export const idle = blocking(function* idle() {
  return yield* pause(IDLE_MS);
});

export const lightsleep = def(
  blocking(function* lightsleep(time_ms: Value) {
    return yield* pause(time_ms === undefined ? IDLE_MS : index(time_ms));
  }),
  "time_ms=, /",
);

/** A board starts anew after a deep sleep; the simulation ends. */
export const deepsleep = def(
  blocking(function* deepsleep(time_ms: Value) {
    if (time_ms !== undefined) yield* pause(index(time_ms));
    throw new SystemExit();
  }),
  "time_ms=, /",
);

export function disable_irq(): number {
  return interrupts().disable();
}

export function enable_irq(state: Value): null {
  interrupts().enable(index(state));
  return null;
}

/** The length of a pulse in microseconds; -2 when it does not begin in time, -1 when it does not end. */
export const time_pulse_us = def(
  (pin: Value, pulse_level: Value, timeout_us: Value = 1_000_000) => {
    const host = current().host as Host;
    const queue = interrupts();
    const level = truth(pulse_level) ? 1 : 0;
    const limit = index(timeout_us) / 1000;
    /** When the pin has reached the level; null when it does not in time. */
    const reached = (wanted: number): number | null => {
      const end = host.now() + limit;
      while (readLevel(pin) !== wanted) {
        if (host.now() >= end) return null;
        // The levels of a board change with its events; those of a program's own pin with each look.
        if (pin instanceof Pin) host.restSync(end, queue.signal);
        else queue.worked(READ_WORK);
      }
      return host.now();
    };
    const begin = reached(level);
    if (begin === null) return -2;
    const end = reached(1 - level);
    return end === null ? -1 : Math.round((end - begin) * 1000);
  },
  "pin, pulse_level, timeout_us=, /",
  "time_pulse_us",
);

export const mem8 = new Memory(8);
export const mem16 = new Memory(16);
export const mem32 = new Memory(32);
