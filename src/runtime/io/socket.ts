/**
 * `socket.socket`: TCP and UDP, blocking, with a timeout or without waiting. The methods that may wait
 * are generators that `define` makes callables with `.wait`; the host's network does the rest.
 */

import type { Waiting } from "../core/blocking.js";
import { bytesOf, writableBytes } from "../core/buffer.js";
import { toBytes } from "../core/bytes.js";
import { define } from "../core/class.js";
import { current } from "../core/context.js";
import { OSError, RuntimeError } from "../core/exceptions.js";
import { identity } from "../core/identity.js";
import { asNumber, index } from "../core/numbers.js";
import { PRINT } from "../core/slots.js";
import { truth } from "../core/unary.js";
import { type Tuple, tup, type Value } from "../core/values.js";
import { Wait } from "../core/wait.js";
import type { Host } from "../host/host.js";
import type {
  Connection,
  DatagramPort,
  Endpoint,
  Listener,
  Network,
  Watched,
} from "../host/network.js";
import { Watchers } from "../host/watchers.js";
import { addressTuple, endpointOf } from "./address.js";
import { POLLABLE, POLLERR, POLLHUP, POLLIN, POLLOUT, type Pollable } from "./pollable.js";
import {
  AF_INET,
  AF_INET6,
  Option,
  SOCK_DGRAM,
  SOCK_STREAM,
  SOL_SOCKET,
} from "./socket-constants.js";
import { WaitingStream } from "./waiting-stream.js";

const EBADF = 9;
const EAGAIN = 11;
const EINVAL = 22;
const EOPNOTSUPP = 95;
const EAFNOSUPPORT = 97;
const ENOTCONN = 107;
const ETIMEDOUT = 110;
const EINPROGRESS = 115;
const POLLNVAL = 32;
const DEFAULT_BACKLOG = 2;

/** What pollers of a socket watch, whatever stands behind it at the time. */
class Attention extends Watchers {
  private end: (() => void) | null = null;

  follow(source: Watched | null): void {
    this.end?.();
    this.end = source?.watch(() => this.changed()) ?? null;
    this.changed();
  }
}

export class Socket extends WaitingStream {
  declare private family: number;
  declare private kind: number;
  /** Milliseconds that an operation may wait; null: for ever, 0: not at all. */
  declare private timeout: number | null;
  declare private bound: Endpoint | null;
  declare connection: Connection | null;
  declare private listener: Listener | null;
  declare private port: DatagramPort | null;
  /** Where datagrams go that are sent without an address. */
  declare private peer: Endpoint | null;
  declare private closed: boolean;
  declare private reuse: boolean;
  declare private resets: boolean;
  declare private attention: Attention;

  override __init__(af: Value = AF_INET, type: Value = SOCK_STREAM, proto: Value = 0): null {
    this.family = index(af);
    this.kind = index(type);
    index(proto);
    if (this.family !== AF_INET && this.family !== AF_INET6) throw new OSError(EAFNOSUPPORT);
    if (this.kind !== SOCK_STREAM && this.kind !== SOCK_DGRAM) throw new OSError(EINVAL);
    network();
    this.timeout = null;
    this.bound = null;
    this.connection = null;
    this.listener = null;
    this.port = null;
    this.peer = null;
    this.closed = false;
    this.reuse = false;
    this.resets = false;
    this.attention = new Attention();
    return null;
  }

  override get isText(): boolean {
    return false;
  }

  // Making connections

  *bind(address: Value): Waiting<null> {
    const at = yield* endpointOf(address, this.family);
    this.open();
    this.bound = at;
    if (this.kind === SOCK_DGRAM) this.openPort(at);
    else this.listener = network().listen(at, DEFAULT_BACKLOG);
    this.attention.follow(this.port ?? this.listener);
    const opened = (this.port ?? this.listener) as Listener | DatagramPort;
    yield* settled(opened);
    if (opened.error !== 0) throw new OSError(opened.error);
    return null;
  }

