/**
 * What the clock of an STM32 does in its own way (ports/stm32/rtc.c): it keeps the weekday that it is told,
 * 1 to 7, whatever the date, and wakes the chip by a counter of 16 bits.
 */

import { ValueError } from "../../core/exception/exceptions.js";
import { index } from "../../core/number/numbers.js";
import type { Value } from "../../core/values.js";
import { dateFields } from "../../time/calendar.js";
import { currentBoard } from "../bus-unit.js";

/** The line that a wake-up interrupts: what its callback is called with. */
export const STM32_WAKEUP_LINE = 22;

const DAYS = 7;
const SHIFT = "weekday of the clock";
/** Hz of the clock's crystal, and the largest of its dividers. */
const CRYSTAL = 32_768;
const SLOWEST = 16;
/** Selections of whole seconds, and what the second of them adds to the counter. */
const SECONDS = 4;
const MORE_SECONDS = 6;
const MORE = 0x10000;

/** Monday is 1, as the date has it. */
const calendarDay = (now: number): number => (dateFields(Math.floor(now / 1000))[6] as number) + 1;

export function stm32Weekday(now: number): number {
  const shift = (currentBoard().backup.get(SHIFT) as number | undefined) ?? 0;
  return ((calendarDay(now) - 1 + shift) % DAYS) + 1;
}

export function setStm32Weekday(weekday: number, now: number): void {
  currentBoard().backup.set(SHIFT, (weekday - calendarDay(now) + 2 * DAYS) % DAYS);
}

/** Milliseconds between wake-ups for those that a program wants; null: none. */
export function stm32Period(wanted: Value): number | null {
  if (wanted === null) return null;
  const ms = index(wanted);
  let divider = 2;
  while (divider <= SLOWEST && ms > 2000 * divider) divider *= 2;
  if (divider <= SLOWEST) {
    const ticks = Math.trunc(((CRYSTAL / divider) * ms) / 1000);
    return (Math.max(1, ticks) * divider * 1000) / CRYSTAL;
  }
  const seconds = Math.trunc(ms / 1000);
  if (seconds > 2 * MORE) throw new ValueError("wakeup value too large");
  return seconds * 1000;
}

/** The same for the numbers of the registers. */
export function stm32Wakeup(wucksel: Value, wut: Value): number {
  const [selection, counter] = [index(wucksel) & 7, index(wut)];
  if (selection >= SECONDS) {
    return (counter + 1 + (selection >= MORE_SECONDS ? MORE : 0)) * 1000;
  }
  return ((counter + 1) * (SLOWEST >> selection) * 1000) / CRYSTAL;
}
