/**
 * What MicroPython's streams have in common: files, StringIO and BytesIO, standard input and output.
 * A subclass reads, writes and seeks raw bytes; this class makes of that the methods that Python sees,
 * for bytes and for text.
 */

import { define } from "../core/class/class.js";
import { PyObject } from "../core/class/object.js";
import { OSError, StopIteration, UnicodeError } from "../core/exception/exceptions.js";
import { bytesOf, writableBytes } from "../core/memory/buffer.js";
import { index } from "../core/number/numbers.js";
import { toBytes } from "../core/text/bytes.js";
import { decodeUtf8, isUtf8 } from "../core/text/utf8.js";
import type { Value } from "../core/values.js";
import { ByteCollector } from "./byte-collector.js";

const EINVAL = 22;
const CHUNK = 256;
/** So much is read at a time by read(). */
const REST = 8192;
const NEWLINE = 10;

export abstract class Stream extends PyObject {
  /** Whether it gives str instead of bytes. */
  abstract get $isText(): boolean;

  /** Fills the buffer as far as it can: 0 at the end, null when nothing is there yet. */
  $readRaw(_buffer: Uint8Array): number | null {
    throw unsupported();
  }

  /** Some of the bytes that would be read next, to look at; null where there are none to hand. */
  $ahead(): Uint8Array | null {
    return null;
  }

  /** Takes bytes and says how many; null when it can take none now. */
  $writeRaw(_data: Uint8Array): number | null {
    throw unsupported();
  }

  $seekRaw(_offset: number, _whence: 0 | 1 | 2): number {
    throw new OSError(EINVAL);
  }

  $flushRaw(): void {}

  $closeRaw(): void {}

  read(n: Value = -1): Value {
    const size = index(n);
    if (size === -1) return this.$result(this.$rest());
    return this.$isText ? this.$readCharacters(size) : this.$result(this.$fill(size));
  }

  readinto(buffer: Value, n: Value = undefined): Value {
    const memory = writableBytes(buffer);
    const target = n === undefined ? memory : memory.subarray(0, Math.max(0, index(n)));
    const data = this.$fill(target.length);
    if (data === null) return null;
    target.set(data);
    return data.length;
  }

  readline(n: Value = -1): Value {
    const size = n === null ? -1 : index(n);
    const line = new ByteCollector();
    while (line.size !== size && line.last !== NEWLINE) {
      const piece = this.$lineAhead(size < 0 ? CHUNK : size - line.size);
      const count = this.$readRaw(piece);
      if (count === null && line.size === 0) return null;
      if (count === null || count === 0) break;
      line.add(piece.subarray(0, count));
    }
    return this.$result(line.bytes);
  }

  /** A buffer for what surely belongs to the line: a byte, or as much as can be seen ahead. */
  private $lineAhead(most: number): Uint8Array {
    const ahead = this.$ahead()?.subarray(0, most);
    if (ahead === undefined || ahead.length === 0) return new Uint8Array(1);
    const end = ahead.indexOf(NEWLINE);
    return new Uint8Array(end < 0 ? ahead.length : end + 1);
  }

  /** `write(data)`, `write(data, length)`, `write(data, offset, length)` */
  write(data: Value, first: Value = undefined, second: Value = undefined): Value {
    return this.$writeRaw(this.$partToWrite(data, first, second));
  }

  /** The bytes that the arguments of write() mean. */
  protected $partToWrite(data: Value, first: Value, second: Value): Uint8Array {
    let bytes = this.$bytesToWrite(data);
    if (second !== undefined) bytes = bytes.subarray(index(first));
    const length = second ?? first;
    if (length !== undefined) bytes = bytes.subarray(0, Math.max(0, index(length)));
    return bytes;
  }

  seek(offset: Value, whence: Value = 0): Value {
    const by = index(offset);
    const from = index(whence);
    if ((from === 0 && by < 0) || from < 0 || from > 2) throw new OSError(EINVAL);
    return this.$seekRaw(by, from as 0 | 1 | 2);
  }

  tell(): Value {
    return this.$seekRaw(0, 1);
  }

  flush(): null {
    this.$flushRaw();
    return null;
  }

  close(): Value {
    this.$closeRaw();
    return null;
  }

  __enter__(): Value {
    return this;
  }

  __exit__(_type: Value, _error: Value, _traceback: Value): Value {
    return this.close();
  }

  __iter__(): Value {
    return this;
  }

  __next__(): Value {
    const line = this.readline();
    if (line === null || line.length === 0) throw new StopIteration();
    return line;
  }

  protected $bytesToWrite(data: Value): Uint8Array {
    return bytesOf(data);
  }

  protected $result(bytes: Uint8Array | null): Value {
    if (bytes === null) return null;
    if (!this.$isText) return toBytes(bytes);
    if (!isUtf8(bytes)) throw new UnicodeError();
    return decodeUtf8(bytes);
  }

  /** Reads `size` bytes, fewer at the end; null when nothing is there yet. */
  private $fill(size: number): Uint8Array | null {
    const buffer = new Uint8Array(Math.max(0, size));
    let filled = 0;
    while (filled < buffer.length) {
      const count = this.$readRaw(buffer.subarray(filled));
      if (count === null && filled === 0) return null;
      if (count === null || count === 0) break;
      filled += count;
    }
    return buffer.subarray(0, filled);
  }

  /** Reads to the end; null when nothing is there yet. */
  private $rest(): Uint8Array | null {
    const all = new ByteCollector();
    const piece = new Uint8Array(REST);
    for (;;) {
      const count = this.$readRaw(piece);
      if (count === null && all.size === 0) return null;
      if (count === null || count === 0) return all.bytes;
      all.add(piece.subarray(0, count));
    }
  }

  /** Reads `count` characters, without reading further than they go. */
  private $readCharacters(count: number): Value {
    const text = new ByteCollector();
    let missing = count;
    while (missing > 0) {
      const piece = this.$fill(missing);
      if (piece === null && text.size === 0) return null;
      if (piece === null || piece.length === 0) break;
      text.add(piece);
      missing = missingBytes(text.bytes, count);
    }
    return this.$result(text.bytes);
  }
}

/** How many bytes are missing at least until `bytes` hold `count` characters. */
export function missingBytes(bytes: ArrayLike<number>, count: number): number {
  let characters = 0;
  let at = 0;
  while (at < bytes.length) {
    const lead = bytes[at] as number;
    const size = lead < 0x80 ? 1 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
    if (at + size > bytes.length) return at + size - bytes.length + count - characters - 1;
    at += size;
    characters += 1;
  }
  return count - characters;
}

export function unsupported(): OSError {
  return new OSError("stream operation not supported");
}

/** The signatures of the methods above, for the subclasses' `define`. */
export const streamMethods = {
  read: "n=, /",
  readinto: "buffer, n=, /",
  readline: "n=, /",
  write: "data, offset=, length=, /",
  seek: "offset, whence=, /",
  tell: "",
  flush: "",
  close: "",
  __enter__: "",
  __exit__: "type, error, traceback",
  __iter__: "",
  __next__: "",
};
define(Stream, { builtin: true, methods: streamMethods });