  listen(_backlog: Value = DEFAULT_BACKLOG): null {
    this.open();
    if (this.kind === SOCK_DGRAM) throw new OSError(EOPNOTSUPP);
    const at = { host: this.family === AF_INET6 ? "::" : "0.0.0.0", port: 0 };
    this.listener ??= network().listen(at, DEFAULT_BACKLOG);
    this.attention.follow(this.listener);
    return null;
  }

  *accept(): Waiting<Tuple> {
    this.open();
    const { listener } = this;
    if (listener === null) throw new OSError(EINVAL);
    yield* this.until(listener, () => listener.pending || listener.error !== 0 || this.closed);
    const accepted = this.acceptNow();
    if (accepted === null) throw new OSError(listener.error || EAGAIN);
    return accepted;
  }

  /** A connection that has come, as accept() gives it, or null. */
  acceptNow(): Tuple | null {
    this.open();
    const connection = this.listener?.accept() ?? null;
    if (connection === null) return null;
    const socket = new Socket(this.family, SOCK_STREAM);
    socket.attach(connection);
    return tup(socket, addressTuple(connection.remote, this.family));
  }

  *connect(address: Value): Waiting<null> {
    const to = yield* endpointOf(address, this.family);
    this.open();
    if (this.kind === SOCK_DGRAM) {
      this.peer = to;
      return null;
    }
    this.listener?.close();
    this.listener = null;
    const connection = network().connect(to, this.bound);
    this.attach(connection);
    if (connection.state === "connecting" && this.timeout === 0) throw new OSError(EINPROGRESS);
    yield* this.until(connection, () => connection.state !== "connecting");
    if (connection.error !== 0) throw new OSError(connection.error);
    return null;
  }

  private attach(connection: Connection): void {
    this.connection = connection;
    this.attention.follow(connection);
  }

  // Bytes

  override *arrived(max: number): Waiting<Uint8Array | null> {
    const connection = this.connected();
    if (this.timeout === 0 && !readable(connection)) return null;
    yield* this.until(connection, () => readable(connection) || this.closed);
    return this.take(max);
  }

