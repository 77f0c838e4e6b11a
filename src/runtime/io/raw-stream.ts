/**
 * Any object as a stream of bytes, the way MicroPython's C code takes one: a stream of the runtime, or
 * an object whose class descends from `io.IOBase` and has `readinto`, `write` and `ioctl`. Modules
 * that work on top of another stream come here (deflate, btree, websocket).
 */

import { invokeWait, type Waiting } from "../core/blocking/blocking.js";
import { invoke } from "../core/call/call.js";
import { isInstance } from "../core/class/type.js";
import { OSError } from "../core/exception/exceptions.js";
import { addressSpace } from "../core/memory/address-space.js";
import { index } from "../core/number/numbers.js";
import { ByteArray } from "../core/text/bytearray.js";
import type { Value } from "../core/values.js";
import { IOBase } from "./io-base.js";
import { POLLABLE, STREAM_CLOSE, STREAM_FLUSH, STREAM_SEEK } from "./pollable.js";
import { Stream, unsupported } from "./stream.js";
import { WaitingStream } from "./waiting-stream.js";

const EIO = 5;
const EAGAIN = 11;

export interface RawStream {
  /** Fills part of the buffer: 0 at the end; OSError when there is nothing yet. */
  read(buffer: Uint8Array): Waiting<number>;
  /** OSError when it takes nothing now. */
  write(data: Uint8Array): number;
  /** The same for streams that may block: it waits until some can be taken. */
  send(data: Uint8Array): Waiting<number>;
  /** From the start (0), from here (1) or from the end (2); the new position. */
  seek(offset: number, whence: 0 | 1 | 2): number;
  flush(): void;
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
    if (!(stream instanceof WaitingStream)) return ready(stream.$readRaw(buffer));
    const piece = yield* stream.$arrived(buffer.length);
    if (piece !== null) buffer.set(piece);
    return ready(piece === null ? null : piece.length);
  }

  write(data: Uint8Array): number {
    return ready(this.stream.$writeRaw(data));
  }

  *send(data: Uint8Array): Waiting<number> {
    const { stream } = this;
    if (!(stream instanceof WaitingStream)) return this.write(data);
    return ready(yield* stream.$sent(data));
  }

  seek(offset: number, whence: 0 | 1 | 2): number {
    return this.stream.$seekRaw(offset, whence);
  }

  flush(): void {
    this.stream.$flushRaw();
  }

  close(): void {
    this.stream.close();
  }
}

/** A stream by its Python methods, which tell an error as a negative number. */
class PythonStream implements RawStream {
  constructor(private readonly stream: Value) {}

  *read(buffer: Uint8Array): Waiting<number> {
    const filled = yield* invokeWait(this.stream, "readinto", new ByteArray(buffer));
    return within(buffer.length, checked(filled));
  }

  write(data: Uint8Array): number {
    return within(data.length, checked(invoke(this.stream, "write", new ByteArray(data))));
  }

  *send(data: Uint8Array): Waiting<number> {
    const taken = yield* invokeWait(this.stream, "write", new ByteArray(data));
    return within(data.length, checked(taken));
  }

  /** The request's argument is the address of two ints, the first of which is the answer as well. */
  seek(offset: number, whence: 0 | 1 | 2): number {
    const request = new DataView(new ArrayBuffer(8));
    request.setInt32(0, offset, true);
    request.setInt32(4, whence, true);
    this.ioctl(STREAM_SEEK, addressSpace().addressOf(new Uint8Array(request.buffer)));
    return request.getInt32(0, true);
  }

  flush(): void {
    this.ioctl(STREAM_FLUSH, 0);
  }

  close(): void {
    if (this.stream instanceof IOBase) this.ioctl(STREAM_CLOSE, 0);
    else invoke(this.stream, "close");
  }

  private ioctl(request: number, argument: number): void {
    checked(invoke(this.stream, "ioctl", request, argument));
  }
}

function ready(count: number | null): number {
  if (count === null) throw new OSError(EAGAIN);
  return count;
}

/** A stream cannot have read or written more than it was asked to. */
function within(size: number, count: number): number {
  if (count > size) throw new OSError(EIO);
  return count;
}

function checked(result: Value): number {
  const count = ready(result === null ? null : index(result));
  if (count < 0) throw new OSError(-count);
  return count;
}
