/** The `deflate` module: streams that compress what is written and decompress what is read. */

import { adler32, crc32 } from "../compression/checksums.js";
import { Deflate } from "../compression/deflate.js";
import { Inflate, InflateError } from "../compression/inflate.js";
import { gzipHeader, readHeader, zlibHeader } from "../compression/stream-header.js";
import { invokeWait, type Waiting } from "../core/blocking/blocking.js";
import { define } from "../core/class/class.js";
import { without } from "../core/class/varying.js";
import { EOFError, OSError, ValueError } from "../core/exception/exceptions.js";
import { index } from "../core/number/numbers.js";
import { truth } from "../core/operator/unary.js";
import type { Value } from "../core/values.js";
import { type RawStream, rawStream } from "../io/raw-stream.js";
import { Stream } from "../io/stream.js";
import { WaitingStream } from "../io/waiting-stream.js";
import { portMembers } from "../machine/port/port-members.js";

const EINVAL = 22;
/** For what has no header that tells, and for all that is written. */
const DEFAULT_WINDOW_BITS = 8;

/** Reading: gzip or zlib, as the header says. Writing: RAW. */
export const AUTO = 0;
export const RAW = 1;
export const ZLIB = 2;
export const GZIP = 3;

/** How the checksums of a format begin and go on. */
const CHECKSUMS = {
  [RAW]: { start: 0, update: (): number => 0 },
  [ZLIB]: { start: 1, update: adler32 },
  [GZIP]: { start: 0, update: crc32 },
} as const;

type Format = keyof typeof CHECKSUMS;

interface Reader {
  readonly inflate: Inflate;
  readonly format: Format;
  checksum: number;
  ended: boolean;
}

interface Writer {
  readonly deflate: Deflate;
  /** What it has given. */
  readonly pending: number[];
  checksum: number;
  length: number;
}

export class DeflateIO extends WaitingStream {
  /** Null when closed. */
  declare private $source: Value;
  declare private $format: number;
  declare private $windowBits: number;
  declare private $closes: boolean;
  declare private $reader: Reader | null;
  declare private $writer: Writer | null;

  override __init__(
    stream: Value,
    format: Value = AUTO,
    wbits: Value = 0,
    close: Value = false,
  ): Value {
    this.$format = index(format);
    this.$windowBits = index(wbits);
    if (this.$format < AUTO || this.$format > GZIP) throw new ValueError("format");
    if (this.$windowBits !== 0 && (this.$windowBits < 5 || this.$windowBits > 15)) {
      throw new ValueError("wbits");
    }
    this.$source = stream;
    this.$closes = truth(close);
    this.$reader = null;
    this.$writer = null;
    return null;
  }

  override get $isText(): boolean {
    return false;
  }

  override *$arrived(max: number): Waiting<Uint8Array> {
    const stream = this.$open();
    this.$reader ??= yield* this.$beginReading(stream);
    const { $reader: reader } = this;
    const buffer = new Uint8Array(reader.ended ? 0 : max);
    try {
      const count = yield* reader.inflate.read(buffer);
      const piece = buffer.subarray(0, count);
      reader.checksum = CHECKSUMS[reader.format].update(piece, reader.checksum);
      if (count < buffer.length) yield* this.$endReading(reader, stream);
      return piece;
    } catch (error) {
      throw error instanceof InflateError ? new OSError(EINVAL) : error;
    }
  }

  private *$beginReading(stream: RawStream): Waiting<Reader> {
    const next = (): Waiting<number> => nextByte(stream);
    let { $windowBits: windowBits } = this;
    let format: Format = RAW;
    if (this.$format === RAW) windowBits ||= DEFAULT_WINDOW_BITS;
    else {
      const header = yield* readHeader(next);
      if (header === null) throw new OSError(EINVAL);
      format = header.isGzip ? GZIP : ZLIB;
      if (this.$format !== AUTO && this.$format !== format) throw new OSError(EINVAL);
      windowBits = Math.min(windowBits || header.windowBits, header.windowBits);
    }
    const inflate = new Inflate(next, windowBits);
    return { inflate, format, checksum: CHECKSUMS[format].start, ended: false };
  }

