/**
 * What a board offers to `machine` and `pyb`: lines that can be configured, written, read and watched.
 * The drivers in this folder see these interfaces only; boards/sim implements them.
 */

import type { BoardData, PinData } from "../boards/board-data.js";

export type Level = 0 | 1;
export type PinMode = "in" | "out" | "open-drain" | "alt" | "alt-open-drain" | "analog";
export type Pull = "none" | "up" | "down" | "both";

/** One pin of the chip. */
export interface PinLine {
  readonly data: PinData;
  /** null until it was configured. */
  readonly mode: PinMode | null;
  readonly pull: Pull;
  /** What was written last: seen on the line when it is an output. */
  readonly latch: Level;
  configure(mode: PinMode | null, pull: Pull | null, latch: Level | null): void;
  write(level: Level): void;
  /** The level on the line now. */
  read(): Level;
  /** Calls `listener` with the new level after each edge; null: no longer. */
  onEdge(listener: ((level: Level) => void) | null): void;
}

export interface Board {
  readonly data: BoardData;
  /** A pin by number or by one of its names; undefined when the board has none such. */
  line(id: number | string): PinLine | undefined;
}