  /** Up to `max` bytes that have arrived; empty at the end, null when nothing is there. */
  take(max: number, peek = false): Uint8Array | null {
    const connection = this.connected();
    if (connection.available === 0) {
      if (connection.error !== 0) throw new OSError(connection.error);
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
    if (connection.error !== 0) throw new OSError(connection.error);
    if (connection.state === "connecting") return null;
    const count = connection.write(data);
    return count === 0 && data.length > 0 ? null : count;
  }

  *recv(bufsize: Value, flags: Value = 0): Waiting {
    const data = yield* this.receive(index(bufsize), index(flags));
    return toBytes(data);
  }

  *recv_into(buffer: Value, nbytes: Value = 0): Waiting<number> {
    const memory = writableBytes(buffer);
    const data = yield* this.receive(index(nbytes) || memory.length, 0);
    memory.set(data);
    return data.length;
  }

  *recvfrom(bufsize: Value, _flags: Value = 0): Waiting<Tuple> {
    if (this.kind === SOCK_STREAM) {
      const data = yield* this.receive(index(bufsize), 0);
      return tup(toBytes(data), addressTuple(this.connected().remote, this.family));
    }
    const port = this.datagramPort();
    yield* this.until(port, () => port.pending || this.closed);
    this.open();
    const datagram = port.receive();
    if (datagram === null) throw new OSError(EAGAIN);
    const data = datagram.data.subarray(0, index(bufsize));
    return tup(toBytes(data), addressTuple(datagram.from, this.family));
  }

  private *receive(max: number, flags: number): Waiting<Uint8Array> {
    if (this.kind === SOCK_DGRAM) {
      const port = this.datagramPort();
      yield* this.until(port, () => port.pending || this.closed);
      this.open();
      return (port.receive()?.data ?? new Uint8Array(0)).subarray(0, max);
    }
    const connection = this.connected();
    yield* this.until(connection, () => readable(connection) || this.closed);
    const data = this.take(max, (flags & Option.MSG_PEEK) !== 0);
    if (data === null) throw new OSError(EAGAIN);
    return data;
  }

  *send(data: Value, _flags: Value = 0): Waiting<number> {
    const bytes = bytesOf(data).slice();
    if (this.kind === SOCK_DGRAM) {
      if (this.peer === null) throw new OSError(ENOTCONN);
      this.datagramPort().send(bytes, this.peer);
      return bytes.length;
    }
    return yield* this.sendSome(bytes);
  }

  *sendall(data: Value, _flags: Value = 0): Waiting<null> {
    yield* this.sendAll(bytesOf(data).slice());
    return null;
  }

  override *write(data: Value, first: Value = undefined, second: Value = undefined): Waiting {
    let bytes = bytesOf(data);
    if (second !== undefined) bytes = bytes.subarray(index(first));
    const length = second ?? first;
    if (length !== undefined) bytes = bytes.subarray(0, index(length));
    if (this.timeout === 0) return this.put(bytes.slice());
    yield* this.sendAll(bytes.slice());
    return bytes.length;
  }

  *sendto(data: Value, flagsOrAddress: Value, address: Value = undefined): Waiting<number> {
    const to = yield* endpointOf(address ?? flagsOrAddress, this.family);
    const bytes = bytesOf(data).slice();
    if (this.kind === SOCK_STREAM) return yield* this.sendSome(bytes);
    const port = this.datagramPort();
    yield* settled(port);
    port.send(bytes, to);
    return bytes.length;
  }

  private *sendSome(bytes: Uint8Array): Waiting<number> {
    const connection = this.connected();
    yield* this.until(connection, () => writable(connection) || this.closed);
    const count = this.put(bytes);
    if (count === null) throw new OSError(EAGAIN);
    return count;
  }

  private *sendAll(bytes: Uint8Array): Waiting<void> {
    for (let sent = 0; sent < bytes.length; ) sent += yield* this.sendSome(bytes.subarray(sent));
  }

  // Settings

  settimeout(value: Value): null {
    this.timeout = value === null ? null : Math.trunc(1000 * asNumber(value));
    return null;
  }

  setblocking(flag: Value): null {
    this.timeout = truth(flag) ? null : 0;
    return null;
  }

  setsockopt(level: Value, optname: Value, value: Value): null {
    const option = index(optname);
    if (option === Option.SO_LINGER && typeof value === "object" && value !== null) {
      const view = new DataView(bytesOf(value).slice().buffer);
      this.resets =
        view.byteLength >= 8 && view.getInt32(0, true) !== 0 && view.getInt32(4, true) === 0;
      return null;
    }
    if (index(level) === SOL_SOCKET) {
      if (option === Option.SO_REUSEADDR) this.reuse = truth(value);
      else if (option === Option.SO_KEEPALIVE)
        this.connection?.configure("keepAlive", truth(value));
      else if (option === Option.SO_BROADCAST) this.datagramPort().broadcast(truth(value));
      return null;
    }
    if (option === Option.TCP_NODELAY && this.kind === SOCK_STREAM) {
      this.connection?.configure("noDelay", truth(value));
    } else if (option === Option.IP_ADD_MEMBERSHIP) {
      this.datagramPort().join(groupOf(value));
    } else if (option === Option.IP_DROP_MEMBERSHIP) {
      this.datagramPort().leave(groupOf(value));
    }
    return null;
  }

  makefile(_mode: Value = "rb", _buffering: Value = 0): this {
    return this;
  }

  fileno(): number {
    return this.closed ? -1 : identity(this);
  }

  override closeRaw(): void {
    if (this.closed) return;
    this.closed = true;
    if (this.resets) this.connection?.reset();
    else this.connection?.close();
    this.listener?.close();
    this.port?.close();
    this.attention.follow(null);
  }

  get [POLLABLE](): Pollable {
    return {
      poll: (flags) => this.readiness(flags),
      watch: (notify) => this.attention.watch(notify),
    };
  }

  private readiness(flags: number): number {
    if (this.closed) return POLLNVAL;
    const { connection, listener, port } = this;
    if (port !== null) return flags & ((port.pending ? POLLIN : 0) | POLLOUT);
    if (connection !== null) {
      if (connection.state === "connecting") return 0;
      const ready = (readable(connection) ? POLLIN : 0) | (writable(connection) ? POLLOUT : 0);
      const failed = connection.error === 0 ? 0 : POLLERR | POLLHUP;
      return (flags & ready) | failed;
    }
    if (listener !== null) return listener.pending ? flags & POLLIN : 0;
    return this.kind === SOCK_DGRAM ? flags & POLLOUT : POLLHUP | (flags & POLLOUT);
  }

  [PRINT](): string {
    return `<socket ${identity(this)}>`;
  }

  // What stands behind

  private open(): void {
    if (this.closed) throw new OSError(EBADF);
  }

  private connected(): Connection {
    this.open();
    if (this.connection === null) throw new OSError(ENOTCONN);
    return this.connection;
  }

  private datagramPort(): DatagramPort {
    this.open();
    if (this.kind !== SOCK_DGRAM) throw new OSError(EOPNOTSUPP);
    if (this.port === null) this.openPort(null);
    return this.port as unknown as DatagramPort;
  }

  private openPort(at: Endpoint | null): void {
    this.port = network().datagrams(at, this.family === AF_INET6 ? 6 : 4, this.reuse);
    this.attention.follow(this.port);
  }

  /** Waits until `test` holds, as long as the timeout allows. */
  private *until(source: Watched, test: () => boolean): Waiting<void> {
    if (test()) return;
    if (this.timeout === 0) throw new OSError(EAGAIN);
    const host = current().host as Host;
    const deadline = this.timeout === null ? null : host.now() + this.timeout;
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

const NEWLINE = 10;

function readable(connection: Connection): boolean {
  return (
    connection.available > 0 ||
    connection.ended ||
    connection.error !== 0 ||
    connection.state === "closed"
  );
}

function writable(connection: Connection): boolean {
  return connection.writable || connection.error !== 0 || connection.state === "closed";
}

/** Waits until the host knows whether a port is taken; where waiting is impossible it is assumed. */
function* settled(opened: Listener | DatagramPort): Waiting<void> {
  while (!opened.settled) {
    try {
      yield new Wait(null, (wake) => opened.watch(wake));
    } catch (error) {
      if (error instanceof RuntimeError) return;
      throw error;
    }
  }
}

function groupOf(value: Value): string {
  return [...bytesOf(value).subarray(0, 4)].join(".");
}

export function network(): Network {
  const { network } = current().host as Host;
  if (network === null) throw new OSError(EAFNOSUPPORT);
  return network;
}

define(Socket, {
  name: "socket",
  builtin: true,
  methods: {
    __init__: "af=, type=, proto=, /",
    bind: "address, /",
    listen: "backlog=, /",
    accept: "",
    connect: "address, /",
    recv: "bufsize, flags=, /",
    recv_into: "buffer, nbytes=, /",
    recvfrom: "bufsize, flags=, /",
    send: "data, flags=, /",
    sendall: "data, flags=, /",
    sendto: "data, flags, address=, /",
    write: "data, offset=, length=, /",
    settimeout: "value, /",
    setblocking: "flag, /",
    setsockopt: "level, optname, value, /",
    makefile: "mode=, buffering=, /",
    fileno: "",
  },
  blocking: [
    "bind",
    "accept",
    "connect",
    "recv",
    "recv_into",
    "recvfrom",
    "send",
    "sendall",
    "sendto",
    "write",
  ],
});
