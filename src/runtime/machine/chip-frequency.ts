/** The frequency of the chip, those that it can run at, and what its port says about others. */

import type { Port } from "../boards/board-data.js";
import { perContext } from "../core/context.js";
import { ValueError } from "../core/exceptions.js";
import { currentBoard } from "./bus-unit.js";

const MHZ = 1_000_000;

interface Rule {
  allows(hz: number): boolean;
  message: string;
}

const oneOf =
  (...frequencies: number[]) =>
  (hz: number): boolean =>
    frequencies.includes(hz / MHZ);

const rules: Partial<Record<Port, Rule>> = {
  rp2: {
    allows: (hz) => hz >= 10 * MHZ && hz <= 300 * MHZ,
    message: "cannot change frequency",
  },
  esp32: {
    allows: oneOf(20, 40, 80, 160, 240),
    message: "frequency must be 20MHz, 40MHz, 80Mhz, 160MHz or 240MHz",
  },
  esp8266: {
    allows: oneOf(80, 160),
    message: "frequency can only be either 80Mhz or 160MHz",
  },
};

/** Those of an STM32F405 in MHz: any other is rounded down. */
const STM32_MHZ = [
  8, 16, 24, 30, 32, 36, 40, 42, 48, 54, 56, 60, 64, 72, 84, 96, 108, 120, 144, 168,
];

/** The frequency that was asked for, if the chip has it. */
export function chipFrequency(port: Port, hz: number): number {
  if (port === "stm32") {
    const nearest = STM32_MHZ.filter((mhz) => mhz * MHZ <= hz).at(-1);
    if (nearest === undefined) throw new ValueError("invalid freq");
    return nearest * MHZ;
  }
  const rule = rules[port];
  if (rule !== undefined && !rule.allows(hz)) throw new ValueError(rule.message);
  return hz;
}

/** What `machine.freq()` has set. */
export const chipClock = perContext(() => ({ hz: currentBoard().data.frequency }));
