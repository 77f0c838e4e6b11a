/** The body of an HTTP answer as a stream: so many bytes, or chunk after chunk. `Response.raw` is one. */

import type { Waiting } from "../core/blocking/blocking.js";
import { invokeWait } from "../core/blocking/blocking.js";
import { define } from "../core/class/class.js";
import { PyObject } from "../core/class/object.js";
import { ValueError } from "../core/exception/exceptions.js";
import { writableBytes } from "../core/memory/buffer.js";
import { MemoryView } from "../core/memory/memoryview.js";
import { index } from "../core/number/numbers.js";
import { ByteArray } from "../core/text/bytearray.js";
import { Bytes, toBytes } from "../core/text/bytes.js";
import { isInt, type Value } from "../core/values.js";
import { ByteCollector } from "../io/byte-collector.js";
import { chunkSize, END_OF_LINE, readLine } from "./http-text.js";

const PIECE = 256;

export class BodyStream extends PyObject {
  declare private $socket: Value;
  declare private $chunked: boolean;
  /** Of the body, or of the chunk; -1: the next chunk has not begun. */
  declare private $left: number;

  /** `remaining`: bytes; -1: it comes in chunks. */
  override __init__(sock: Value, remaining: Value): Value {
    this.$socket = sock;
    this.$left = index(remaining);
    this.$chunked = this.$left < 0;
    return null;
  }

  /** Everything; or what has come, up to `n` bytes, as a bytearray. */
  *read(n: Value = -1): Waiting {
    const size = index(n);
    const piece = new Uint8Array(size < 0 ? PIECE : size);
    if (size >= 0) {
      const count = yield* this.$fill(piece);
      return count === 0 ? new Bytes(0) : new ByteArray(piece.slice(0, count));
    }
    const all = new ByteCollector();
    for (;;) {
      const count = yield* this.$fill(piece);
      if (count === 0) return toBytes(all.bytes);
      all.add(piece.slice(0, count));
    }
  }

  *readinto(buf: Value): Waiting {
    return yield* this.$fill(writableBytes(buf));
  }

  close(): null {
    this.$socket.close();
    return null;
  }

  private *$fill(memory: Uint8Array): Waiting<number> {
    if (this.$left < 0 && !(yield* this.$nextChunk())) this.$left = 0;
    if (this.$left === 0) return 0;
    const part = new MemoryView(memory.subarray(0, this.$left), "B", true);
    const count = yield* invokeWait(this.$socket, "readinto", part);
    if (!isInt(count) || count === 0) {
      throw new ValueError("Connection closed before body complete");
    }
    this.$left -= index(count);
    if (this.$left === 0 && this.$chunked) {
      yield* readLine(this.$socket);
      this.$left = -1;
    }
    return index(count);
  }

  /** False after the last one, whose trailers are read over. */
  private *$nextChunk(): Waiting<boolean> {
    this.$left = chunkSize(yield* readLine(this.$socket));
    if (this.$left > 0) return true;
    let line: string;
    do line = yield* readLine(this.$socket);
    while (line !== "" && line !== END_OF_LINE);
    return false;
  }
}
define(BodyStream, {
  methods: { __init__: "sock, remaining", read: "n=", readinto: "buf", close: "" },
  blocking: ["read", "readinto"],
});
