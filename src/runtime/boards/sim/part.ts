/**
 * What a part is: something wired to the board by its legs, with actions that scripts and tests may
 * perform ("press", "turn", "set"). Each kind of part is a file in parts/; programs that embed the
 * runtime add kinds of their own by the same interface.
 */

import type { Alarm } from "../../host/agenda.js";
import type { EventValue, Level, Roles } from "../../machine/hal.js";
import type { LegHandle, SimLine } from "./line.js";

export type ActionArgument = number | string | boolean | null;

/** How long an action lasts, where the script says so. */
export interface ActionTiming {
  /** Milliseconds; null: not told. */
  readonly duration: number | null;
  readonly bounces: number;
}

export type Action = (args: readonly ActionArgument[], timing: ActionTiming) => void;

export interface Part {
  /** What scripts and tests can make it do, by name. */
  readonly actions?: Readonly<Record<string, Action>>;
  /** What can be seen of it, as plain data: for tests and reports. */
  readonly state: EventValue;
}

/** What a part is given: its legs, its options, the clock. */
export interface Site {
  readonly id: string;
  /** 1 for the first part of its kind. */
  readonly number: number;
  readonly options: PartOptions;
  /** Whether the wiring connects that leg. */
  has(leg: string): boolean;
  /** The line that a leg is soldered to; an error of the wiring when it is not. */
  line(leg: string): SimLine;
  /** Solders a leg that drives or watches levels. */
  leg(name: string, changed?: (level: Level) => void, pulls?: Level | null): LegHandle;
  /** Connects a leg in a role; nothing happens when the wiring leaves it out. */
  connect<R extends keyof Roles>(leg: string, role: R, device: Roles[R]): void;
  now(): number;
  /** Does something after so many milliseconds. */
  after(ms: number, action: () => void): Alarm;
  /** Tells observers what happened. */
  report(kind: string, value: EventValue): void;
}

/** The entries of a part in the wiring file, read with defaults; a wrong one is an error of the wiring. */
export interface PartOptions {
  number(name: string, fallback: number): number;
  text(name: string, fallback: string): string;
  flag(name: string, fallback: boolean): boolean;
}

export interface PartKind<P extends Part = Part> {
  /** The legs, as the wiring names them. */
  readonly legs: readonly string[];
  /** The options, as the wiring names them. */
  readonly options?: readonly string[];
  create(site: Site): P;
}
