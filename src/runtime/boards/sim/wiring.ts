/**
 * What is connected to a simulated board and what happens to it, as data: the content of a
 * `.wiring.json` file. Wires join pins; events press buttons and drive pins at given times.
 *
 *   { "wires": ["GP0 -> GP1"],
 *     "events": ["GP2 button press at 120 ms for 15 ms bounce 3", "GP3 high at 1 s"] }
 */

import type { Level } from "../../machine/hal.js";
import type { SimBoard } from "./board.js";
import type { SimLine } from "./line.js";

export interface WireData {
  from: string;
  to: string;
}

export type EventData =
  | { pin: string; kind: "press"; at: number; duration: number; bounces: number }
  | { pin: string; kind: "level"; at: number; level: Level | null };

export interface Wiring {
  wires: WireData[];
  events: EventData[];
}

/** The wiring cannot be read; `where` says which entry. */
export class WiringError extends Error {
  constructor(
    message: string,
    readonly where: string,
  ) {
    super(`${message}: ${where}`);
  }
}

const WIRE = /^(\S+)\s*(?:->|--|-)\s*(\S+)$/;
const PRESS =
  /^(\S+)\s+(?:button\s+)?press\s+at\s+([\d.]+\s*\w+)(?:\s+for\s+([\d.]+\s*\w+))?(?:,?\s+bounce\s+(\d+))?$/i;
const LEVEL = /^(\S+)\s+(high|low|float)\s+at\s+([\d.]+\s*\w+)$/i;
const TIME = /^([\d.]+)\s*(us|ms|s|min)$/;
const UNITS: Record<string, number> = { us: 0.001, ms: 1, s: 1000, min: 60_000 };
const PRESS_DURATION = 100;
/** How long one contact of a bouncing button lasts (milliseconds). */
const BOUNCE = 0.3;

/** Reads the content of a wiring file (already parsed JSON). */
export function parseWiring(data: unknown): Wiring {
  if (typeof data !== "object" || data === null || Array.isArray(data)) {
    throw new WiringError("a wiring file holds an object", JSON.stringify(data));
  }
  for (const key of Object.keys(data)) {
    if (key !== "wires" && key !== "events") throw new WiringError("unknown entry", key);
  }
  const { wires, events } = data as { wires?: unknown; events?: unknown };
  return {
    wires: texts(wires, "wires").map(parseWire),
    events: texts(events, "events").map(parseEvent),
  };
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

function parseEvent(text: string): EventData {
  const press = PRESS.exec(text.trim());
  if (press !== null) {
    const [, pin, at, duration, bounces] = press;
    return {
      pin: pin as string,
      kind: "press",
      at: parseTime(at as string, text),
      duration: duration === undefined ? PRESS_DURATION : parseTime(duration, text),
      bounces: bounces === undefined ? 0 : Number(bounces),
    };
  }
  const level = LEVEL.exec(text.trim());
  if (level === null) {
    throw new WiringError('an event is "PIN press at TIME for TIME" or "PIN high at TIME"', text);
  }
  const [, pin, name, at] = level;
  const levels: Record<string, Level | null> = { high: 1, low: 0, float: null };
  return {
    pin: pin as string,
    kind: "level",
    at: parseTime(at as string, text),
    level: levels[(name as string).toLowerCase()] as Level | null,
  };
}

function parseTime(text: string, where: string): number {
  const match = TIME.exec(text.trim());
  if (match === null) throw new WiringError("a time is a number and us, ms, s or min", where);
  return Number(match[1]) * (UNITS[match[2] as string] as number);
}

/** Connects a board as the wiring says and books its events. */
export function applyWiring(board: SimBoard, wiring: Wiring): void {
  for (const { from, to } of wiring.wires) board.wire(pinId(board, from), pinId(board, to));
  for (const event of wiring.events) {
    const line = board.pin(pinId(board, event.pin));
    if (event.kind === "level") board.at(event.at, () => line.drive(event.level));
    else press(board, line, event.at, event.duration, event.bounces);
  }
}

/** Presses the button on a pin: it connects it to ground, or to the supply where it is pulled down. */
export function press(
  board: SimBoard,
  line: SimLine,
  at: number,
  duration: number,
  bounces = 0,
): void {
  const down = (): void => line.drive(line.pull === "down" ? 1 : 0);
  const up = (): void => line.drive(null);
  // A button has a resistor of its own that holds the line while nobody presses it.
  if (line.idle === null) {
    line.idle = 1;
    line.net.settle();
  }
  for (let i = 0; i < bounces; i++) {
    board.at(at + 2 * i * BOUNCE, down);
    board.at(at + (2 * i + 1) * BOUNCE, up);
  }
  board.at(at + 2 * bounces * BOUNCE, down);
  board.at(at + duration, up);
}

/** Wiring names pins as the program does; "5" is the pin with the number 5. */
function pinId(board: SimBoard, text: string): number | string {
  const id = /^\d+$/.test(text) ? Number(text) : text;
  if (board.line(id) === undefined) {
    throw new WiringError(`board ${board.data.name} has no such pin`, text);
  }
  return id;
}
