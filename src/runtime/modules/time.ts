/** The `time` module: sleeping, ticks, dates. */

import { blocking } from "../core/blocking/blocking.js";
import { def } from "../core/call/signature.js";
import { current } from "../core/context.js";
import { OverflowError, TypeError } from "../core/exception/exceptions.js";
import { asArray } from "../core/iteration/iteration.js";
import { asInt, asNumber, index } from "../core/number/numbers.js";
import { asTuple, toFloat, toInt, type Value } from "../core/values.js";
import type { Host } from "../host/host.js";
import { interrupts } from "../host/interrupts.js";
import type { Board } from "../machine/hal.js";
import { dateFields, dateSeconds, EPOCH_OFFSET } from "../time/calendar.js";
import { pause } from "../time/pause.js";
import { ticksAdd, ticksDifference, toTicks } from "../time/ticks.js";
import { wallClock } from "../time/wall-clock.js";

/** What reading the clock counts as work (Host.work). */
const READ_WORK = 50;

function host(): Host {
  return current().host as Host;
}

function board(): Board {
  return current().board as Board;
}

/** `sleep(seconds)`, a float or an int. */
export const sleep = blocking(function* sleep(seconds: Value) {
  return yield* pause(1000 * asNumber(seconds));
});

export const sleep_ms = blocking(function* sleep_ms(ms: Value) {
  return yield* pause(index(ms));
});

export const sleep_us = blocking(function* sleep_us(us: Value) {
  return yield* pause(index(us) / 1000);
});

function read(): number {
  interrupts().worked(READ_WORK);
  return host().now();
}

export function ticks_ms(): number {
  return toTicks(Math.floor(read()));
}

export function ticks_us(): number {
  return toTicks(Math.floor(read() * 1000));
}

export function ticks_cpu(): number {
  return ticks_us();
}

export function ticks_add(ticks: Value, delta: Value): number {
  return ticksAdd(ticks, delta);
}

export function ticks_diff(end: Value, start: Value): number {
  return ticksDifference(end, start);
}

/** Seconds since the board's epoch. */
export function time(): Value {
  interrupts().worked(READ_WORK);
  const seconds = wallClock() / 1000 - epoch();
  return board().data.port === "unix" ? toFloat(seconds) : Math.floor(seconds);
}

export function time_ns(): Value {
  interrupts().worked(READ_WORK);
  const milliseconds = wallClock() - epoch() * 1000;
  return toInt(BigInt(Math.floor(milliseconds * 1000)) * 1000n);
}

function epoch(): number {
  return EPOCH_OFFSET[board().data.epoch];
}

/** The seconds since 1970 that an argument means; without one: now. */
function timestamp(secs: Value): number {
  if (secs === undefined || secs === null) return Math.floor(wallClock() / 1000);
  const { port } = board().data;
  if (port === "unix" || port === "generic") return Math.trunc(asNumber(secs)) + epoch();
  const seconds = asInt(secs);
  if (port === "rp2" && BigInt.asUintN(32, BigInt(seconds)) !== BigInt(seconds)) {
    throw new OverflowError("overflow converting long int to machine word");
  }
  return Number(seconds) + epoch();
}

/** On the unix port local time is the host's; on a board there are no time zones. */
function zone(seconds: number): number {
  return board().data.port === "unix" ? 60 * host().timeZone(seconds * 1000) : 0;
}

function fields(seconds: number): Value {
  const tuple = dateFields(seconds);
  if (board().data.port === "unix") tuple.push(0);
  return asTuple(tuple);
}

export const gmtime = def((secs?: Value) => fields(timestamp(secs)), "secs=, /", "gmtime");

export const localtime = def(
  (secs?: Value) => {
    const seconds = timestamp(secs);
    return fields(seconds + zone(seconds));
  },
  "secs=, /",
  "localtime",
);

export function mktime(tuple: Value): Value {
  const items = asArray(tuple);
  if (items.length < 8 || items.length > 9) {
    throw new TypeError("mktime needs a tuple of length 8 or 9");
  }
  const seconds = dateSeconds(items.slice(0, 6).map((item) => Number(asInt(item))));
  if (Number.isNaN(seconds)) throw new OverflowError("invalid mktime usage");
  // An RP2 counts seconds in 32 bits.
  if (board().data.port === "rp2") return seconds >>> 0;
  return seconds - zone(seconds) - epoch();
}
