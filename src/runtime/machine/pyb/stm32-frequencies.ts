/**
 * The frequencies of an STM32: of its core, its memory and its two buses, each of which divides another's.
 * `machine.freq` and `pyb.freq` read and set them (ports/stm32/modmachine.c, powerctrl.c).
 */

import { perContext } from "../../core/context.js";
import { index } from "../../core/number/numbers.js";
import { tup, type Value } from "../../core/values.js";
import { currentBoard } from "../bus-unit.js";
import { chipClock, chipFrequency } from "../chip-frequency.js";

const MEMORY_DIVIDERS = [1, 2, 4, 8, 16, 64, 128, 256, 512];
const BUS_DIVIDERS = [1, 2, 4, 8, 16];

const dividers = perContext(() => ({ memory: 1, slow: 4, fast: 2 }));

/** (core, memory, slow bus, fast bus) in Hz */
export function stm32Frequencies(): Value {
  const { hz } = chipClock();
  const { memory, slow, fast } = dividers();
  const ahb = Math.floor(hz / memory);
  return tup(hz, ahb, Math.floor(ahb / slow), Math.floor(ahb / fast));
}

/** The core's, and those wanted of the rest: a half and a quarter of the memory's for the buses. */
export function setStm32Frequencies(core: Value, ...rest: readonly Value[]): null {
  const wanted = index(core);
  const [ahb, apb1, apb2] = rest.map((hz) => (hz === undefined ? undefined : index(hz)));
  const hz = chipFrequency(currentBoard().data, wanted);
  const memory = divider(MEMORY_DIVIDERS, wanted, ahb ?? wanted);
  const reached = Math.floor(wanted / memory);
  const slow = divider(BUS_DIVIDERS, reached, apb1 ?? Math.trunc(wanted / 4));
  const fast = divider(BUS_DIVIDERS, reached, apb2 ?? Math.trunc(wanted / 2));
  Object.assign(dividers(), { memory, slow, fast });
  chipClock().hz = hz;
  for (const changed of clockListeners()) changed();
  return null;
}

/** What counts by these clocks, and goes on at another pace when they change. */
export const clockListeners = perContext(() => new Set<() => void>());

/** Timers on the faster of the two buses. */
const FAST_TIMERS: readonly number[] = [1, 8, 9, 10, 11];

/** Hz of the clock that a timer divides: twice its bus's, unless that is as fast as the memory. */
export function stm32TimerClock(timer: number): number {
  const { memory, slow, fast } = dividers();
  const ahb = Math.floor(chipClock().hz / memory);
  const bus = FAST_TIMERS.includes(timer) ? fast : slow;
  return bus === 1 ? ahb : 2 * Math.floor(ahb / bus);
}

/** The first divider that is large enough. */
function divider(known: readonly number[], from: number, to: number): number {
  const least = to === 0 ? 0 : Math.floor(from / to);
  return known.find((each) => each >= least) ?? (known.at(-1) as number);
}
