/**
 * The `websocket` module: a stream of the payloads of WebSocket frames over a stream of frames, as
 * webrepl uses it. Pings and pongs are passed over, and a close frame is answered and ends the stream.
 * The behaviour is that of MicroPython's `extmod/modwebsocket.c`.
 */

import type { Waiting } from "../core/blocking/blocking.js";
import { invoke } from "../core/call/call.js";
import { define } from "../core/class/class.js";
import { without } from "../core/class/varying.js";
import { OSError } from "../core/exception/exceptions.js";
import { addressSpace } from "../core/memory/address-space.js";
import { bytesOf, writableBytes } from "../core/memory/buffer.js";
import { index } from "../core/number/numbers.js";
import { PRINT } from "../core/slots.js";
import { isInt, type Value } from "../core/values.js";
import { STREAM_CLOSE } from "../io/pollable.js";
import { type RawStream, rawStream } from "../io/raw-stream.js";
import { WaitingStream } from "../io/waiting-stream.js";

const EIO = 5;
const EAGAIN = 11;
const EINVAL = 22;
const ENOBUFS = 105;

/** The requests of `ioctl`: the opcode of the frame that was read last, and of those to be written. */
const GET_DATA_OPTIONS = 8;
const SET_DATA_OPTIONS = 9;

/** A frame's first byte: the opcode, and that it ends its message. */
const OPCODE = 0x0f;
const FINAL = 0x80;
const CONTINUATION = 0;
const TEXT = 1;
const CLOSE = 8;

/** A frame's second byte: that a mask follows, and the length or how many bytes have it. */
const MASKED = 0x80;
const LENGTH = 0x7f;
const LENGTH_IN_2 = 126;
const LENGTH_IN_8 = 127;

type Part = "header" | "extension" | "payload";

export class websocket extends WaitingStream {
  declare private $stream: Value;
  /** Whether writing makes the stream a blocking one for the time. */
  declare private $blocking: boolean;
  declare private $writtenOpcode: number;
  declare private $readOpcode: number;
  /** Of the frame that is being read. */
  declare private $part: Part;
  declare private $opcode: number;
  declare private $mask: Uint8Array;
  declare private $maskAt: number;
  declare private $remaining: number;
  /** What has arrived of the header or its extension, and how many bytes of it are missing. */
  declare private $head: number[];
  declare private $missingHead: number;

  override __init__(stream: Value, blocking: Value = false): Value {
    rawStream(stream);
    this.$stream = stream;
    this.$blocking = blocking === true;
    this.$writtenOpcode = TEXT;
    this.$readOpcode = CONTINUATION;
    this.$beginFrame();
    return null;
  }

  override get $isText(): boolean {
    return false;
  }

  override *$arrived(max: number): Waiting<Uint8Array | null> {
    const stream = rawStream(this.$stream);
    try {
      for (;;) {
        const piece = yield* this.$step(stream, max);
        if (piece !== null) return piece;
      }
    } catch (error) {
      if (isAgain(error)) return null;
      throw error;
    }
  }

  /** Goes one part of a frame further: payload, nothing at the end, null when there is more to read. */
  private *$step(stream: RawStream, max: number): Waiting<Uint8Array | null> {
    if (this.$part === "payload") return yield* this.$readPayload(stream, max);
    if (this.$missingHead > 0) {
      const bytes = new Uint8Array(this.$missingHead);
      const count = yield* stream.read(bytes);
      if (count === 0) return bytes.subarray(0, 0);
      this.$head.push(...bytes.subarray(0, count));
      this.$missingHead -= count;
      // Whoever reads comes again, even when the stream blocks.
      if (this.$missingHead > 0) throw new OSError(EAGAIN);
    }
    if (this.$part === "header") this.$readHeader(stream);
    else this.$readExtension();
    return null;
  }

  private $readHeader(stream: RawStream): void {
    const [first = 0, second = 0] = this.$head;
    this.$opcode = first & OPCODE;
    if (this.$opcode !== CONTINUATION) this.$readOpcode = this.$opcode;
    const length = second & LENGTH;
    if (length === LENGTH_IN_8) {
      stream.close();
      throw new OSError(EIO);
    }
    this.$mask = new Uint8Array(4);
    this.$remaining = length;
    this.$missingHead = (length === LENGTH_IN_2 ? 2 : 0) + (second & MASKED ? 4 : 0);
    this.$head = [];
    this.$part = this.$missingHead > 0 ? "extension" : "payload";
  }

  /** The length in two bytes, the mask in four, or both. */
  private $readExtension(): void {
    const { $head: head } = this;
    if (head.length !== 4) this.$remaining = ((head[0] ?? 0) << 8) | (head[1] ?? 0);
    if (head.length !== 2) this.$mask = Uint8Array.from(head.slice(-4));
    this.$part = "payload";
  }

