/**
 * Writes the levels of a run as a value change dump, for waveform viewers (GTKWave, PulseView): a wire
 * for each pin that changed, a real for each pulse width.
 */

import type { EventValue, Level } from "../../machine/hal.js";
import type { TraceSink } from "./trace.js";

const NS_PER_MS = 1_000_000;
/** Printable characters, of which identifiers consist. */
const FIRST = 33;
const COUNT = 94;

interface Variable {
  identifier: string;
  kind: "wire" | "real";
  name: string;
  /** As a change line without its time. */
  initial: string;
}

export class VcdTrace implements TraceSink {
  private readonly variables = new Map<string, Variable>();
  private readonly changes: string[] = [];
  private time = -1;

  change(time: number, label: string, level: Level | number): void {
    // A line that changes to high was low before.
    const { identifier } = this.variable(label, "wire", (id) => `${level === 1 ? 0 : 1}${id}`);
    this.put(time, `${level}${identifier}`);
  }

  event(time: number, source: string, kind: string, value: EventValue): void {
    if (kind !== "pwm") return;
    const { identifier } = this.variable(`${source}.duty`, "real", (id) => `r0 ${id}`);
    const duty = value === null ? 0 : (value as { duty: number }).duty;
    this.put(time, `r${duty} ${identifier}`);
  }

  /** The whole file; `end` is the time at which the run ended (milliseconds). */
  text(end: number): string {
    const variables = [...this.variables.values()];
    return [
      "$version mpy2ts $end",
      "$timescale 1ns $end",
      "$scope module board $end",
      ...variables.map(
        ({ identifier, kind, name }) =>
          `$var ${kind} ${kind === "wire" ? 1 : 64} ${identifier} ${name} $end`,
      ),
      "$upscope $end",
      "$enddefinitions $end",
      "$dumpvars",
      ...variables.map(({ initial }) => initial),
      "$end",
      ...this.changes,
      ...(nanoseconds(end) > this.time ? [`#${nanoseconds(end)}`] : []),
      "",
    ].join("\n");
  }

  private variable(
    label: string,
    kind: Variable["kind"],
    initial: (id: string) => string,
  ): Variable {
    let found = this.variables.get(label);
    if (found === undefined) {
      const identifier = identifierOf(this.variables.size);
      // Names are without brackets, which viewers take for the bits of a bus.
      const name = label.replace(/\((\w+)\)/g, "$1").replace(/[^\w.]/g, "_");
      found = { identifier, kind, name, initial: initial(identifier) };
      this.variables.set(label, found);
    }
    return found;
  }

  private put(time: number, line: string): void {
    const at = nanoseconds(time);
    if (at > this.time) {
      this.changes.push(`#${at}`);
      this.time = at;
    }
    this.changes.push(line);
  }
}

function nanoseconds(ms: number): number {
  return Math.round(ms * NS_PER_MS);
}

function identifierOf(n: number): string {
  const digit = String.fromCharCode(FIRST + (n % COUNT));
  return n < COUNT ? digit : digit + identifierOf(Math.floor(n / COUNT) - 1);
}
