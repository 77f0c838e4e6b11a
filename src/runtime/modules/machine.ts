/** The `machine` module: pins, buses, timers and the functions of the chip, on the simulated board. */

import { print } from "../builtins/print.js";
import { blocking } from "../core/blocking/blocking.js";
import { def } from "../core/call/signature.js";
import { current } from "../core/context.js";
import { TypeError, ValueError } from "../core/exception/exceptions.js";
import { requirePort } from "../core/module/port-names.js";
import { index } from "../core/number/numbers.js";
import { truth } from "../core/operator/unary.js";
import { Bytes } from "../core/text/bytes.js";
import { asTuple, type Value } from "../core/values.js";
import type { Host } from "../host/host.js";
import { interrupts } from "../host/interrupts.js";
import { backupViews } from "../machine/backup-memory.js";
import { currentBoard } from "../machine/bus-unit.js";
import { chipClock, chipFrequency, USB_CLOCK } from "../machine/chip-frequency.js";
import { Memory } from "../machine/memory.js";
import { notSimulated } from "../machine/not-simulated.js";
import { setStm32Frequencies, stm32Frequencies } from "../machine/pyb/stm32-frequencies.js";
import { causeNumber, resetNow } from "../machine/reset.js";
import { wakeTime } from "../machine/rtc.js";
import { checkDeepSleep, DEEP, sleepUntil } from "../machine/wake.js";
import { pause } from "../time/pause.js";

export { ADC } from "../machine/adc/adc.js";
export { ADCBlock } from "../machine/adc/adc-block.js";
export { bitstream } from "../machine/bitstream.js";
export { SDCard } from "../machine/card/sd-card.js";
export { Counter, Encoder } from "../machine/counter/counter.js";
export { dht_readinto } from "../machine/dht-readinto.js";
export { I2C } from "../machine/i2c/i2c.js";
export { I2CTarget } from "../machine/i2c/i2c-target.js";
export { SoftI2C } from "../machine/i2c/soft-i2c.js";
export { I2S } from "../machine/i2s.js";
export { Pin } from "../machine/pin/pin.js";
export { PinBase } from "../machine/pin/pin-base.js";
export { Signal } from "../machine/pin/signal.js";
export { PWM } from "../machine/pwm/pwm.js";
export { DAC } from "../machine/pyb/dac.js";
export { RTC } from "../machine/rtc.js";
export { SoftSPI } from "../machine/spi/soft-spi.js";
export { SPI } from "../machine/spi/spi.js";
export { time_pulse_us } from "../machine/time-pulse.js";
export { Timer } from "../machine/timer/timer.js";
export { TouchPad } from "../machine/touch-pad.js";
export { UART } from "../machine/uart/uart.js";
export { CAN, USBDevice } from "../machine/unsimulated-drivers.js";
export { WDT } from "../machine/wdt.js";

const IDLE_MS = 1;
/** Microseconds in 32 bits. */
const RP2_LONGEST_SLEEP = 4_294_966;
const WAKE = "wake reason";
const WAKE_PINS = "wake pins";
const ALL_REGIONS = -1;

/** An ESP32's module is written in Python on top of the chip's, and has what that imports. */
export { const } from "./micropython.js";

export const mem8 = new Memory(8);
export const mem16 = new Memory(16);
export const mem32 = new Memory(32);

/** Starts the board anew. */
export function reset(): void {
  requirePort("machine", "reset");
  resetNow("HARD_RESET");
}

/** On the ports it is `sys.exit`. */
export const soft_reset = def(
  (_status?: Value): void => resetNow("SOFT_RESET"),
  "status=, /",
  "soft_reset",
);

export function reset_cause(): number {
  requirePort("machine", "reset_cause");
  return causeNumber(currentBoard().resetCause);
}

export function unique_id(): Bytes {
  requirePort("machine", "unique_id");
  return new Bytes(currentBoard().data.uniqueId);
}

/** The frequency of the chip in Hz; with an argument: sets it, to what the port allows. */
export const freq = def(
  (...given: Value[]) => {
    requirePort("machine", "freq");
    const [hz, peripheral] = given;
    const { data } = currentBoard();
    const { port } = data;
    checkMost(given, port === "stm32" ? 4 : port.startsWith("esp") ? 1 : 2);
    if (hz === undefined) return port === "stm32" ? stm32Frequencies() : chipClock().hz;
    if (port === "stm32") return setStm32Frequencies(hz, ...given.slice(1));
    const frequency = chipFrequency(data, index(hz));
    const isOdd = peripheral !== undefined && ![USB_CLOCK, index(hz)].includes(index(peripheral));
    if (port === "rp2" && isOdd) {
      const allowed = "48_000_000 or the same as the MCU freq";
      throw new ValueError(`peripheral freq must be ${allowed}`);
    }
    chipClock().hz = frequency;
    chipClock().peripheral = peripheral === undefined ? USB_CLOCK : index(peripheral);
    return null;
  },
  "hz=, peripheral=, pclk1=, pclk2=, /",
  "freq",
);

