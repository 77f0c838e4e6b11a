/** What is read from a stream piece by piece: str of a text stream, else bytes. */

import { Bytes } from "../core/bytes.js";
import { add } from "../core/operators.js";
import type { Value } from "../core/values.js";

const NEWLINE = 10;

/** Nothing read or written so far. */
export const NOTHING = new Bytes(0);

/** `a + b`, without a copy where one is empty. */
export function append(a: Value, b: Value): Value {
  return a === NOTHING && b instanceof Bytes ? b : add(a, b);
}

export function endsLine(line: Value): boolean {
  return typeof line === "string" ? line.endsWith("\n") : line[line.length - 1] === NEWLINE;
}
