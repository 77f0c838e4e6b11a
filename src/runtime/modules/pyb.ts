/** The `pyb` module: what a pyboard has beside `machine`. */

import { def } from "../core/call/signature.js";
import { current, perContext } from "../core/context.js";
import { ValueError } from "../core/exception/exceptions.js";
import { index } from "../core/number/numbers.js";
import { truth } from "../core/operator/unary.js";
import { Bytes } from "../core/text/bytes.js";
import { tup, type Value } from "../core/values.js";
import type { Host } from "../host/host.js";
import { setStm32Frequencies, stm32Frequencies } from "../machine/pyb/stm32-frequencies.js";
import { sendReport } from "../machine/pyb/usb-hid.js";
import { UART } from "../machine/uart/uart.js";
import {
  bootloader,
  deepsleep,
  disable_irq,
  enable_irq,
  idle,
  info,
  lightsleep,
  reset,
  unique_id,
} from "./machine.js";
import { country } from "./network.js";
import { sleep_ms, sleep_us, ticks_ms, ticks_us } from "./time.js";

export { boardCard as SD, SDCard } from "../machine/card/sd-card.js";
export { Pin } from "../machine/pin/pin.js";
export { Accel } from "../machine/pyb/accel.js";
export { DAC } from "../machine/pyb/dac.js";
export { ExtInt } from "../machine/pyb/ext-int.js";
export { LED } from "../machine/pyb/led.js";
export { ADCAll, PybADC as ADC } from "../machine/pyb/pyb-adc.js";
export { Flash } from "../machine/pyb/pyb-flash.js";
export { PybI2C as I2C } from "../machine/pyb/pyb-i2c.js";
export { PybSPI as SPI } from "../machine/pyb/pyb-spi.js";
export { Timer } from "../machine/pyb/pyb-timer.js";
export { Servo } from "../machine/pyb/servo.js";
export { pwm, servo } from "../machine/pyb/servo-timer.js";
export { Switch } from "../machine/pyb/switch.js";
export { USB_HID } from "../machine/pyb/usb-hid.js";
export { USB_VCP } from "../machine/pyb/usb-vcp.js";
export { RTC } from "../machine/rtc.js";
export {
  LCD,
  PybCAN as CAN,
} from "../machine/unsimulated-drivers.js";
export { UART };

export const delay = sleep_ms;
export const udelay = sleep_us;
export const millis = ticks_ms;
export const micros = ticks_us;
export const wfi = idle;
export const hard_reset = reset;
export { bootloader, country, disable_irq, enable_irq, info, unique_id };

const MASK = 0x3fffffff;
/** (CPU, memory, slow bus, fast bus) in Hz; with an argument: sets the CPU's, and those of the rest. */
export const freq = def(
  (...given: Value[]) =>
    given[0] === undefined ? stm32Frequencies() : setStm32Frequencies(given[0], ...given.slice(1)),
  "sysclk=, hclk=, pclk1=, pclk2=, /",
  "freq",
);

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

export const stop = lightsleep;
export const standby = deepsleep;

export function have_cdc(): boolean {
  return true;
}

const settings = perContext(() => ({
  main: "main.py" as Value,
  repl: null as Value,
}));

export { usbMode as usb_mode } from "../machine/pyb/usb-mode.js";

/** The file that runs after boot.py. */
export const main = def(
  (filename: Value) => {
    settings().main = filename;
    return null;
  },
  "filename, /, opt=: int",
  "main",
);

/** The port that the prompt is on as well. */
export const repl_uart = def(
  (uart?: Value) => {
    if (uart === undefined) return settings().repl;
    if (uart !== null && !(uart instanceof UART)) throw new ValueError("need a UART object");
    settings().repl = uart;
    return null;
  },
  "uart=, /",
  "repl_uart",
);

/** Whether a hard fault is reported; there are none. */
export const fault_debug = def(
  (value: Value) => {
    truth(value);
    return null;
  },
  "value, /",
  "fault_debug",
);

/** Whether the prompt tells the time and memory that a line took: there is no prompt. */
export const repl_info = def(
  (value: Value) => {
    index(value);
    return null;
  },
  "value, /",
  "repl_info",
);

/** The same as `USB_HID().send()`. */
export const hid = def(sendReport, "report, /", "hid");
export { mount } from "./vfs.js";

/** Report descriptors of a mouse with a wheel and of a keyboard, as the USB HID specification has them. */
const MOUSE =
  "05010902a1010901a1000509190129031500250195037501810295017505810105010930" +
  "093109381581257f750895038106c0093c05ff09011500250175019502b12275069501b1" +
  "01c0";
const KEYBOARD =
  "05010906a101050719e029e7150025017501950881029501750881019505750105081901" +
  "2905910295017503910195067508150025650507190029658100c0";

const descriptor = (hex: string): Bytes =>
  new Bytes((hex.match(/../g) ?? []).map((byte) => Number.parseInt(byte, 16)));

/** (subclass, protocol, packet length, interval, report) for usb_mode(hid=...). */
export const hid_mouse = tup(1, 2, 4, 8, descriptor(MOUSE));
export const hid_keyboard = tup(1, 1, 8, 8, descriptor(KEYBOARD));
