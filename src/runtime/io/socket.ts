/**
 * `socket.socket`: TCP and UDP, blocking, with a timeout or without waiting. The methods that may wait
 * are generators that `define` makes callables with `.wait`; its `SocketEnd` does the rest.
 */

import type { Waiting } from "../core/blocking/blocking.js";
import { define } from "../core/class/class.js";
import { identity } from "../core/class/identity.js";
import { varying, without } from "../core/class/varying.js";
import { osError } from "../core/exception/errno-name.js";
import { OSError } from "../core/exception/exceptions.js";
import { bytesOf } from "../core/memory/buffer.js";
import { asNumber, index } from "../core/number/numbers.js";
import { truth } from "../core/operator/unary.js";
import { PRINT } from "../core/slots.js";
import { toBytes } from "../core/text/bytes.js";
import { type Tuple, tup, type Value } from "../core/values.js";
import type { Connection, Datagram, DatagramPort, Endpoint } from "../host/network.js";
import { addressTuple, endpointOf } from "./address.js";
import { ConnectionStream, glance } from "./connection-stream.js";
import { hostNetwork } from "./host-network.js";
import { POLLABLE, POLLNVAL, type Pollable } from "./pollable.js";
import { settled } from "./settled.js";
import { AF_INET, AF_INET6, hasFlag, SOCK_DGRAM, SOCK_STREAM } from "./socket-constants.js";
import { SocketEnd } from "./socket-end.js";
import { setSocketOption } from "./socket-options.js";
import {
  boardEndpoint,
  checkFlagless,
  checkSendall,
  notConnected,
  printSocket,
  socketStack,
} from "./socket-stack.js";

const EBADF = 9;
const EAGAIN = 11;
const EINVAL = 22;
const EDESTADDRREQ = 89;
const EPIPE = 32;
const EOPNOTSUPP = 95;
const EAFNOSUPPORT = 97;
const ENOTCONN = 107;
const EINPROGRESS = 115;

export class Socket extends ConnectionStream {
  declare private $family: number;
  declare private $kind: number;
  /** Milliseconds that an operation may wait; null: for ever, 0: not at all. */
  declare private $timeout: number | null;
  declare private $closed: boolean;
  declare private $end: SocketEnd;

  override __init__(af: Value = AF_INET, type: Value = SOCK_STREAM, proto: Value = 0): Value {
    this.$family = index(af);
    this.$kind = index(type);
    index(proto);
    const isKnown = this.$family === AF_INET || this.$family === AF_INET6;
    // lwIP takes what it does not know for the older protocol.
    if (!isKnown && socketStack() === undefined) throw osError(EAFNOSUPPORT);
    if (!isKnown) this.$family = AF_INET;
    if (this.$kind !== SOCK_STREAM && this.$kind !== SOCK_DGRAM) throw new OSError(EINVAL);
    hostNetwork();
    this.$timeout = null;
    this.$closed = false;
    this.$end = new SocketEnd(this.$family, this.$kind);
    return null;
  }

  override get $patience(): number | null {
    return this.$timeout;
  }

  protected override get $isClosed(): boolean {
    return this.$closed;
  }

  // Making connections

  *bind(address: Value): Waiting<null> {
    const at = yield* this.$endpoint(address);
    this.$open();
    const opened = this.$end.bind(at);
    yield* settled(opened);
    if (opened.error !== 0) throw osError(opened.error);
    return null;
  }

  listen(backlog: Value = undefined): null {
    if (backlog !== undefined) index(backlog);
    this.$open();
    if (this.$kind === SOCK_DGRAM) throw new OSError(EOPNOTSUPP);
    this.$end.listen();
    return null;
  }

  *accept(): Waiting<Tuple> {
    this.$open();
    const { listener } = this.$end;
    if (this.$kind === SOCK_DGRAM && socketStack() === "lwip") throw osError(EOPNOTSUPP);
    if (listener === null) throw new OSError(EINVAL);
    yield* this.$until(listener, () => listener.pending || listener.error !== 0 || this.$closed);
    const accepted = this.$acceptNow();
    if (accepted === null) throw osError(listener.error || EAGAIN);
    return accepted;
  }

