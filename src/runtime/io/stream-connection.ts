/**
 * Makes a connection of any stream that a program has (a class with `readinto`, `write` and `ioctl`, a
 * file, BytesIO), so that TLS can run over it. Such a stream does not tell when bytes have come: whoever
 * uses the connection calls `poll()`.
 */

import { call, invoke } from "../core/call/call.js";
import { load } from "../core/class/attributes.js";
import { OSError } from "../core/exception/exceptions.js";
import { ByteArray } from "../core/text/bytearray.js";
import { toBytes } from "../core/text/bytes.js";
import type { Value } from "../core/values.js";
import { ByteQueue } from "../host/byte-queue.js";
import type { Connection, Endpoint } from "../host/network.js";
import { Watchers } from "../host/watchers.js";
import { POLLABLE, STREAM_CLOSE } from "./pollable.js";
import { Stream, unsupported } from "./stream.js";

const PIECE = 4096;
const WINDOW = 64 * 1024;
const NOWHERE: Endpoint = { host: "0.0.0.0", port: 0 };

export class StreamConnection extends Watchers implements Connection {
  state: "open" | "closed" = "open";
  error = 0;
  readonly local = NOWHERE;
  readonly remote = NOWHERE;
  private readonly inbox = new ByteQueue();
  private readonly outbox = new ByteQueue();
  private atEnd = false;

  constructor(private readonly stream: Value) {
    super();
    for (const name of ["readinto", "write"]) {
      if (load(stream, name) === undefined) throw unsupported();
    }
    const polled = stream instanceof Stream || stream[POLLABLE] !== undefined;
    if (!polled && load(stream, "ioctl") === undefined) throw unsupported();
  }

  get available(): number {
    return this.inbox.length;
  }

  get ended(): boolean {
    return this.atEnd && this.inbox.length === 0;
  }

  get writable(): boolean {
    return this.state === "open" && this.outbox.length < WINDOW;
  }

  read(max: number, peek = false): Uint8Array {
    return this.inbox.take(max, peek);
  }

  indexOf(byte: number): number {
    return this.inbox.indexOf(byte);
  }

  write(data: Uint8Array): number {
    this.outbox.push(data);
    return data.length;
  }

  close(): void {
    this.state = "closed";
    this.changed();
  }

  reset(): void {
    this.close();
  }

  configure(): void {}

  /** Moves bytes as far as the stream goes; what it raises goes on to the caller. */
  poll(): void {
    if (this.state === "closed") return;
    let moved = this.flush();
    while (!this.atEnd && this.inbox.length < WINDOW) {
      const bytes = this.receive();
      if (bytes === null) break;
      moved = true;
      if (bytes.length === 0) this.atEnd = true;
      this.inbox.push(bytes);
    }
    if (moved) this.changed();
  }

  /** Closes the stream as MicroPython's C code does. */
  closeStream(): void {
    const ioctl = load(this.stream, "ioctl");
    if (this.stream instanceof Stream || ioctl === undefined) {
      invoke(this.stream, "close");
      return;
    }
    const result = call(ioctl, STREAM_CLOSE, 0);
    if (typeof result === "number" && result < 0) throw new OSError(-result);
  }

  private flush(): boolean {
    const { outbox } = this;
    let moved = false;
    while (outbox.length > 0) {
      const count = invoke(this.stream, "write", toBytes(outbox.take(PIECE, true)));
      if (typeof count !== "number" || count <= 0) break;
      outbox.take(count);
      moved = true;
    }
    return moved;
  }

  private receive(): Uint8Array | null {
    const buffer = new ByteArray(new Uint8Array(PIECE));
    const count = invoke(this.stream, "readinto", buffer);
    return typeof count === "number" ? buffer.bytes.slice(0, Math.max(0, count)) : null;
  }
}
