/** The frequency of the chip, those that it can run at, and what its port says about others. */

import type { BoardData, Port } from "../boards/board-data.js";
import { perContext } from "../core/context.js";
import { ValueError } from "../core/exception/exceptions.js";
import { currentBoard } from "./bus-unit.js";

const MHZ = 1_000_000;

interface Rule {
  allows(hz: number): boolean;
  message: string;
}

const oneOf =
  (...frequencies: number[]) =>
  (hz: number): boolean =>
    frequencies.includes(Math.floor(hz / MHZ));

const CRYSTAL_KHZ = 12_000;

/** Whether an RP2's clock comes to a frequency: `check_sys_clock_khz` of its SDK. */
function rp2Reaches(hz: number): boolean {
  const wanted = Math.floor(hz / 1000);
  for (let multiple = 320; multiple >= 16; multiple--) {
    const oscillator = multiple * CRYSTAL_KHZ;
    if (oscillator < 750_000 || oscillator > 1_600_000) continue;
    for (let first = 7; first >= 1; first--) {
      for (let second = first; second >= 1; second--) {
        if (oscillator === wanted * first * second) return true;
      }
    }
  }
  return false;
}

const rules: Partial<Record<Port, Rule>> = {
  rp2: {
    allows: rp2Reaches,
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
export function chipFrequency({ port, name }: BoardData, hz: number): number {
  if (port === "stm32") {
    const nearest = STM32_MHZ.filter((mhz) => mhz * MHZ <= hz).at(-1);
    if (nearest === undefined) throw new ValueError("invalid freq");
    return nearest * MHZ;
  }
  if (name === "esp32c3") {
    const allowed = "20MHz, 40MHz, 80Mhz or 160MHz";
    if (!oneOf(20, 40, 80, 160)(hz)) throw new ValueError(`frequency must be ${allowed}`);
  }
  const rule = rules[port];
  if (rule !== undefined && !rule.allows(hz)) throw new ValueError(rule.message);
  // An RP2 is set in kilohertz.
  return port === "rp2" ? hz - (hz % 1000) : hz;
}

/** An RP2's clock of its USB, which also drives its buses unless they are given the chip's. */
export const USB_CLOCK = 48_000_000;

/** What `machine.freq()` has set; `peripheral`: the clock of an RP2's buses. */
export const chipClock = perContext(() => ({
  hz: currentBoard().data.frequency,
  peripheral: USB_CLOCK,
}));
