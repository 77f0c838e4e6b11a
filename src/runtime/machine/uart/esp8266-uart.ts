/**
 * The serial ports of an ESP8266: they share one buffer for what arrives, which only the first can read, and
 * start anew with every `init`. From `ports/esp8266/machine_uart.c`.
 */

import { perContext } from "../../core/context.js";
import { OSError, ValueError } from "../../core/exception/exceptions.js";
import { index } from "../../core/number/numbers.js";
import type { Value } from "../../core/values.js";
import { lineOf } from "../pin/pin.js";
import type { UartSettings } from "./uart-settings.js";

/** What the port keeps without a buffer of the program's. */
const OWN_BUFFER = 15;
const TX = 1;
const RX = 3;
/** Where the first unit is when it is swapped. */
const OTHER_TX = 15;
const OTHER_RX = 13;
const NUMBERS = ["baudrate", "bits", "stop", "rxbuf", "timeout", "timeout_char"] as const;

const buffer = perContext(() => ({ size: OWN_BUFFER }));

type Numbers = Readonly<Record<(typeof NUMBERS)[number], number>>;

/** The settings after some were given; numbers are looked at first, then the rest in the port's order. */
export function esp8266Settings(
  before: UartSettings,
  given: Readonly<Record<string, Value>>,
): UartSettings {
  const numbers = Object.fromEntries(
    NUMBERS.map((name) => [name, given[name] === undefined ? 0 : index(given[name])]),
  ) as Numbers;
  const { bits, stop } = numbers;
  const baudrate = numbers.baudrate > 0 ? numbers.baudrate : before.baudrate;
  if (bits !== 0 && (bits < 5 || bits > 8)) throw new ValueError("invalid data bits");
  const parity = parityOf(given.parity, before.parity);
  checkPins(given.tx, given.rx);
  if (stop !== 0 && stop !== 1 && stop !== 2) throw new ValueError("invalid stop bits");
  if (numbers.rxbuf > 0) buffer().size = ((numbers.rxbuf + 1) & 0xffff) - 1;
  // No shorter than a character takes.
  const least = Math.floor(13_000 / baudrate) + 1;
  return {
    ...before,
    baudrate,
    bits: bits === 0 ? before.bits : bits,
    parity,
    stop: stop === 0 ? before.stop : stop,
    rxbuf: buffer().size,
    timeout: numbers.timeout & 0xffff,
    timeout_char: Math.max(least, numbers.timeout_char & 0xffff),
  };
}

/** How much is kept until it is read, whichever object said so. */
export const esp8266Buffer = (): number => buffer().size;

export function checkEsp8266Read(id: number): void {
  if (id === 1) throw new OSError("UART(1) can't read");
}

function parityOf(given: Value, before: number | null): number | null {
  if (given === undefined) return before;
  return given === null ? null : index(given) & 1;
}

function checkPins(tx: Value, rx: Value): void {
  const sends = tx === undefined ? TX : lineOf(tx).data.number;
  const receives = rx === undefined ? RX : lineOf(rx).data.number;
  const swapped = sends === OTHER_TX && receives === OTHER_RX;
  if (!swapped && !(sends === TX && receives === RX)) throw new ValueError("invalid tx/rx");
}
