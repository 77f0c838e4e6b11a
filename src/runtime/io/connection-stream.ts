/**
 * Streams over a connection of the host's network: what `socket.socket` and `SSLSocket` have in common.
 * Reading and writing wait as long as the timeout allows; asyncio's streams use the methods that never
 * wait (`take`, `takeLine`, `put`).
 */

import type { Waiting } from "../core/blocking/blocking.js";
import { Wait } from "../core/blocking/wait.js";
import { define } from "../core/class/class.js";
import { current } from "../core/context.js";
import { osError } from "../core/exception/errno-name.js";
import { OSError, RuntimeError } from "../core/exception/exceptions.js";
import { bytesOf } from "../core/memory/buffer.js";
import { index } from "../core/number/numbers.js";
import type { Value } from "../core/values.js";
import type { Host } from "../host/host.js";
import type { Connection, Watched } from "../host/network.js";
import { WaitingStream } from "./waiting-stream.js";

const EAGAIN = 11;
const EPIPE = 32;
const ETIMEDOUT = 110;
const NEWLINE = 10;

export abstract class ConnectionStream extends WaitingStream {
  /** The connection; OSError when there is none, or it was closed. */
  abstract $connected(): Connection;

  /** Milliseconds that an operation may wait; null: for ever, 0: not at all. */
  abstract get $patience(): number | null;

  protected abstract get $isClosed(): boolean;

  override get $isText(): boolean {
    return false;
  }

  /** Up to `max` bytes that have arrived; empty at the end, null when nothing is there. */
  $take(max: number, peek = false): Uint8Array | null {
    const connection = this.$connected();
    if (connection.available === 0) {
      if (connection.error !== 0) throw this.$failed(connection);
      return connection.ended || connection.state === "closed" ? new Uint8Array(0) : null;
    }
    return connection.read(max, peek);
  }

  /**
   * What read(max) gives without waiting: it goes on reading until it has all, so that an error which
   * follows the bytes takes them with it.
   */
  $takeUpTo(max: number): Uint8Array | null {
    const bytes = this.$take(max);
    if (bytes === null || bytes.length === max) return bytes;
    const connection = this.$connected();
    if (connection.error !== 0) throw this.$failed(connection);
    return bytes;
  }

  /** A line as far as it has arrived, or null: what readline() gives without waiting. */
  $takeLine(): Uint8Array | null {
    const connection = this.$connected();
    const end = connection.indexOf(NEWLINE);
    return end < 0 ? this.$takeUpTo(Number.MAX_SAFE_INTEGER) : this.$take(end + 1);
  }

  /** Hands over bytes without waiting; how many, or null. They must not change afterwards. */
  $put(data: Uint8Array): number | null {
    const connection = this.$connected();
    if (connection.error !== 0) throw this.$failed(connection);
    if (connection.state === "connecting") return null;
    if (connection.state === "closed") throw new OSError(EPIPE);
    const count = connection.write(data);
    if (count === 0 && over(connection)) throw this.$failed(connection);
    return count === 0 && data.length > 0 ? null : count;
  }

  override *$arrived(max: number): Waiting<Uint8Array | null> {
    const connection = this.$connected();
    const test = (): boolean => this.$readable();
    if (this.$patience === 0) yield* glance(test);
    else yield* this.$until(connection, test);
    return this.$take(max);
  }

  override *write(data: Value, first: Value = undefined, second: Value = undefined): Waiting {
    let bytes = bytesOf(data);
    if (second !== undefined) bytes = bytes.subarray(index(first));
    const length = second ?? first;
    if (length !== undefined) bytes = bytes.subarray(0, index(length));
    return yield* this.$sent(bytes.slice());
  }

  override *$sent(bytes: Uint8Array): Waiting<number | null> {
    if (this.$patience === 0) {
      yield* glance(() => this.$writable());
      return this.$put(bytes);
    }
    yield* this.$sendAll(bytes);
    return bytes.length;
  }

  protected *$sendSome(bytes: Uint8Array): Waiting<number> {
    const connection = this.$connected();
    yield* this.$until(connection, () => this.$writable());
    const count = this.$put(bytes);
    if (count === null) throw new OSError(EAGAIN);
    return count;
  }

  protected *$sendAll(bytes: Uint8Array): Waiting<void> {
    for (let sent = 0; sent < bytes.length; ) sent += yield* this.$sendSome(bytes.subarray(sent));
  }

  /** Whether reading would not wait. */
  protected $readable(): boolean {
    if (this.$isClosed) return true;
    return isReadable(this.$connected());
  }

  /** Whether writing would not wait. */
  protected $writable(): boolean {
    if (this.$isClosed) return true;
    return isWritable(this.$connected());
  }

  /** The exception for a connection with an error, which is told once; reading then finds the end. */
  protected $failed(connection: Connection): Value {
    const { error } = connection;
    connection.error = 0;
    return osError(error);
  }

  /** Waits until `test` holds, as long as the timeout or another patience allows. */
  protected *$until(
    source: Watched,
    test: () => boolean,
    patience = this.$patience,
  ): Waiting<void> {
    if (test()) return;
    if (patience === 0) {
      yield* glance(test);
      if (!test()) throw new OSError(EAGAIN);
      return;
    }
    const host = current().host as Host;
    const deadline = patience === null ? null : host.now() + patience;
    while (!test()) {
      if (deadline !== null && host.now() >= deadline) throw osError(ETIMEDOUT);
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

/**
 * Gives the host a turn unless `test` holds, so that a program which asks again and again without
 * waiting sees what has come meanwhile. Plain code that cannot suspend goes without.
 */
export function* glance(test: () => boolean): Waiting<void> {
  if (test()) return;
  try {
    yield new Wait((current().host as Host).now());
  } catch (error) {
    if (!(error instanceof RuntimeError)) throw error;
  }
}

/** Whether reading from it would not wait: there is something, or nothing comes any more. */
export function isReadable(connection: Connection): boolean {
  return connection.available > 0 || connection.ended || over(connection);
}

/** Whether writing to it would not wait. */
export function isWritable(connection: Connection): boolean {
  return connection.writable || over(connection);
}

function over(connection: Connection): boolean {
  return connection.error !== 0 || connection.state === "closed";
}
