/**
 * What a Wokwi diagram connects with what: wires, breadboards and junctions make one conductor of many
 * ends; resistors lead from one conductor to another, but not past the supply or ground, or a pull-up
 * would connect every part on the rail. diagram.ts asks it which pin of the board a part is on.
 */

const SUPPLY = /^(?:3V3.*|VCC|VBUS|VSYS|5V|VIN|3\.3V|V\+|VDD|\+)(?:\.\d+)?$/i;
const GROUND = /^(?:GND|AGND|VSS|V-)(?:\.\d+)?$/i;

export type Rail = "supply" | "ground";

/** Whether a pin's name says that it is for the supply or ground. */
export function isRail(pin: string): boolean {
  return SUPPLY.test(pin) || GROUND.test(pin);
}

/** A conductor: all ends on it. */
export interface Net {
  readonly ends: readonly string[];
  /** What it is, when an end names itself so. */
  readonly rail: Rail | null;
}

/** "led1:A": the part and its pin. */
export function splitEnd(end: string): [part: string, pin: string] {
  const colon = end.indexOf(":");
  return colon < 0 ? [end, ""] : [end.slice(0, colon), end.slice(colon + 1)];
}

export class DiagramNets {
  private readonly nets = new Map<string, Net>();

  constructor(
    private readonly types: ReadonlyMap<string, string>,
    connections: readonly (readonly [string, string, ...unknown[]])[],
  ) {
    const groups = new Map<string, Set<string>>();
    const join = (a: string, b: string): void => {
      const [left, right] = [a, b].map((end) => groups.get(end) ?? new Set([end])) as [
        Set<string>,
        Set<string>,
      ];
      for (const end of right) left.add(end);
      for (const end of left) groups.set(end, left);
    };
    for (const [a, b] of connections) {
      for (const end of [a, b]) join(end, this.sameAs(end) ?? end);
      join(a, b);
    }
    for (const group of new Set(groups.values())) {
      const ends = [...group];
      const net: Net = { ends, rail: this.railOf(ends) };
      for (const end of ends) this.nets.set(end, net);
    }
  }

  /** All conductors. */
  all(): Net[] {
    return [...new Set(this.nets.values())];
  }

  /** The pins of a part that are connected to something, one of those that are the same. */
  pins(part: string): string[] {
    const ends = [...this.nets.keys()].filter((end) => this.sameAs(end) === null).map(splitEnd);
    return ends.flatMap(([id, pin]) => (id === part ? [pin] : []));
  }

  /** The conductor that an end is on. */
  net(end: string): Net {
    return this.nets.get(end) ?? { ends: [end], rail: null };
  }

  /** The conductors that an end reaches, through resistors too; the nearest first. */
  reached(end: string): Net[] {
    const found = [this.net(end)];
    for (const net of found) {
      if (net.rail !== null) continue;
      for (const far of net.ends.flatMap((each) => this.otherEnd(each))) {
        const next = this.net(far);
        if (!found.includes(next)) found.push(next);
      }
    }
    return found;
  }

  /** Whether an end reaches the supply or ground. */
  reaches(end: string, rail: Rail): boolean {
    return this.reached(end).some((net) => net.rail === rail);
  }

  private railOf(ends: readonly string[]): Rail | null {
    const names = ends.map((end) => splitEnd(end)[1]);
    if (names.some((name) => GROUND.test(name))) return "ground";
    return names.some((name) => SUPPLY.test(name)) ? "supply" : null;
  }

  /** The other end of a resistor. */
  private otherEnd(end: string): string[] {
    const [id, pin] = splitEnd(end);
    const type = this.types.get(id) ?? "";
    const isResistor = type.includes("resistor") && !type.includes("photo");
    return isResistor ? [`${id}:${pin === "1" ? "2" : "1"}`] : [];
  }

  /** The row or rail that a hole of a breadboard belongs to; "SCL" for "SCL.1", one of several of it. */
  private sameAs(end: string): string | null {
    const [id, pin] = splitEnd(end);
    if (!this.types.get(id)?.includes("breadboard")) {
      const several = /^(.+)\.\d+$/.exec(pin);
      return several === null ? null : `${id}:${several[1]}`;
    }
    const rail = /^([tb][pn])\.\d+$/.exec(pin);
    if (rail !== null) return `${id}:${rail[1]}`;
    const row = /^(\d+[tb])\.[a-j]$/.exec(pin);
    return row === null ? null : `${id}:${row[1]}`;
  }
}