  private *$readPayload(stream: RawStream, max: number): Waiting<Uint8Array | null> {
    const buffer = new Uint8Array(Math.min(max, this.$remaining));
    const count = buffer.length === 0 ? 0 : yield* stream.read(buffer);
    const piece = buffer.subarray(0, count);
    if (count === 0 && this.$remaining > 0) return piece;
    for (let at = 0; at < count; at++) {
      piece[at] = (piece[at] as number) ^ (this.$mask[this.$maskAt++ & 3] as number);
    }
    this.$remaining -= count;
    if (this.$remaining > 0) return piece;
    const { $opcode: opcode } = this;
    this.$beginFrame();
    // An empty frame is not the end, and what control frames bring is for nobody.
    if (opcode < CLOSE) return count === 0 ? null : piece;
    if (opcode !== CLOSE) return null;
    yield* this.$answerClose();
    return new Uint8Array(0);
  }

  private $beginFrame(): void {
    this.$part = "header";
    this.$opcode = CONTINUATION;
    this.$mask = new Uint8Array(4);
    this.$maskAt = 0;
    this.$remaining = 0;
    this.$head = [];
    this.$missingHead = 2;
  }

  private *$answerClose(): Waiting<void> {
    try {
      yield* this.$sendFrame(CLOSE, new Uint8Array(0));
    } catch (error) {
      // The peer may be gone.
      if (!(error instanceof OSError)) throw error;
    }
  }

  override *write(data: Value, first: Value = undefined, second: Value = undefined): Waiting {
    let bytes = bytesOf(data);
    if (second !== undefined) bytes = bytes.subarray(index(first));
    const length = second ?? first;
    if (length !== undefined) bytes = bytes.subarray(0, Math.max(0, index(length)));
    return yield* this.$sent(bytes.slice());
  }

  /** A frame; several when the stream takes it in pieces. */
  override *$sent(bytes: Uint8Array): Waiting<number | null> {
    return yield* sendAll((piece) => this.$sendFrame(this.$writtenOpcode, piece), bytes);
  }

  /** How many bytes of the payload were taken. */
  private *$sendFrame(opcode: number, payload: Uint8Array): Waiting<number> {
    const size = payload.length;
    if (size > 0xffff) throw new OSError(ENOBUFS);
    const length = size < LENGTH_IN_2 ? [size] : [LENGTH_IN_2, size >> 8, size & 0xff];
    const stream = rawStream(this.$stream);
    const send = (piece: Uint8Array): Waiting<number> => stream.send(piece);
    if (this.$blocking) invoke(this.$stream, "setblocking", true);
    let count: number | null;
    try {
      count = yield* sendAll(send, Uint8Array.of(FINAL | opcode, ...length));
      if (count !== null) count = yield* sendAll(send, payload);
    } catch (error) {
      if (this.$blocking && error instanceof OSError) invoke(this.$stream, "setblocking", false);
      throw error;
    }
    if (this.$blocking) invoke(this.$stream, "setblocking", false);
    if (count === null) throw new OSError(EAGAIN);
    return count;
  }

  ioctl(request: Value, argument: Value = 0): Value {
    switch (index(request)) {
      case STREAM_CLOSE:
        this.$closeRaw();
        return 0;
      case GET_DATA_OPTIONS:
        return this.$readOpcode;
      case SET_DATA_OPTIONS: {
        const before = this.$writtenOpcode;
        const options = isInt(argument)
          ? argument
          : addressSpace().addressOf(writableBytes(argument));
        this.$writtenOpcode = Number(BigInt.asUintN(4, BigInt(options)));
        return before;
      }
      default:
        throw new OSError(EINVAL);
    }
  }

  /** The peer is not told. */
  override $closeRaw(): void {
    rawStream(this.$stream).close();
  }

  [PRINT](): string {
    return "<websocket>";
  }
}
define(websocket, {
  builtin: true,
  methods: {
    __init__: "stream, blocking=, /",
    write: "data, offset=, length=, /",
    ioctl: "request, argument=, /",
  },
  blocking: ["write"],
});
without(websocket, ["__enter__", "__exit__", "flush", "readlines", "seek", "tell"]);

/** Hands over bytes as long as some are taken: how many, null when none can be taken now. */
function* sendAll(
  send: (piece: Uint8Array) => Waiting<number>,
  bytes: Uint8Array,
): Waiting<number | null> {
  let done = 0;
  while (done < bytes.length) {
    try {
      const count = yield* send(bytes.subarray(done));
      if (count === 0) break;
      done += count;
    } catch (error) {
      if (!isAgain(error)) throw error;
      return done === 0 ? null : done;
    }
  }
  return done;
}

function isAgain(error: unknown): boolean {
  return error instanceof OSError && error.args[0] === EAGAIN;
}
