/** The `machine` module: pins, buses, timers and the functions of the chip, on the simulated board. */

import { blocking } from "../core/blocking.js";
import { Bytes } from "../core/bytes.js";
import { index } from "../core/numbers.js";
import { def } from "../core/signature.js";
import type { Value } from "../core/values.js";
import { Wait } from "../core/wait.js";
import { interrupts } from "../host/interrupts.js";
import { currentBoard } from "../machine/bus-unit.js";
import { chipClock, chipFrequency } from "../machine/chip-frequency.js";
import { Memory } from "../machine/memory.js";
import { DEEPSLEEP_RESET, HARD_RESET, resetNow, SOFT_RESET } from "../machine/reset.js";
import { pause } from "../time/pause.js";

export { ADC } from "../machine/adc.js";
export { bitstream } from "../machine/bitstream.js";
export { DAC } from "../machine/dac.js";
export { I2C, SoftI2C } from "../machine/i2c.js";
export { I2S } from "../machine/i2s.js";
export { Pin } from "../machine/pin.js";
export { PinBase } from "../machine/pin-base.js";
export { PWM } from "../machine/pwm.js";
export {
  DEEPSLEEP_RESET,
  HARD_RESET,
  PWRON_RESET,
  SOFT_RESET,
  WDT_RESET,
} from "../machine/reset.js";
export { RTC } from "../machine/rtc.js";
export { Signal } from "../machine/signal.js";
export { SoftSPI, SPI } from "../machine/spi.js";
export { time_pulse_us } from "../machine/time-pulse.js";
export { Timer } from "../machine/timer.js";
export { TouchPad } from "../machine/touch-pad.js";
export { UART } from "../machine/uart.js";
export { WDT } from "../machine/wdt.js";

const IDLE_MS = 1;

export const mem8 = new Memory(8);
export const mem16 = new Memory(16);
export const mem32 = new Memory(32);

/** Starts the board anew. */
export function reset(): never {
  return resetNow(HARD_RESET);
}

export function soft_reset(): never {
  return resetNow(SOFT_RESET);
}

export function reset_cause(): number {
  return currentBoard().resetCause;
}

export function unique_id(): Bytes {
  return new Bytes(currentBoard().data.uniqueId);
}

/** The frequency of the chip in Hz; with an argument: sets it, to what the port allows. */
export const freq = def(
  (hz?: Value, _peripheral?: Value) => {
    if (hz === undefined) return chipClock().hz;
    chipClock().hz = chipFrequency(currentBoard().data.port, index(hz));
    return null;
  },
  "hz=, peripheral=, /",
  "freq",
);

/** Waits for the next interrupt, or a millisecond. */
export const idle = blocking(function* idle() {
  return yield* pause(IDLE_MS);
});

export const lightsleep = def(
  blocking(function* lightsleep(time_ms?: Value) {
    return yield* pause(time_ms === undefined ? IDLE_MS : index(time_ms));
  }),
  "time_ms=, /",
);

/** After a deep sleep a board starts anew. */
export const deepsleep = def(
  blocking(function* deepsleep(time_ms?: Value) {
    if (time_ms === undefined) for (;;) yield new Wait(null);
    yield* pause(index(time_ms));
    return resetNow(DEEPSLEEP_RESET);
  }),
  "time_ms=, /",
);

export const sleep = lightsleep;

export function disable_irq(): number {
  return interrupts().disable();
}

export function enable_irq(state: Value): null {
  interrupts().enable(index(state));
  return null;
}
