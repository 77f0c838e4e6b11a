/**
 * Streams written in Python (`io.IOBase`), used as MicroPython's C code uses them: through their
 * methods `readinto`, `write` and `ioctl`.
 */

import { invoke } from "../core/call/call.js";
import { isInstance } from "../core/class/type.js";
import { OSError } from "../core/exception/exceptions.js";
import { index } from "../core/number/numbers.js";
import { ByteArray } from "../core/text/bytearray.js";
import type { Value } from "../core/values.js";
import { ByteCollector } from "./byte-collector.js";
import { IOBase } from "./io-base.js";
import { STREAM_CLOSE } from "./pollable.js";
import { unsupported } from "./stream.js";

const EIO = 5;
const STREAM_RAISE_ERROR = 12;
const STREAM_BUFFER_SIZE = 11;
/** The sizes of the buffer that files are read through. */
const USUAL_BUFFER = 40;
const SMALLEST_BUFFER = 8;
const LARGEST_BUFFER = 255;

/** Reads to the end as an import does, and closes. */
export function readStream(stream: Value): Uint8Array {
  if (!(isInstance(stream) && stream instanceof IOBase)) throw unsupported();
  try {
    const wanted = index(invoke(stream, "ioctl", STREAM_BUFFER_SIZE, 0));
    const size =
      wanted <= 0 ? USUAL_BUFFER : Math.min(LARGEST_BUFFER, Math.max(SMALLEST_BUFFER, wanted));
    const all = new ByteCollector();
    for (;;) {
      const piece = readOnce(stream, size);
      all.add(piece);
      if (piece.length < size) return all.bytes;
    }
  } finally {
    invoke(stream, "ioctl", STREAM_CLOSE, 0);
  }
}

/** What one call of `readinto` gives: at most `size` bytes. */
export function readOnce(stream: Value, size: number): Uint8Array {
  const bytes = new Uint8Array(size);
  const result = invoke(stream, "readinto", new ByteArray(bytes));
  if (result === null) return bytes.subarray(0, 0);
  const count = index(result);
  if (count < 0) throw new OSError(-count);
  if (count > size) throw new OSError(EIO);
  return bytes.subarray(0, count);
}

/** Writes all of it, as long as the stream takes some. */
export function writeStream(stream: Value, data: Uint8Array): void {
  for (let done = 0; done < data.length; ) {
    const result = invoke(stream, "write", new ByteArray(data.slice(done)));
    const count = result === null ? 0 : index(result);
    if (count < 0) {
      // The stream may raise what it likes better.
      invoke(stream, "ioctl", STREAM_RAISE_ERROR, -count);
      throw new OSError(-count);
    }
    if (count > data.length - done) throw new OSError(EIO);
    if (count === 0) return;
    done += count;
  }
}
