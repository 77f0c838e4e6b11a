/**
 * What ends a deep sleep beside its time: levels of pins and touches, as `esp32.wake_on_*` and
 * `Pin.irq(wake=...)` choose them. `machine.deepsleep` waits for it.
 */

import type { Waiting } from "../core/blocking.js";
import { current, perContext } from "../core/context.js";
import { Wait } from "../core/wait.js";
import type { Host } from "../host/host.js";
import { currentBoard } from "./bus-unit.js";
import type { Level, PinLine } from "./hal.js";

/** The numbers of `machine.wake_reason()`. */
export const BY_TIMER = 4;

export interface WakeSource {
  reason: number;
  lines: readonly PinLine[];
  level: Level;
  /** Every line must have the level, not any. */
  all: boolean;
  /** A finger on a line, instead of a level. */
  touch?: boolean;
}

/** By the name of who chose it. */
export const wakeSources = perContext(() => new Map<string, WakeSource>());

/** Sleeps; gives the reason for which it ended. */
export function* sleepUntil(due: number | null): Waiting<number> {
  const host = current().host as Host;
  const sources = [...wakeSources().values()];
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
