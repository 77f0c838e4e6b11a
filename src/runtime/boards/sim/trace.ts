/**
 * Who observes a simulated board: a TraceSink is told of every edge, and of what parts and drivers
 * report. textTrace() writes the edges as lines, jsonTrace() everything as one JSON object a line;
 * vcd.ts writes waveforms.
 */

import type { EventValue, Level } from "../../machine/hal.js";

export interface TraceSink {
  /** The line called `label` has changed to `level` at `time` (milliseconds). */
  change(time: number, label: string, level: Level | number): void;
  /** A part or a driver tells what it did. */
  event?(time: number, source: string, kind: string, value: EventValue): void;
}

/** Writes each change as a line: `     5.000 ms  LED(1)  1`. */
export function textTrace(write: (line: string) => void): TraceSink {
  return {
    change(time, label, level) {
      write(`${time.toFixed(3).padStart(10)} ms  ${label}  ${level}\n`);
    },
  };
}

/** Writes everything: `{"time":5,"source":"LED(1)","kind":"level","value":1}`. */
export function jsonTrace(write: (line: string) => void): TraceSink {
  const put = (time: number, source: string, kind: string, value: EventValue): void => {
    write(`${JSON.stringify({ time, source, kind, value })}\n`);
  };
  return {
    change: (time, label, level) => put(time, label, "level", level),
    event: put,
  };
}
