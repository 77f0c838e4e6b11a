/** Connects a simulated board as a wiring says, and books its events. Called when a program starts. */

import type { SimBoard } from "./board.js";
import type { Action, Part, PartKind, PartOptions, Site } from "./part.js";
import { partKinds } from "./parts/index.js";
import { Led } from "./parts/led.js";
import { holdUp, pinActions } from "./pin-actions.js";
import { type EventData, type PartData, type Wiring, WiringError } from "./wiring.js";

export type PartKinds = Readonly<Record<string, PartKind>>;

/** `kinds`: further kinds of parts that the wiring may name. */
export function applyWiring(board: SimBoard, wiring: Wiring, kinds: PartKinds = {}): void {
  for (const { from, to } of wiring.wires) board.wire(pinId(board, from), pinId(board, to));
  for (const part of wiring.parts) addPart(board, part, kinds);
  for (const event of wiring.events) bookEvent(board, event);
}

/** Solders a part to the board. */
export function addPart(board: SimBoard, data: PartData, kinds: PartKinds = {}): Part {
  const kind = kinds[data.type] ?? (partKinds as PartKinds)[data.type];
  if (kind === undefined) {
    const known = [...Object.keys(partKinds), ...Object.keys(kinds)].join(", ");
    throw new WiringError(`there is no part '${data.type}', there are ${known}`, data.id);
  }
  if (board.parts.has(data.id)) throw new WiringError("two parts have the same id", data.id);
  for (const name of Object.keys(data.entries)) {
    if (!kind.legs.includes(name) && !kind.options?.includes(name)) {
      const known = [...kind.legs, ...(kind.options ?? [])].join(", ");
      throw new WiringError(`a ${data.type} has no '${name}', it has ${known}`, data.id);
    }
  }
  const entries = { ...inSocket(board, data, kind), ...data.entries };
  board.partCounts.set(data.type, (board.partCounts.get(data.type) ?? 0) + 1);
  const part = kind.create(new BoardSite(board, { ...data, entries }));
  board.parts.set(data.id, part);
  if (part instanceof Led)
    board.ledPins.set(data.id, board.pin(pinId(board, String(data.entries.pin))));
  return part;
}

/** Where a part of which no leg is wired sits: in the board's socket for it. */
function inSocket(
  board: SimBoard,
  { type, entries }: PartData,
  kind: PartKind,
): PartData["entries"] {
  const isWired = kind.legs.some((leg) => leg in entries);
  return isWired ? {} : (board.data.sockets?.[type] ?? {});
}

/** The action that an event means. */
export function actionOf(board: SimBoard, target: string, action: string): Action {
  const part = board.parts.get(target);
  if (part === undefined && board.line(target) === undefined && !/^\d+$/.test(target)) {
    throw new WiringError(`board ${board.data.name} has no such part or pin`, target);
  }
  const actions = part ? (part.actions ?? {}) : pinActions(board, board.pin(pinId(board, target)));
  const found = Object.hasOwn(actions, action) ? actions[action] : undefined;
  if (found === undefined) {
    const known = Object.keys(actions).join(", ") || "nothing";
    throw new WiringError(`'${target}' cannot '${action}', it can ${known}`, target);
  }
  return found;
}

function bookEvent(board: SimBoard, event: EventData): void {
  const { target, duration, bounces, every } = event;
  const action = actionOf(board, target, event.action);
  if (!board.parts.has(target) && event.action === "press") holdUp(board.pin(pinId(board, target)));
  const happen = (at: number): void => {
    board.book(at, () => {
      action(event.args, { duration, bounces });
      if (every !== null) happen(at + every);
    });
  };
  happen(event.at);
}

/** Wiring names pins as the program does; "5" is the pin with the number 5. */
export function pinId(board: SimBoard, text: string): number | string {
  const id = /^\d+$/.test(text) ? Number(text) : text;
  if (board.line(id) === undefined) {
    throw new WiringError(`board ${board.data.name} has no such pin`, text);
  }
  return id;
}

class BoardSite implements Site {
  readonly id: string;
  readonly number: number;
  readonly options: PartOptions;

  constructor(
    private readonly board: SimBoard,
    private readonly data: PartData,
  ) {
    this.id = data.id;
    this.number = board.partCounts.get(data.type) ?? 1;
    this.options = {
      number: (name, fallback) => this.option(name, fallback, "a number"),
      text: (name, fallback) => this.option(name, fallback, "a text"),
      flag: (name, fallback) => this.option(name, fallback, "true or false"),
    };
  }

  has(leg: string): boolean {
    return leg in this.data.entries;
  }

  line(leg: string) {
    const pin = this.data.entries[leg];
    if (pin === undefined) {
      throw new WiringError(`a ${this.data.type} needs the pin of its '${leg}'`, this.id);
    }
    return this.board.pin(pinId(this.board, String(pin)));
  }

  leg(...[name, changed, pulls]: Parameters<Site["leg"]>) {
    return this.line(name).solder(changed, pulls);
  }

  connect(...[leg, role, device]: Parameters<Site["connect"]>): void {
    if (this.has(leg)) this.line(leg).connect(role, device);
  }

  now(): number {
    return this.board.now;
  }

  after(ms: number, action: () => void) {
    return this.board.book(this.board.now + ms, action);
  }

  report(...[kind, value]: Parameters<Site["report"]>): void {
    this.board.report(this.id, kind, value);
  }

  private option<T extends number | string | boolean>(name: string, fallback: T, what: string): T {
    const value = this.data.entries[name] ?? fallback;
    if (typeof value === typeof fallback) return value as T;
    throw new WiringError(`'${name}' must be ${what}`, this.id);
  }
}
