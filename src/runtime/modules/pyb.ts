/** The `pyb` module: what a pyboard has beside `machine`. */

import { current } from "../core/context.js";
import { index } from "../core/numbers.js";
import type { Value } from "../core/values.js";
import type { Host } from "../host/host.js";
import { disable_irq, enable_irq, freq, idle, reset, unique_id } from "./machine.js";
import { sleep_ms, sleep_us, ticks_ms, ticks_us } from "./time.js";

export { Accel } from "../machine/accel.js";
export { ADC } from "../machine/adc.js";
export { DAC } from "../machine/dac.js";
export { I2C } from "../machine/i2c.js";
export { LED } from "../machine/led.js";
export { Pin } from "../machine/pin.js";
export { Timer } from "../machine/pyb-timer.js";
export { RTC } from "../machine/rtc.js";
export { Servo } from "../machine/servo.js";
export { SPI } from "../machine/spi.js";
export { Switch } from "../machine/switch.js";
export { UART } from "../machine/uart.js";

export const delay = sleep_ms;
export const udelay = sleep_us;
export const millis = ticks_ms;
export const micros = ticks_us;
export const wfi = idle;
export const hard_reset = reset;
export { disable_irq, enable_irq, freq, unique_id };

const MASK = 0x3fffffff;

/** Milliseconds since `start`, right across the wrap of millis(). */
export function elapsed_millis(start: Value): number {
  return (ticks_ms() - index(start)) & MASK;
}

export function elapsed_micros(start: Value): number {
  return (ticks_us() - index(start)) & MASK;
}

/** A random number of 30 bits. */
export function rng(): number {
  const bytes = new Uint8Array(4);
  (current().host as Host).random(bytes);
  return new DataView(bytes.buffer).getUint32(0) & MASK;
}

export function sync(): null {
  return null;
}