  /** A connection that has come, as accept() gives it, or null. */
  $acceptNow(): Tuple | null {
    this.$open();
    const connection = this.$end.listener?.accept() ?? null;
    if (connection === null) return null;
    const socket = new Socket(this.$family, SOCK_STREAM);
    socket.$end.attach(connection);
    return tup(socket, addressTuple(connection.remote, this.$family));
  }

  *connect(address: Value): Waiting<null> {
    const to = yield* this.$endpoint(address);
    this.$open();
    if (this.$kind === SOCK_DGRAM) {
      this.$end.peer = to;
      return null;
    }
    const connection = this.$end.connect(to);
    // Without waiting, a refusal is told by the first use.
    if (this.$timeout === 0) throw osError(EINPROGRESS);
    yield* this.$until(connection, () => connection.state !== "connecting");
    if (connection.error !== 0) throw osError(connection.error);
    return null;
  }

  // Bytes

  *recv(bufsize: Value, flags: Value = 0): Waiting {
    const data = yield* this.$receive(index(bufsize), index(flags));
    return toBytes(data);
  }

  *recvfrom(bufsize: Value, flags: Value = 0): Waiting<Tuple> {
    if (this.$kind === SOCK_STREAM) {
      const data = yield* this.$receive(index(bufsize), index(flags));
      return tup(toBytes(data), addressTuple(this.$connected().remote, this.$family));
    }
    const { data, from } = yield* this.$datagram(index(flags));
    return tup(toBytes(data.subarray(0, index(bufsize))), addressTuple(from, this.$family));
  }

  private *$receive(max: number, flags: number): Waiting<Uint8Array> {
    if (this.$kind === SOCK_DGRAM) return (yield* this.$datagram(flags)).data.subarray(0, max);
    const connection = this.$connected();
    yield* this.$until(connection, () => this.$readable(), this.$patienceFor(flags));
    const data = this.$take(max, hasFlag(flags, "MSG_PEEK"));
    if (data === null) throw new OSError(EAGAIN);
    return data;
  }

  private *$datagram(flags: number): Waiting<Datagram> {
    const port = this.$datagramPort();
    yield* this.$until(port, () => port.pending || this.$closed, this.$patienceFor(flags));
    this.$open();
    const datagram = port.receive(hasFlag(flags, "MSG_PEEK"));
    if (datagram === null) throw new OSError(EAGAIN);
    return datagram;
  }

  private $patienceFor(flags: number): number | null {
    return hasFlag(flags, "MSG_DONTWAIT") ? 0 : this.$timeout;
  }

  *send(data: Value, flags: Value = undefined): Waiting<number> {
    if (flags !== undefined) checkFlagless(1, 2);
    const bytes = bytesOf(data).slice();
    if (this.$kind === SOCK_DGRAM) return yield* this.$sendToPeer(bytes);
    if (this.$connection === null && !this.$closed) throw notConnected(new OSError(EPIPE));
    return yield* this.$sendSome(bytes);
  }

  *sendall(data: Value, flags: Value = undefined): Waiting<null> {
    if (flags !== undefined) checkFlagless(1, 2);
    const bytes = bytesOf(data).slice();
    if (this.$kind === SOCK_STREAM) yield* this.$sendAll(bytes);
    else {
      checkSendall();
      yield* this.$sendToPeer(bytes);
    }
    return null;
  }

  *sendto(data: Value, flagsOrAddress: Value, address: Value = undefined): Waiting<number> {
    if (address !== undefined) checkFlagless(2, 3);
    const to = yield* this.$endpoint(address ?? flagsOrAddress);
    const bytes = bytesOf(data).slice();
    if (this.$kind === SOCK_STREAM) return yield* this.$sendSome(bytes);
    return yield* this.$sendDatagram(bytes, to);
  }

  private *$sendToPeer(bytes: Uint8Array): Waiting<number> {
    this.$open();
    const { peer } = this.$end;
    if (peer === null) throw osError(EDESTADDRREQ);
    return yield* this.$sendDatagram(bytes, peer);
  }

  private *$sendDatagram(bytes: Uint8Array, to: Endpoint): Waiting<number> {
    const port = this.$datagramPort();
    yield* settled(port);
    port.send(bytes, to);
    return bytes.length;
  }

  // As a stream: reading takes a datagram, of which it loses what it has no room for

