/**
 * Which instructions of a PIO others can see: those that touch pins, FIFOs or flags. Side-sets aside, which
 * PioPins knows. By this PioMachine runs ahead of the host's time.
 */

import type { PioSettings } from "./pio-settings.js";

/** How far the registers are shifted, which decides whether a FIFO is touched. */
interface PioShift {
  readonly settings: PioSettings;
  readonly inCount: number;
  readonly outCount: number;
}

/** What nobody outside can see, but for its side-set. */
export function isPrivate(instruction: number, shift: PioShift): boolean {
  const target = (instruction >> 5) & 7;
  const { autopush, autopull, pushThreshold, pullThreshold } = shift.settings;
  const bits = instruction & 31 || 32;
  switch (instruction >> 13) {
    case 0:
      return target !== 6;
    case 2:
      return target !== 0 && !(autopush && shift.inCount + bits >= pushThreshold);
    case 3:
      return (
        (target === 1 || target === 2 || target === 3 || target === 6) &&
        !(autopull && shift.outCount + bits >= pullThreshold)
      );
    case 5:
      return (
        target !== 0 &&
        target !== 3 &&
        target !== 4 &&
        (instruction & 7) !== 0 &&
        (instruction & 7) !== 5
      );
    case 7:
      return target === 1 || target === 2;
    default:
      return false;
  }
}

/** Reads pins, and does nothing else that others could see. */
export function onlyLooks(instruction: number, shift: PioShift): boolean {
  const target = (instruction >> 5) & 7;
  const { autopush, pushThreshold } = shift.settings;
  switch (instruction >> 13) {
    case 0:
      return true;
    case 2:
      return !(autopush && shift.inCount + (instruction & 31 || 32) >= pushThreshold);
    case 5:
      return target !== 0 && target !== 3 && target !== 4 && (instruction & 7) === 0;
    default:
      return false;
  }
}
