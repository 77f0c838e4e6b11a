/**
 * Reads the `diagram.json` of Wokwi's simulator as a wiring: parts that this package has too are
 * soldered to the pins of the board that their connections lead to, through wires, resistors and
 * breadboards. What it has not is left out, and said.
 */

import type { PartKinds } from "./apply-wiring.js";
import { DIAGRAM_BOARDS } from "./diagram-boards.js";
import { DiagramNets, isRail, splitEnd } from "./diagram-nets.js";
import { COMPOSED, type DiagramRow, PASSIVE, type Reach, ROWS } from "./diagram-parts.js";
import type { PartKind } from "./part.js";
import { type Wiring, WiringError } from "./wiring.js";

export interface Diagram {
  parts: { type: string; id: string; attrs?: Record<string, unknown> | null }[];
  connections: [string, string, ...unknown[]][];
}

/** The terminal of the simulator, which is in no list of parts. */
const SERIAL_MONITOR = "$serialMonitor";

export interface ReadDiagram {
  wiring: Wiring;
  /**
   * What is left out, by id and type: "m1 (wokwi-stepper-motor)"; where only some of its pins are, with
   * their names: "imu1 (wokwi-mpu6050: INT)".
   */
  ignored: string[];
}

/** Whether data is meant as a diagram rather than as a wiring of ours. */
export function isDiagram(data: unknown): data is Diagram {
  const { parts, connections } = (data ?? {}) as Partial<Diagram>;
  return Array.isArray(parts) && Array.isArray(connections);
}

/** `kinds`: parts that are not of this package, by the types that the diagram gives them ("chip-scale"). */
export function readDiagram(data: unknown, kinds: PartKinds = {}): ReadDiagram {
  const { parts, connections } = checked(data);
  const board = parts.find(({ type }) => Object.hasOwn(DIAGRAM_BOARDS, type));
  if (board === undefined) {
    const known = Object.keys(DIAGRAM_BOARDS).join(", ");
    throw new WiringError(`the diagram has none of the boards ${known}`, "parts");
  }
  const { board: name, pin } = DIAGRAM_BOARDS[board.type] as (typeof DIAGRAM_BOARDS)[string];
  const nets = new DiagramNets(new Map(parts.map(({ id, type }) => [id, type])), connections);
  /** The pins of the board among the ends of a conductor. */
  const pinsAmong = (ends: readonly string[]): string[] => {
    const found = ends
      .map(splitEnd)
      .flatMap(([id, leg]) => (id === board.id ? (pin(leg) ?? []) : []));
    return [...new Set(found)];
  };
  const pinOf = (start: string): string | null =>
    nets.reached(start).flatMap(({ ends }) => pinsAmong(ends))[0] ?? null;
  const wiring: Wiring = { board: name, wires: [], parts: [], events: [] };
  const ignored: string[] = [];
  for (const { ends, rail } of nets.all()) {
    const [first, ...others] = rail === null ? pinsAmong(ends) : [];
    if (first !== undefined)
      for (const other of others) wiring.wires.push({ from: first, to: other });
  }
  /** False: nothing of it leads to a pin of the board, or not what it needs. */
  const add = (
    id: string,
    part: string,
    row: DiagramRow,
    attrs: Record<string, string>,
  ): boolean => {
    const legs = Object.entries(row.legs).flatMap(([leg, names]) => {
      const soldered = names.map((each) => pinOf(`${part}:${each}`)).find((each) => each !== null);
      return soldered ? [[leg, soldered] as const] : [];
    });
    const found = new Set(legs.map(([leg]) => leg));
    if (legs.length === 0 || row.needs?.some((leg) => !found.has(leg))) return false;
    const reach: Reach = {
      isOn: (rail, leg) => nets.net(`${part}:${leg}`).rail === rail,
      leadsTo: (rail, leg) => nets.reaches(`${part}:${leg}`, rail),
      pin: (leg) => pinOf(`${part}:${leg}`),
    };
    const entries = { ...Object.fromEntries(legs), ...row.options?.(attrs, reach) };
    wiring.parts.push({ type: row.type, id, entries });
    return true;
  };
  for (const { type, id, attrs } of parts) {
    if (id === board.id || PASSIVE.test(type)) continue;
    const rows = rowsOf(type, id, kinds);
    const texts = Object.entries(attrs ?? {}).map(([key, value]) => [key, String(value)]);
    const given: Record<string, string> = Object.fromEntries(texts);
    const added = rows.map(([own, row]) => add(own, id, row, given));
    const wired = nets.pins(id);
    if (!added.includes(true)) {
      if (rows.length === 0 || wired.length > 0) ignored.push(`${id} (${type})`);
      continue;
    }
    const known = new Set(
      rows.flatMap(([, { legs, also = [] }]) => [...Object.values(legs).flat(), ...also]),
    );
    const unread = wired.filter(
      (leg) => !known.has(leg) && !isRail(leg) && pinOf(`${id}:${leg}`) !== null,
    );
    if (unread.length > 0) ignored.push(`${id} (${type}: ${unread.join(", ")})`);
  }
  const terminal = { type: "console", legs: { rx: ["RX"], tx: ["TX"] } };
  add(SERIAL_MONITOR, SERIAL_MONITOR, terminal, {});
  return { wiring, ignored };
}

/** What a part of a diagram is here, by the ids that it gets; nothing when there is no such part. */
function rowsOf(type: string, id: string, kinds: PartKinds): [id: string, row: DiagramRow][] {
  const kind = Object.hasOwn(kinds, type) ? kinds[type] : undefined;
  const row = kind ? rowOf(type, kind) : Object.hasOwn(ROWS, type) ? ROWS[type] : undefined;
  if (row !== undefined) return [[id, row]];
  const composed = Object.hasOwn(COMPOSED, type) ? (COMPOSED[type] ?? {}) : {};
  return Object.entries(composed).map(([own, each]) => [`${id}.${own}`, each]);
}

/** A part of somebody else's has pins and attributes by the names of its legs and options. */
function rowOf(type: string, { legs, options = [] }: PartKind): DiagramRow {
  return {
    type,
    legs: Object.fromEntries(legs.map((leg) => [leg, [leg, leg.toUpperCase(), leg.toLowerCase()]])),
    options: (attrs) => {
      const given = options.flatMap((name) => {
        const text = attrs[name];
        const number = Number.parseFloat(text ?? "");
        return text === undefined ? [] : [[name, String(number) === text ? number : text] as const];
      });
      return Object.fromEntries(given);
    },
  };
}

function checked(data: unknown): Diagram {
  if (!isDiagram(data)) {
    throw new WiringError("a diagram has parts and connections", "diagram.json");
  }
  const { parts, connections } = data;
  const isPart = (part: Diagram["parts"][number]): boolean =>
    typeof part?.id === "string" && typeof part.type === "string";
  const wrong = parts.findIndex((part) => !isPart(part));
  if (wrong >= 0)
    throw new WiringError("a part of a diagram has an id and a type", `parts[${wrong}]`);
  const loose = connections.findIndex(
    (ends) => typeof ends?.[0] !== "string" || typeof ends[1] !== "string",
  );
  if (loose >= 0) {
    throw new WiringError("a connection of a diagram has two ends", `connections[${loose}]`);
  }
  return { parts, connections };
}