/** The ports' functions take fewer arguments than one does for all of them. */
function checkMost(given: readonly Value[], most: number): void {
  const count = given.filter((value) => value !== undefined).length;
  if (count <= most) return;
  throw new TypeError(`function expected at most ${most} arguments, got ${count}`);
}

/** Waits for the next interrupt, or a millisecond. */
export const idle = blocking(function* idle() {
  return yield* pause(IDLE_MS);
});

/** In milliseconds, as many as the port's clock can count. */
function sleepTime(time: Value): number {
  const ms = index(time);
  const { port } = currentBoard().data;
  if (port === "rp2" && ms > RP2_LONGEST_SLEEP) throw new ValueError("sleep too long");
  return ms;
}

export const lightsleep = def(
  blocking(function* lightsleep(time_ms?: Value) {
    requirePort("machine", "lightsleep");
    return yield* pause(time_ms === undefined ? IDLE_MS : sleepTime(time_ms));
  }),
  "time_ms=, /",
);

/** After a deep sleep a board starts anew: when its time is over, or what it waits for happens. */
export const deepsleep = def(
  blocking(function* deepsleep(time_ms?: Value) {
    requirePort("machine", "deepsleep");
    const board = currentBoard();
    const due = time_ms === undefined ? wakeTime() : board.now + sleepTime(time_ms);
    checkDeepSleep();
    const reason = yield* sleepUntil(due, DEEP);
    board.backup.set(WAKE, reason);
    return resetNow("DEEPSLEEP_RESET");
  }),
  "time_ms=, /",
);

export const sleep = lightsleep;

/** What ended the latest sleep. */
export const wake_reason = def(
  // It takes any arguments, and heeds none.
  (..._ignored: Value[]) => (currentBoard().backup.get(WAKE) as number | undefined) ?? 0,
  "*ignored, **named",
  "wake_reason",
);

/** The pins that ended it. */
export function wake_pins(): Value {
  return asTuple([...((currentBoard().backup.get(WAKE_PINS) as number[] | undefined) ?? [])]);
}

/** Leaves the program for the boot loader, where nothing of it runs. */
export const bootloader = def(
  (_value?: Value): never => notSimulated("machine.bootloader"),
  "value=, /",
  "bootloader",
);

/** Writes what is known of the board. */
export const info = def(
  (_dump?: Value) => {
    const { uniqueId, machine } = currentBoard().data;
    const id = [...uniqueId].map((byte) => byte.toString(16).padStart(2, "0")).join("");
    print(`ID=${id}\n${machine}`);
    return null;
  },
  "dump_alloc_table=, /",
  "info",
);

/** A random number of 24 bits. */
export function rng(): number {
  const bytes = new Uint8Array(3);
  (current().host as Host).random(bytes);
  return ((bytes[0] as number) << 16) | ((bytes[1] as number) << 8) | (bytes[2] as number);
}

/** Memory that survives a reset, to be written in place: a region, or a tuple of them all for -1. */
export const mem_backup = def(
  (region: Value = 0) => {
    const wanted = index(region);
    if (wanted === ALL_REGIONS) return asTuple(backupViews());
    const found = backupViews()[wanted];
    if (found === undefined) throw new ValueError("invalid region");
    return found;
  },
  "region=, /",
  "mem_backup",
);

/** The state before: a pyboard says whether interrupts were enabled, others whether they were not. */
export function disable_irq(): Value {
  requirePort("machine", "disable_irq");
  const state = interrupts().disable();
  return currentBoard().data.port === "stm32" ? state === 0 : state;
}

/** Gives back what `disable_irq()` gave. */
export const enable_irq = def(
  (...states: Value[]) => {
    requirePort("machine", "enable_irq");
    const [state] = states;
    const given = states.length;
    if (currentBoard().data.port === "stm32") {
      if (given > 1) throw new TypeError(`function expected at most 1 arguments, got ${given}`);
      interrupts().enable(state === undefined || truth(state) ? 0 : 1);
    } else {
      if (given !== 1) {
        throw new TypeError(`function takes 1 positional arguments but ${given} were given`);
      }
      interrupts().enable(index(state));
    }
    return null;
  },
  "*states, /",
  "enable_irq",
);
