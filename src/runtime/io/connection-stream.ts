/**
 * Streams over a connection of the host's network: what `socket.socket` and `SSLSocket` have in common.
 * Reading and writing wait as long as the timeout allows; asyncio's streams use the methods that never
 * wait (`take`, `takeLine`, `put`).
 */

import type { Waiting } from "../core/blocking.js";
import { bytesOf } from "../core/buffer.js";
import { define } from "../core/class.js";
import { current } from "../core/context.js";
import { OSError } from "../core/exceptions.js";
import { index } from "../core/numbers.js";
import type { Value } from "../core/values.js";
import { Wait } from "../core/wait.js";
import type { Host } from "../host/host.js";
import type { Connection, Watched } from "../host/network.js";
import { Watchers } from "../host/watchers.js";
import { WaitingStream } from "./waiting-stream.js";

const EAGAIN = 11;
const ETIMEDOUT = 110;
const NEWLINE = 10;

/** What pollers of a stream watch, whatever stands behind it at the time. */
export class Attention extends Watchers {
  private end: (() => void) | null = null;

  follow(source: Watched | null): void {
    this.end?.();
    this.end = source?.watch(() => this.changed()) ?? null;
    this.changed();
  }
}

export abstract class ConnectionStream extends WaitingStream {
  /** The connection; OSError when there is none, or it was closed. */
  abstract connected(): Connection;

  /** Milliseconds that an operation may wait; null: for ever, 0: not at all. */
  abstract get patience(): number | null;

  protected abstract get isClosed(): boolean;

  override get isText(): boolean {
    return false;
  }

  /** Up to `max` bytes that have arrived; empty at the end, null when nothing is there. */
  take(max: number, peek = false): Uint8Array | null {
    const connection = this.connected();
    if (connection.available === 0) {
      if (connection.error !== 0) throw this.failed(connection);
      return connection.ended || connection.state === "closed" ? new Uint8Array(0) : null;
    }
    return connection.read(max, peek);
  }

  /** A line as far as it has arrived, or null: what readline() gives without waiting. */
  takeLine(): Uint8Array | null {
    const connection = this.connected();
    const end = connection.indexOf(NEWLINE);
    return this.take(end < 0 ? connection.available : end + 1);
  }

  /** Hands over bytes without waiting; how many, or null. They must not change afterwards. */
  put(data: Uint8Array): number | null {
    const connection = this.connected();
    if (connection.error !== 0) throw this.failed(connection);
    if (connection.state === "connecting") return null;
    const count = connection.write(data);
    return count === 0 && data.length > 0 ? null : count;
  }

  override *arrived(max: number): Waiting<Uint8Array | null> {
    const connection = this.connected();
    if (this.patience === 0) return this.take(max);
    yield* this.until(connection, () => this.readable());
    return this.take(max);
  }

  override *write(data: Value, first: Value = undefined, second: Value = undefined): Waiting {
    let bytes = bytesOf(data);
    if (second !== undefined) bytes = bytes.subarray(index(first));
    const length = second ?? first;
    if (length !== undefined) bytes = bytes.subarray(0, index(length));
    if (this.patience === 0) return this.put(bytes.slice());
    yield* this.sendAll(bytes.slice());
    return bytes.length;
  }

  protected *sendSome(bytes: Uint8Array): Waiting<number> {
    const connection = this.connected();
    yield* this.until(connection, () => this.writable());
    const count = this.put(bytes);
    if (count === null) throw new OSError(EAGAIN);
    return count;
  }

  protected *sendAll(bytes: Uint8Array): Waiting<void> {
    for (let sent = 0; sent < bytes.length; ) sent += yield* this.sendSome(bytes.subarray(sent));
  }

  /** Whether reading would not wait. */
  protected readable(): boolean {
    if (this.isClosed) return true;
    const connection = this.connected();
    return connection.available > 0 || connection.ended || over(connection);
  }

  /** Whether writing would not wait. */
  protected writable(): boolean {
    if (this.isClosed) return true;
    const connection = this.connected();
    return connection.writable || over(connection);
  }

  /** The exception for a connection with an error. */
  protected failed(connection: Connection): Value {
    return new OSError(connection.error);
  }

  /** Waits until `test` holds, as long as the timeout allows. */
  protected *until(source: Watched, test: () => boolean): Waiting<void> {
    if (test()) return;
    const { patience } = this;
    if (patience === 0) throw new OSError(EAGAIN);
    const host = current().host as Host;
    const deadline = patience === null ? null : host.now() + patience;
    while (!test()) {
      if (deadline !== null && host.now() >= deadline) throw new OSError(ETIMEDOUT);
      yield new Wait(deadline, (wake) => {
        const end = source.watch(wake);
        if (test()) wake();
        return end;
      });
    }
  }
}
define(ConnectionStream, {
  builtin: true,
  methods: { write: "data, offset=, length=, /" },
  blocking: ["write"],
});

function over(connection: Connection): boolean {
  return connection.error !== 0 || connection.state === "closed";
}