  override *$arrived(max: number): Waiting<Uint8Array | null> {
    if (this.$kind === SOCK_STREAM) return yield* super.$arrived(max);
    const port = this.$datagramPort();
    const test = (): boolean => port.pending || this.$closed;
    if (this.$timeout === 0) yield* glance(test);
    else yield* this.$until(port, test);
    return this.$take(max);
  }

  override $take(max: number, peek = false): Uint8Array | null {
    if (this.$kind === SOCK_STREAM) return super.$take(max, peek);
    return this.$datagramPort().receive(peek)?.data.subarray(0, max) ?? null;
  }

  override $takeUpTo(max: number): Uint8Array | null {
    return this.$kind === SOCK_STREAM ? super.$takeUpTo(max) : this.$take(max);
  }

  override $takeLine(): Uint8Array | null {
    return this.$kind === SOCK_STREAM ? super.$takeLine() : this.$take(1);
  }

  override *$sent(bytes: Uint8Array): Waiting<number | null> {
    if (this.$kind === SOCK_STREAM) return yield* super.$sent(bytes);
    return yield* this.$sendToPeer(bytes);
  }

  override $put(data: Uint8Array): number | null {
    if (this.$kind === SOCK_STREAM) return super.$put(data);
    const { peer } = this.$end;
    if (peer === null) throw osError(EDESTADDRREQ);
    this.$datagramPort().send(data, peer);
    return data.length;
  }

  // Settings

  settimeout(value: Value): null {
    this.$timeout = value === null ? null : Math.trunc(1000 * asNumber(value));
    return null;
  }

  setblocking(flag: Value): null {
    this.$timeout = truth(flag) ? null : 0;
    return null;
  }

  setsockopt(level: Value, optname: Value, value: Value): null {
    setSocketOption(this.$end, () => this.$datagramPort(), [level, optname, value]);
    return null;
  }

  makefile(_mode: Value = "rb", _buffering: Value = 0): this {
    return this;
  }

  fileno(): number {
    return this.$closed ? -1 : identity(this);
  }

  override $closeRaw(): void {
    if (this.$closed) return;
    this.$closed = true;
    this.$end.close();
  }

  /** Closes it for the program, while TLS still has something to send over its connection. */
  $release(): void {
    this.$closed = true;
    this.$end.attention.follow(null);
  }

  get [POLLABLE](): Pollable {
    return {
      poll: (flags) => (this.$closed ? POLLNVAL : this.$end.readiness(flags)),
      watch: (notify) => this.$end.attention.watch(notify),
      lasting: true,
    };
  }

  [PRINT](): string {
    const end = this.$closed ? null : this.$end;
    const own = { end, timeout: this.$timeout, datagrams: this.$kind === SOCK_DGRAM };
    return printSocket(own) ?? `<socket ${identity(this)}>`;
  }

  // What stands behind

  private *$endpoint(address: Value): Waiting<Endpoint> {
    const find = socketStack() === undefined ? endpointOf : boardEndpoint;
    return yield* find(address, this.$family);
  }

  private $open(): void {
    if (this.$closed) throw new OSError(EBADF);
  }

  get $connection(): Connection | null {
    return this.$end.connection;
  }

  override $connected(): Connection {
    this.$open();
    if (this.$connection === null) throw osError(ENOTCONN);
    return this.$connection;
  }

  private $datagramPort(): DatagramPort {
    this.$open();
    if (this.$kind !== SOCK_DGRAM) throw new OSError(EOPNOTSUPP);
    return this.$end.datagrams();
  }
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
    recvfrom: "bufsize, flags=, /",
    send: "data, flags=, /",
    sendall: "data, flags=, /",
    sendto: "data, flags, address=, /",
    settimeout: "value, /",
    setblocking: "flag, /",
    setsockopt: "level, optname, value, /",
    makefile: "mode=, buffering=, /",
    fileno: "",
  },
  blocking: ["bind", "accept", "connect", "recv", "recvfrom", "send", "sendall", "sendto"],
});
without(Socket, ["__enter__", "__exit__", "flush", "readlines", "seek", "tell"]);
const { fileno } = Socket.prototype;
varying(Socket, "fileno", () => (socketStack() === "lwip" ? undefined : fileno), fileno);
