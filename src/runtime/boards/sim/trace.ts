/**
 * Who sees the levels of a simulated board change: a TraceSink is told of every edge. textTrace()
 * writes them as lines.
 */

import type { Level } from "../../machine/hal.js";

export interface TraceSink {
  /** The line called `label` has changed to `level` at `time` (milliseconds). */
  change(time: number, label: string, level: Level | number): void;
}

/** Writes each change as a line: `     5.000 ms  LED(1)  1`. */
export function textTrace(write: (line: string) => void): TraceSink {
  return {
    change(time, label, level) {
      write(`${time.toFixed(3).padStart(10)} ms  ${label}  ${level}\n`);
    },
  };
}
