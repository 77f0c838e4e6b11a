/**
 * What the SPI units of an STM32 are set to: `machine.SPI` and `pyb.SPI` are two views of one unit, and each
 * prints what the other has set (ports/stm32/spi.c).
 */

import { perContext } from "../../core/context.js";
import type { SpiSettings } from "./spi-transfers.js";

interface Stm32Spi {
  settings: SpiSettings;
  /** Null: it is off. */
  role: "controller" | "peripheral" | null;
}

const units = perContext(() => new Map<number, Stm32Spi>());

export function stm32Spi(id: number): Stm32Spi {
  let unit = units().get(id);
  if (unit === undefined) {
    const settings = { baudrate: 0, polarity: 0, phase: 0, bits: 8, firstbit: 0 };
    unit = { settings, role: null };
    units().set(id, unit);
  }
  return unit;
}

/** Polarity and phase are bits, and words have eight bits or sixteen. */
export function roundStm32(settings: SpiSettings): void {
  settings.polarity = settings.polarity === 0 ? 0 : 1;
  settings.phase = settings.phase === 0 ? 0 : 1;
  if (settings.bits !== 16) settings.bits = 8;
}
