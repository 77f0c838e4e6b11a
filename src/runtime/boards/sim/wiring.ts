/**
 * What is connected to a simulated board and what happens to it, as data: the content of a
 * `board.json` or `.wiring.json` file. Wires join pins; parts are soldered to pins; events press
 * buttons, drive pins and make parts act at given times. apply-wiring.ts puts it into effect.
 *
 *   { "board": "pico",
 *     "wires": ["GP0 -> GP1"],
 *     "parts": [{ "type": "led", "id": "status", "pin": "GP15" }],
 *     "events": ["GP2 press at 120 ms for 15 ms bounce 3", "knob turn 2 at 1 s every 500 ms"] }
 */

import type { ActionArgument } from "./part.js";

export interface WireData {
  from: string;
  to: string;
}

export interface PartData {
  type: string;
  id: string;
  /** Legs (with the pins that they are soldered to) and options. */
  entries: Readonly<Record<string, string | number | boolean>>;
}

export interface EventData {
  /** The id of a part, or a pin. */
  target: string;
  action: string;
  args: ActionArgument[];
  /** Milliseconds, as the others. */
  at: number;
  duration: number | null;
  bounces: number;
  every: number | null;
}

export interface Wiring {
  /** The board that it is for; null leaves that open. */
  board: string | null;
  wires: WireData[];
  parts: PartData[];
  events: EventData[];
}

/** The wiring cannot be read; `where` says which entry. */
export class WiringError extends Error {
  constructor(
    message: string,
    readonly where: string,
  ) {
    super(`${where}: ${message}`);
    this.name = "WiringError";
  }
}

const KEYS = new Set(["board", "wires", "parts", "events", "$schema"]);
const WIRE = /^(\S+)\s*(?:->|--|-)\s*(\S+)$/;
const EVENT =
  /^(\S+)\s+(?:button\s+)?(\w+)(?:\s+(.*?))??\s+at\s+([\d.]+\s*\w+)(?:\s+for\s+([\d.]+\s*\w+))?(?:,?\s+bounce\s+(\d+))?(?:,?\s+every\s+([\d.]+\s*\w+))?$/i;
const TIME = /^([\d.]+)\s*(us|ms|s|min|h)$/;
const UNITS: Record<string, number> = { us: 0.001, ms: 1, s: 1000, min: 60_000, h: 3_600_000 };
const EVENT_FORM = 'an event is "PIN press at TIME for TIME" or "PIN high at TIME"';

/** Reads the content of a wiring file (already parsed JSON). */
export function parseWiring(data: unknown): Wiring {
  if (!isRecord(data)) throw new WiringError("a wiring file holds an object", JSON.stringify(data));
  for (const key of Object.keys(data)) {
    if (!KEYS.has(key)) throw new WiringError("unknown entry", key);
  }
  const { board = null, wires, parts = [], events } = data;
  if (board !== null && typeof board !== "string") {
    throw new WiringError("a board is named by a text", JSON.stringify(board));
  }
  if (!Array.isArray(parts)) throw new WiringError("expected a list of parts", "parts");
  return {
    board,
    wires: texts(wires, "wires").map(parseWire),
    parts: parts.map(parsePart),
    events: texts(events, "events").map(parseEvent),
  };
}

function isRecord(data: unknown): data is Record<string, unknown> {
  return typeof data === "object" && data !== null && !Array.isArray(data);
}

function texts(list: unknown, where: string): string[] {
  if (list === undefined) return [];
  if (!Array.isArray(list) || !list.every((item) => typeof item === "string")) {
    throw new WiringError("expected a list of texts", where);
  }
  return list;
}

function parseWire(text: string): WireData {
  const match = WIRE.exec(text.trim());
  if (match === null) throw new WiringError('a wire is "PIN -> PIN"', text);
  return { from: match[1] as string, to: match[2] as string };
}

function parsePart(data: unknown, position: number): PartData {
  if (!isRecord(data) || typeof data.type !== "string") {
    throw new WiringError("a part is an object with a type", JSON.stringify(data));
  }
  const { type, id = `${type}${position + 1}`, ...entries } = data;
  if (typeof id !== "string") throw new WiringError("an id is a text", JSON.stringify(id));
  for (const [name, value] of Object.entries(entries)) {
    if (!["string", "number", "boolean"].includes(typeof value)) {
      throw new WiringError(
        "an entry of a part is a text, a number or a truth value",
        `${id}.${name}`,
      );
    }
  }
  return { type, id, entries: entries as PartData["entries"] };
}

/** Reads one event; tests of programs use it as well. */
export function parseEvent(text: string): EventData {
  const match = EVENT.exec(text.trim());
  if (match === null) throw new WiringError(EVENT_FORM, text);
  const [, target, action, args = "", at, duration, bounces, every] = match;
  return {
    target: target as string,
    action: (action as string).toLowerCase(),
    args: parseArguments(args),
    at: parseTime(at as string, text),
    duration: duration === undefined ? null : parseTime(duration, text),
    bounces: bounces === undefined ? 0 : Number(bounces),
    every: every === undefined ? null : parseTime(every, text),
  };
}

/** `22.5`, `"a text"`, `word`, `name=value` (two arguments). */
function parseArguments(text: string): ActionArgument[] {
  return [...text.matchAll(/"(?:[^"\\]|\\.)*"|[^\s=,]+/g)].map(([token]) => {
    if (token.startsWith('"')) return JSON.parse(token) as string;
    if (token === "true" || token === "false") return token === "true";
    const number = Number(token);
    return Number.isNaN(number) ? token : number;
  });
}

function parseTime(text: string, where: string): number {
  const match = TIME.exec(text.trim());
  if (match === null) throw new WiringError("a time is a number and us, ms, s or min", where);
  return Number(match[1]) * (UNITS[match[2] as string] as number);
}
