/**
 * Any object as a stream of bytes, the way MicroPython's C code takes one: a stream of the runtime, or
 * an object whose class descends from `io.IOBase` and has `readinto`, `write` and `ioctl`. Modules
 * that work on top of another stream come here (deflate, btree).
 */

import { invokeWait, type Waiting } from "../core/blocking.js";
import { ByteArray } from "../core/bytearray.js";
import { invoke } from "../core/call.js";
import { OSError } from "../core/exceptions.js";
import { index } from "../core/numbers.js";
import { isInstance } from "../core/type.js";
import type { Value } from "../core/values.js";
import { IOBase } from "./io-base.js";
import { POLLABLE, STREAM_CLOSE } from "./pollable.js";
import { Stream, unsupported } from "./stream.js";
import { WaitingStream } from "./waiting-stream.js";

const EAGAIN = 11;

export interface RawStream {
  /** Fills part of the buffer: 0 at the end; OSError when there is nothing yet. */
  read(buffer: Uint8Array): Waiting<number>;
  /** OSError when it takes nothing now. */
  write(data: Uint8Array): void;
  close(): void;
}

/** OSError for an object that is no stream. */
export function rawStream(value: Value): RawStream {
  if (value instanceof Stream) return new NativeStream(value);
  if (isInstance(value) && value instanceof IOBase) return new PythonStream(value);
  if (value?.[POLLABLE] !== undefined) return new PythonStream(value);
  throw unsupported();
}

class NativeStream implements RawStream {
  constructor(private readonly stream: Stream) {}

  *read(buffer: Uint8Array): Waiting<number> {
    const { stream } = this;
    if (!(stream instanceof WaitingStream)) return ready(stream.readRaw(buffer));
    const piece = yield* stream.arrived(buffer.length);
    if (piece !== null) buffer.set(piece);
    return ready(piece === null ? null : piece.length);
  }

  write(data: Uint8Array): void {
    ready(this.stream.writeRaw(data));
  }

  close(): void {
    this.stream.close();
  }
}

/** A stream by its Python methods, which tell an error as a negative number. */
class PythonStream implements RawStream {
  constructor(private readonly stream: Value) {}

  *read(buffer: Uint8Array): Waiting<number> {
    return checked(yield* invokeWait(this.stream, "readinto", new ByteArray(buffer)));
  }

  write(data: Uint8Array): void {
    checked(invoke(this.stream, "write", new ByteArray(data)));
  }

  close(): void {
    if (this.stream instanceof IOBase) checked(invoke(this.stream, "ioctl", STREAM_CLOSE, 0));
    else invoke(this.stream, "close");
  }
}

function ready(count: number | null): number {
  if (count === null) throw new OSError(EAGAIN);
  return count;
}

function checked(result: Value): number {
  const count = ready(result === null ? null : index(result));
  if (count < 0) throw new OSError(-count);
  return count;
}
