/**
 * Keyword arguments that some ports' drivers take and others do not know: the `MP_QSTR_` rows of
 * the ports. The generic board takes them all. Called by drivers before they look at what
 * they were given.
 */

import type { Port } from "../../boards/board-data.js";
import { TypeError } from "../../core/exception/exceptions.js";
import type { Value } from "../../core/values.js";
import { currentBoard } from "../bus-unit.js";

/** By driver and argument: the ports that have it. */
const TAKEN_BY = {
  Pin: {
    alt: ["rp2", "stm32"],
    drive: ["esp32"],
    hold: ["esp32"],
    af: ["stm32"],
  },
  "Pin.irq": { hard: ["rp2", "stm32", "esp8266"], priority: [], wake: ["esp32"] },
  PWM: { duty: ["esp32", "esp8266"], invert: ["rp2", "esp32", "stm32"], lightsleep: ["esp32"] },
  ADC: { atten: ["esp32"], sample_ns: [] },
  UART: {
    tx: ["rp2", "esp32", "esp8266"],
    rx: ["rp2", "esp32", "esp8266"],
    rts: ["rp2", "esp32"],
    cts: ["rp2", "esp32"],
    txbuf: ["rp2", "esp32"],
    invert: ["rp2", "esp32"],
    flow: ["rp2", "esp32", "stm32"],
    read_buf_len: ["stm32"],
  },
  SPI: {
    bits: ["rp2", "esp32", "stm32"],
    firstbit: ["rp2", "esp32", "stm32"],
    sck: ["rp2", "esp32", "stm32"],
    mosi: ["rp2", "esp32", "stm32"],
    miso: ["rp2", "esp32", "stm32"],
  },
} as const satisfies Record<string, Record<string, readonly Port[]>>;

/** Raises what MicroPython's `mp_arg_parse_all` does for the first of the arguments that is missing. */
export function requireArguments(given: Readonly<Record<string, Value>>): void {
  for (const [name, value] of Object.entries(given)) {
    if (value === undefined) throw new TypeError(`'${name}' argument required`);
  }
}

/** Raises what the port raises when it does not know an argument that was given. */
export function checkPortArguments(
  driver: keyof typeof TAKEN_BY,
  given: Readonly<Record<string, Value>>,
): void {
  const { port } = currentBoard().data;
  if (port === "generic" || port === "unix") return;
  for (const [name, ports] of Object.entries<readonly Port[]>(TAKEN_BY[driver])) {
    if (given[name] === undefined || ports.includes(port)) continue;
    throw new TypeError("extra keyword arguments given");
  }
}
