/** What is read from a stream piece by piece: str of a text stream, else bytes. */

import { add } from "../core/operator/operators.js";
import { Bytes } from "../core/text/bytes.js";
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
