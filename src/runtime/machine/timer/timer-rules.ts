/**
 * Where ports differ for `machine.Timer`: which ids there are, how finely periods are counted, what is
 * said about others. From `ports/{rp2,esp32}/machine_timer.c`, `ports/esp8266/modmachine.c` and, for the
 * pyboard, `extmod/machine_timer.c`.
 */

import type { Port } from "../../boards/board-data.js";
import { TypeError, ValueError, ZeroDivisionError } from "../../core/exception/exceptions.js";

export interface TimerSettings {
  id: number;
  periodic: boolean;
  /** In counts of the port. */
  period: bigint;
}

export interface TimerRules {
  /** Refuses an id; `hardware`: how many timers the chip has. */
  checkId(id: number, hardware: number): void;
  /** A timer that nothing is known of but its id. */
  initial: Omit<TimerSettings, "id">;
  /** Milliseconds that one count takes. */
  count: number;
  /** Counts in the shortest period; what is shorter takes as long. */
  shortest: bigint;
  /** Counts in `period` ticks; null: the period that it had. */
  counts(period: number | null, tickHz: number, before: bigint): bigint;
  /** Refuses a period, in counts. */
  checkPeriod(counts: bigint): void;
  /** A timer that is set anew without a callback keeps the one that it had. */
  keepsCallback: boolean;
  hard: boolean;
  print(timer: TimerSettings): string;
}

const MICROSECOND = 1 / 1000;
const MEGAHERTZ = 1_000_000n;

/** In microseconds, as 64 bits without a sign have it: no period at all is -1, and takes for ever. */
function microseconds(period: number | null, tickHz: number): bigint {
  // The chips divide by zero, which ends the program in one way or another.
  if (tickHz === 0) throw new ZeroDivisionError("divide by zero");
  return BigInt.asUintN(64, BigInt(period ?? -1) * MEGAHERTZ) / BigInt(tickHz);
}

/** Division by zero comes to the largest number. */
function quotient(dividend: bigint, divisor: bigint): bigint {
  return divisor === 0n ? 2n ** 64n - 1n : dividend / divisor;
}

function softOnly(id: number): void {
  if (id !== -1) throw new ValueError("Timer doesn't exist");
}

const mode = (periodic: boolean): string => (periodic ? "PERIODIC" : "ONE_SHOT");

/** `extmod/machine_timer.c` */
const soft: TimerRules = {
  checkId: softOnly,
  initial: { periodic: true, period: 1000n },
  count: 1,
  shortest: 1n,
  counts: (period, tickHz, before) =>
    period === null || period === -1
      ? before
      : quotient(BigInt.asUintN(64, BigInt(period) * 1000n), BigInt.asUintN(64, BigInt(tickHz))),
  checkPeriod(counts) {
    if (counts >= 0x40000000n) throw new ValueError("period too large");
  },
  keepsCallback: true,
  hard: true,
  print: ({ periodic, period }) => `Timer(mode=${mode(periodic)}, period=${period})`,
};

const rp2: TimerRules = {
  checkId: softOnly,
  initial: { periodic: false, period: 0n },
  count: MICROSECOND,
  shortest: 1n,
  counts: microseconds,
  checkPeriod() {},
  keepsCallback: false,
  hard: true,
  print({ periodic, period }) {
    // What 32 bits cannot hold is printed by thousands, of which 32 bits are left.
    const isShort = period <= 0xffffffffn;
    const text = isShort ? period : `${BigInt.asUintN(32, period / 1000n)}000`;
    return `Timer(mode=${mode(periodic)}, tick_hz=1000000, period=${text})`;
  },
};

const esp32: TimerRules = {
  checkId(id, hardware) {
    if (id < hardware) return;
    throw new ValueError(`Timer(${id}) doesn't exist, there are only ${hardware} hardware timers`);
  },
  initial: { periodic: false, period: 0n },
  count: MICROSECOND,
  shortest: 0n,
  counts: microseconds,
  checkPeriod(counts) {
    if (counts === 0n) throw new ValueError("Timer period is too short for this timer");
  },
  keepsCallback: false,
  hard: false,
  // The port names the mode the wrong way round.
  print: ({ id, periodic, period }) =>
    `Timer(${id}, mode=${mode(!periodic)}, period=${BigInt.asUintN(32, period / 1000n)})`,
};

const esp8266: TimerRules = {
  checkId() {},
  initial: { periodic: true, period: 0n },
  count: MICROSECOND,
  shortest: 100n,
  counts: microseconds,
  checkPeriod() {},
  keepsCallback: false,
  hard: true,
  print: () => "Timer(3fff2a30)",
};

/** Any id that some port has. */
const generic: TimerRules = {
  ...soft,
  checkId(id, hardware) {
    if (id >= hardware) throw new ValueError("Timer doesn't exist");
  },
};

export const timerRules: Record<Port, TimerRules> = {
  generic,
  rp2,
  esp32,
  esp8266,
  stm32: soft,
  unix: soft,
};

/** The ESP8266's constructor takes an id and nothing else. */
export function checkConstructor(port: Port, id: unknown, settings: readonly unknown[]): void {
  if (port !== "esp8266") return;
  if (settings.some((setting) => setting !== undefined)) {
    throw new TypeError("function doesn't take keyword arguments");
  }
  if (id === undefined) {
    throw new TypeError("function takes 1 positional arguments but 0 were given");
  }
}
