/** The board's date: the host's clock, moved by what the program set it to (`machine.RTC`). */

import { current } from "../core/context.js";
import type { Host } from "../host/host.js";
import type { Board } from "../machine/hal.js";

const OFFSET = "date offset";

/** Milliseconds since 1970, UTC. */
export function wallClock(): number {
  const { host, board } = current() as { host: Host; board: Board };
  return host.wallClock() + ((board.backup.get(OFFSET) as number | undefined) ?? 0);
}

/** Moves the board's date by so much against the host's clock. */
export function wallOffset(ms: number): void {
  (current().board as Board).backup.set(OFFSET, ms);
}

/** Seconds since 1970 as the board's clock shows them, which on a PC is local time. */
export function localSeconds(): number {
  const { host, board } = current() as { host: Host; board: Board };
  const ms = wallClock();
  return Math.floor(ms / 1000) + (board.data.port === "unix" ? host.timeZone(ms) * 60 : 0);
}
