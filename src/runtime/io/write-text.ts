/** Writes text to whatever Python uses as a file: a stream of the runtime, or an object with `write`. */

import { invoke } from "../core/call.js";
import type { Value } from "../core/values.js";

export function writeText(file: Value, text: string): void {
  invoke(file, "write", text);
}
