/**
 * A simulated board: the lines of its pins, on a host's clock, with who traces them. Wiring and events
 * from outside come from wiring.ts or from calls of an embedding program.
 */

import type { Host } from "../../host/host.js";
import type { Board, Level } from "../../machine/hal.js";
import type { BoardData } from "../board-data.js";
import { SimLine } from "./line.js";
import type { TraceSink } from "./trace.js";

export class SimBoard implements Board {
  readonly lines: readonly SimLine[];
  private readonly byId = new Map<number | string, SimLine>();
  private readonly sinks: TraceSink[] = [];

  constructor(
    readonly data: BoardData,
    private readonly host: Pick<Host, "now" | "agenda">,
  ) {
    const traced = (line: SimLine, level: Level): void => this.trace(line.data.label, level);
    this.lines = data.pins.map((pin) => new SimLine(pin, data.implicitOutput, traced));
    for (const line of this.lines) {
      const { number, name, aliases } = line.data;
      if (number !== null) this.byId.set(number, line);
      for (const id of [name, ...aliases]) this.byId.set(id, line);
    }
    // The switch is at rest until somebody presses it.
    if (data.button !== null) this.pin(data.button).idle = 1;
    for (const line of this.lines) line.net.settle();
  }

  line(id: number | string): SimLine | undefined {
    return this.byId.get(id);
  }

  /** A pin by name; an error of the embedding program when there is none. */
  pin(id: number | string): SimLine {
    const line = this.byId.get(id);
    if (line === undefined) throw new RangeError(`board ${this.data.name} has no pin ${id}`);
    return line;
  }

  /** Connects two pins. */
  wire(a: number | string, b: number | string): void {
    this.pin(a).net.join(this.pin(b).net);
  }

  /** Does something at a time of the host's clock (milliseconds). */
  at(time: number, action: () => void): void {
    this.host.agenda.at(time, action);
  }

  addSink(sink: TraceSink): void {
    this.sinks.push(sink);
  }

  trace(label: string, level: number): void {
    for (const sink of this.sinks) sink.change(this.host.now(), label, level);
  }
}
