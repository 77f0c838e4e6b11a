/**
 * Streams whose bytes come from outside: reading them may block, so the methods that read are
 * generators, which `define` makes callables with `.wait` (standard input, sockets).
 */

import type { Waiting } from "../core/blocking/blocking.js";
import { define } from "../core/class/class.js";
import { StopIteration } from "../core/exception/exceptions.js";
import { writableBytes } from "../core/memory/buffer.js";
import { index } from "../core/number/numbers.js";
import type { Value } from "../core/values.js";
import { missingBytes, Stream, streamMethods } from "./stream.js";

const CHUNK = 4096;
const NEWLINE = 10;

export abstract class WaitingStream extends Stream {
  /**
   * What has arrived, at most `max` bytes, after waiting for some: empty at the end, null when the
   * stream does not wait.
   */
  abstract $arrived(max: number): Waiting<Uint8Array | null>;

  /** Hands over bytes after waiting until that is possible: how many, null when it does not wait. */
  // biome-ignore lint/correctness/useYield: only subclasses wait.
  *$sent(data: Uint8Array): Waiting<number | null> {
    return this.$writeRaw(data);
  }

  override *read(n: Value = -1): Waiting {
    const size = n === null ? -1 : index(n);
    const bytes: number[] = [];
    while (size === -1 || this.$missing(bytes, size) > 0) {
      const piece = yield* this.$arrived(size === -1 ? CHUNK : this.$missing(bytes, size));
      if (piece === null && bytes.length === 0) return null;
      if (piece === null || piece.length === 0) break;
      for (const byte of piece) bytes.push(byte);
    }
    return this.$result(Uint8Array.from(bytes));
  }

  override *readline(n: Value = -1): Waiting {
    return yield* this.$line(n === null ? -1 : index(n));
  }

  *readlines(): Waiting {
    const lines: Value[] = [];
    for (let line = yield* this.$line(-1); line !== null && line.length > 0; ) {
      lines.push(line);
      line = yield* this.$line(-1);
    }
    return lines;
  }

  override *readinto(buffer: Value, n: Value = undefined): Waiting {
    const memory = writableBytes(buffer);
    const size = n === undefined ? memory.length : Math.min(memory.length, index(n));
    let filled = 0;
    while (filled < size) {
      const piece = yield* this.$arrived(size - filled);
      if (piece === null && filled === 0) return null;
      if (piece === null || piece.length === 0) break;
      memory.set(piece, filled);
      filled += piece.length;
    }
    return filled;
  }

  override *__next__(): Waiting {
    const line = yield* this.$line(-1);
    if (line === null || line.length === 0) throw new StopIteration();
    return line;
  }

  private *$line(size: number): Waiting {
    const bytes: number[] = [];
    while (bytes.length !== size && bytes.at(-1) !== NEWLINE) {
      const piece = yield* this.$arrived(1);
      if (piece === null && bytes.length === 0) return null;
      if (piece === null || piece.length === 0) break;
      bytes.push(piece[0] as number);
    }
    return this.$result(Uint8Array.from(bytes));
  }

  /** How many bytes are missing at least to `size` bytes or characters. */
  private $missing(bytes: readonly number[], size: number): number {
    return this.$isText ? missingBytes(bytes, size) : size - bytes.length;
  }
}
define(WaitingStream, {
  builtin: true,
  methods: { ...streamMethods, readlines: "" },
  blocking: ["read", "readline", "readlines", "readinto", "__next__"],
});
