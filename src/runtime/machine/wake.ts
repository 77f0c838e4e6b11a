/**
 * What ends a deep sleep beside its time: levels of pins and touches, as `esp32.wake_on_*` and
 * `Pin.irq(wake=...)` choose them. `machine.deepsleep` waits for it.
 */

import type { Waiting } from "../core/blocking/blocking.js";
import { Wait } from "../core/blocking/wait.js";
import { current, perContext } from "../core/context.js";
import { ValueError } from "../core/exception/exceptions.js";
import { isInt, type Value } from "../core/values.js";
import type { Host } from "../host/host.js";
import { currentBoard } from "./bus-unit.js";
import type { Level, PinLine } from "./hal.js";

/** The numbers of `machine.wake_reason()`. */
export const BY_EXT0 = 2;
export const BY_TIMER = 4;

/** The kinds of sleep, as `Pin.irq(wake=...)` has them. */
export const LIGHT = 2;
export const DEEP = 4;

export interface WakeSource {
  reason: number;
  lines: readonly PinLine[];
  level: Level;
  /** Every line must have the level, not any. */
  all: boolean;
  /** A finger on a line, instead of a level. */
  touch?: boolean;
  /** The kinds of sleep that it ends; all unless they are given. */
  sleeps?: number;
}

/** By the name of who chose it. */
export const wakeSources = perContext(() => new Map<string, WakeSource>());

/** Whether a pin is alive while the chip sleeps deeply. */
export function isWakePin({ data }: PinLine): boolean {
  return (currentBoard().data.wakePins ?? []).includes(data.number as number);
}

/** Sources that cannot be had beside the wanted one. */
export function excludeWake(...names: string[]): void {
  if (names.some((name) => wakeSources().has(name))) throw new ValueError("no resources");
}

/** `Pin.irq(trigger=Pin.WAKE_LOW, wake=machine.SLEEP)`: a level of one pin ends sleeps. */
export function wakeByPin(line: PinLine, level: Level, wake: Value): void {
  if (!isInt(wake) || typeof wake === "boolean" || wake < 2 || wake > 7) {
    throw new ValueError("bad wake value");
  }
  excludeWake("touch");
  if (!isWakePin(line)) throw new ValueError("invalid pin for wake");
  // A chip with a slot for it has one.
  if (!currentBoard().data.wakesByPin) return;
  const other = wakeSources().get("ext0");
  if (other !== undefined && other.lines[0] !== line) throw new ValueError("no resources");
  wakeSources().set("ext0", {
    ...{ reason: BY_EXT0, lines: [line], level, all: false },
    sleeps: Number(wake),
  });
}

/** The pin interrupts again instead of ending sleeps. */
export function wakesNoMore(line: PinLine): void {
  if (wakeSources().get("ext0")?.lines[0] === line) wakeSources().delete("ext0");
}

/** Refuses a deep sleep that pins should end which only end a light one. */
export function checkDeepSleep(): void {
  const pins = wakeSources().get("gpio")?.lines ?? [];
  if (pins.length === 0) return;
  const { deepWakePins } = currentBoard().data;
  if (deepWakePins === undefined) {
    throw new ValueError("DEEPSLEEP with gpio pins not supported on this chip");
  }
  if (!pins.every(({ data }) => deepWakePins.includes(data.number as number))) {
    throw new ValueError("wake-up pin not supported");
  }
}

/** Sleeps; gives the reason for which it ended. */
export function* sleepUntil(due: number | null, kind: number): Waiting<number> {
  const host = current().host as Host;
  const sources = [...wakeSources().values()].filter(
    ({ sleeps = LIGHT | DEEP }) => (sleeps & kind) !== 0,
  );
  for (;;) {
    const woken = sources.find(isActive);
    if (woken !== undefined) {
      const pins = woken.lines.filter((line) => has(woken, line));
      currentBoard().backup.set(
        "wake pins",
        pins.map(({ data }) => data.number ?? 0),
      );
      return woken.reason;
    }
    if (due !== null && host.now() >= due) {
      currentBoard().backup.delete("wake pins");
      return BY_TIMER;
    }
    yield new Wait(due, (wake) => {
      const ends = sources.flatMap(({ lines }) => lines.map((line) => line.watch(wake)));
      return () => {
        for (const end of ends) end();
      };
    });
  }
}

function isActive(source: WakeSource): boolean {
  const { lines, all } = source;
  return all ? lines.every((line) => has(source, line)) : lines.some((line) => has(source, line));
}

function has({ level, touch }: WakeSource, line: PinLine): boolean {
  return touch ? line.wired("touch").some(({ touched }) => touched) : line.read() === level;
}
