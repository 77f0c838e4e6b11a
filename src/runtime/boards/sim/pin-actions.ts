/** What scripts and tests can do to a bare pin of the board: press a button on it, drive it, let go. */

import type { Level } from "../../machine/hal.js";
import type { SimBoard } from "./board.js";
import { type SimLine, SUPPLY } from "./line.js";
import type { Action, ActionArgument } from "./part.js";

/** How long a button is pressed unless told otherwise (milliseconds). */
export const PRESS_DURATION = 100;
/** How long one contact of a bouncing button lasts (milliseconds). */
const BOUNCE = 0.3;

export function pinActions(board: SimBoard, line: SimLine): Readonly<Record<string, Action>> {
  const level =
    (wanted: Level | null): Action =>
    (_args, { duration }) => {
      line.drive(wanted);
      if (duration !== null) board.book(board.now + duration, () => line.drive(null));
    };
  return {
    press: ([ms], { duration, bounces }) =>
      press(board, line, board.now, duration ?? pressDuration(ms), bounces),
    high: level(1),
    low: level(0),
    float: level(null),
    volts: ([volts]) => {
      line.externalVolts = typeof volts === "number" ? Math.min(SUPPLY, Math.max(0, volts)) : null;
    },
  };
}

/** What the action `press` is given: milliseconds, or nothing. */
export function pressDuration(ms: ActionArgument = PRESS_DURATION): number {
  if (typeof ms !== "number" || !(ms >= 0)) throw new RangeError(`nothing is pressed for ${ms} ms`);
  return ms;
}

/** Presses a button on the pin: it connects it to ground, or to the supply where it is pulled down. */
export function press(
  board: SimBoard,
  line: SimLine,
  at: number,
  duration: number,
  bounces = 0,
): void {
  const down = (): void => line.drive(pressedLevel(line));
  const up = (): void => line.drive(null);
  bounce(board, at, bounces, down, up);
  board.book(at + duration, up);
}

/** The level that a button on the pin leads to: a pin that the program pulls down is pressed high. */
export function pressedLevel(line: SimLine): Level {
  return line.mode !== null && line.pull === "down" ? 1 : 0;
}

/** Closes a contact at a time, after it has bounced. */
export function bounce(
  board: Pick<SimBoard, "book">,
  at: number,
  bounces: number,
  close: () => void,
  open: () => void,
): void {
  for (let i = 0; i < bounces; i++) {
    board.book(at + 2 * i * BOUNCE, close);
    board.book(at + (2 * i + 1) * BOUNCE, open);
  }
  board.book(at + 2 * bounces * BOUNCE, close);
}

/** A button has a resistor of its own that holds the line while nobody presses it. */
export function holdUp(line: SimLine): void {
  if (line.idle !== null) return;
  line.idle = 1;
  line.net.settle();
}
