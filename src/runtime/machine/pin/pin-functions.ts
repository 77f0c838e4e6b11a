/**
 * The alternate functions of pins: what each pin of a chip can be besides an input and an output, under
 * the numbers that the port gives them. Drivers take a function when they take a pin; `Pin` prints it,
 * and refuses those that the pin has not.
 */

import type { Port } from "../../boards/board-data.js";
import { stm32Functions } from "../../boards/names/stm32-functions.js";
import { portConstants } from "../../core/module/port-names.js";
import type { PinLine } from "../hal.js";

/** What an RP2's pin is connected to before anything is set: nothing. */
export const NO_FUNCTION = 31;
/** An RP2's pin that the program itself reads and writes. */
export const SIO = 5;

/** Pins that an RP2's function is restricted to, by its name; where a name is missing, all pins have it. */
const RP2_PINS: Readonly<Record<string, (pin: number) => boolean>> = {
  ALT_HSTX: (pin) => pin >= 12 && pin <= 19,
  ALT_XIP_CS1: (pin) => [0, 8, 19].includes(pin),
  ALT_CORESIGHT_TRACE: (pin) => pin >= 1 && pin <= 5,
  // On an RP2040 only the last six have a clock; there this function has a number of its own.
  ALT_GPCK: (pin) => (pin >= 20 && pin <= 25) || (pin >= 12 && pin <= 15),
  ALT_UART_AUX: (pin) => pin % 4 >= 2,
};

/** The name of a function of an RP2's pin without its "ALT_"; undefined when the pin has none of that number. */
export function rp2Function(line: PinLine, number: number): string | undefined {
  const constants = portConstants("machine.Pin");
  const named = Object.entries(constants).find(([name, code]) => {
    if (!name.startsWith("ALT_") || code !== number) return false;
    if (name === "ALT_GPCK" && !("ALT_HSTX" in constants)) return (line.data.number ?? 0) >= 20;
    return RP2_PINS[name]?.(line.data.number ?? 0) ?? true;
  });
  return named?.[0].slice("ALT_".length);
}

/** Kinds of functions: what drivers call them, and what the ports do. */
const KINDS = {
  I2C: { rp2: "ALT_I2C", stm32: ["I2C"] },
  PWM: { rp2: "ALT_PWM", stm32: [] },
  SPI: { rp2: "ALT_SPI", stm32: ["SPI"] },
  UART: { rp2: "ALT_UART", stm32: ["USART", "UART"] },
  I2S: { rp2: "ALT_PIO0", stm32: ["I2S"] },
} as const satisfies Record<string, { rp2: string; stm32: readonly string[] }>;

/** Gives a pin the function that a driver needs: that of its unit, where the port has numbers for them. */
export function takeFunction(
  line: PinLine,
  port: Port,
  kind: keyof typeof KINDS,
  unit: number | null = null,
): void {
  if (port === "rp2") line.alternate = portConstants("machine.Pin")[KINDS[kind].rp2] ?? null;
  if (port !== "stm32") return;
  const names: readonly string[] = KINDS[kind].stm32;
  const found = stm32Functions(line.data.name).find(
    (each) => names.includes(each.kind) && (unit === null || each.unit === unit),
  );
  line.alternate = found?.index ?? null;
}
