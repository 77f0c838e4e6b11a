/** What `write(buf, most, length)` of a stream sends: all of it, so many bytes, or so many from an offset on. */

import { bytesOf } from "../core/memory/buffer.js";
import { index } from "../core/number/numbers.js";
import type { Value } from "../core/values.js";

/** `most` is the offset where `length` is given too (py/stream.c). */
export function writtenPart(buf: Value, most: Value, length: Value): Uint8Array {
  const all = bytesOf(buf);
  const start = length === undefined ? 0 : Math.min(all.length, index(most));
  const count = length ?? most;
  return all.slice(start, count === undefined ? all.length : start + index(count));
}