  /** Compares the checksum that follows the data, and passes over gzip's length. */
  private *$endReading(reader: Reader, stream: RawStream): Waiting<void> {
    reader.ended = true;
    if (reader.format === RAW) return;
    const footer = new DataView(new ArrayBuffer(reader.format === GZIP ? 8 : 4));
    for (let at = 0; at < footer.byteLength; at++) footer.setUint8(at, yield* nextByte(stream));
    const expected = footer.getUint32(0, reader.format === GZIP);
    if (expected !== reader.checksum) throw new InflateError("wrong checksum");
  }

  override *write(
    data: Value,
    first: Value = undefined,
    second: Value = undefined,
  ): Waiting<number> {
    return yield* this.$sent(this.$partToWrite(data, first, second));
  }

  override *$sent(data: Uint8Array): Waiting<number> {
    const stream = this.$open();
    this.$writer ??= yield* this.$beginWriting(stream);
    const { $writer: writer } = this;
    writer.length += data.length;
    writer.checksum = CHECKSUMS[this.$writtenFormat].update(data, writer.checksum);
    writer.deflate.write(data);
    yield* this.$passOn(writer, stream);
    return data.length;
  }

  private get $writtenFormat(): Format {
    return (this.$format === AUTO ? RAW : this.$format) as Format;
  }

  private *$beginWriting(stream: RawStream): Waiting<Writer> {
    const windowBits = this.$windowBits || DEFAULT_WINDOW_BITS;
    const pending: number[] = [];
    const deflate = new Deflate((byte) => pending.push(byte), windowBits);
    const format = this.$writtenFormat;
    if (format !== RAW) {
      const header = format === GZIP ? gzipHeader() : zlibHeader(windowBits);
      try {
        yield* stream.send(header);
      } catch (error) {
        throw error instanceof OSError ? new OSError(EINVAL) : error;
      }
    }
    deflate.begin();
    return { deflate, pending, checksum: CHECKSUMS[format].start, length: 0 };
  }

  /** Hands on what has been compressed: byte by byte, as streams written in Python can tell. */
  private *$passOn({ pending }: Writer, stream: RawStream): Waiting<void> {
    const bytes = Uint8Array.from(pending.splice(0));
    const size = this.$source instanceof Stream ? bytes.length : 1;
    for (let sent = 0; sent < bytes.length; ) {
      sent += yield* stream.send(bytes.slice(sent, sent + size));
    }
  }

  /** Ends the compressed data; the stream itself is closed only if the constructor said so. */
  override *close(): Waiting<null> {
    if (this.$source === null) return null;
    const stream = this.$open();
    const { $writer: writer } = this;
    try {
      if (writer !== null) yield* this.$endWriting(writer, stream);
    } finally {
      this.$source = null;
      if (this.$closes) stream.close();
    }
    return null;
  }

  override *__exit__(_type: Value, _error: Value, _traceback: Value): Waiting {
    return yield* invokeWait(this, "close");
  }

  private *$endWriting(writer: Writer, stream: RawStream): Waiting<void> {
    const { deflate, checksum, length } = writer;
    deflate.end();
    yield* this.$passOn(writer, stream);
    const footer = new DataView(new ArrayBuffer(8));
    footer.setUint32(0, checksum, this.$format === GZIP);
    footer.setUint32(4, length % 2 ** 32, true);
    if (this.$format === ZLIB) yield* stream.send(new Uint8Array(footer.buffer, 0, 4));
    if (this.$format === GZIP) yield* stream.send(new Uint8Array(footer.buffer));
  }

  private $open(): RawStream {
    if (this.$source === null) throw new OSError(EINVAL);
    return rawStream(this.$source);
  }
}
define(DeflateIO, {
  builtin: true,
  methods: {
    __init__: "stream, format=, wbits=, close=, /",
    write: "data, offset=, length=, /",
    close: "",
    __exit__: "type, error, traceback",
  },
  blocking: ["write", "close", "__exit__"],
});
without(DeflateIO, ["flush", "readlines", "seek", "tell"]);
portMembers(DeflateIO, "deflate.DeflateIO");

function* nextByte(stream: RawStream): Waiting<number> {
  const byte = new Uint8Array(1);
  if ((yield* stream.read(byte)) === 0) throw new EOFError();
  return byte[0] as number;
}
