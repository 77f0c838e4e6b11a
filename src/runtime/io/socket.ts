/**
 * `socket.socket`: TCP and UDP, blocking, with a timeout or without waiting. The methods that may wait
 * are generators that `define` makes callables with `.wait`; the host's network does the rest.
 */

import type { Waiting } from "../core/blocking.js";
import { bytesOf } from "../core/buffer.js";
import { toBytes } from "../core/bytes.js";
import { define } from "../core/class.js";
import { current } from "../core/context.js";
import { osError } from "../core/errno-name.js";
import { OSError, RuntimeError } from "../core/exceptions.js";
import { identity } from "../core/identity.js";
import { asNumber, index } from "../core/numbers.js";
import { PRINT } from "../core/slots.js";
import { truth } from "../core/unary.js";
import { isInt, type Tuple, tup, type Value } from "../core/values.js";
import { varying, without } from "../core/varying.js";
import { Wait } from "../core/wait.js";
import type { Host } from "../host/host.js";
import type {
  Connection,
  Datagram,
  DatagramPort,
  Endpoint,
  Listener,
  Network,
} from "../host/network.js";
import { addressTuple, endpointOf } from "./address.js";
import { Attention, ConnectionStream } from "./connection-stream.js";
import {
  POLLABLE,
  POLLERR,
  POLLHUP,
  POLLIN,
  POLLNVAL,
  POLLOUT,
  type Pollable,
} from "./pollable.js";
import {
  AF_INET,
  AF_INET6,
  Option,
  SOCK_DGRAM,
  SOCK_STREAM,
  SOL_SOCKET,
} from "./socket-constants.js";
import { groupOf, lingersNot, optionOf } from "./socket-options.js";
import {
  boardEndpoint,
  checkFlagless,
  checkGroup,
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
/** lwIP's states. */
const [NEW, LISTENING, CONNECTING, CONNECTED, ACTIVE_DATAGRAMS, PEER_CLOSED] = [0, 1, 2, 3, 4, 5];
/** How it writes the error of a socket without anything behind it. */
const CLOSED = -17;

export class Socket extends ConnectionStream {
  declare private $family: number;
  declare private $kind: number;
  /** Milliseconds that an operation may wait; null: for ever, 0: not at all. */
  declare private $timeout: number | null;
  declare private $bound: Endpoint | null;
  declare $connection: Connection | null;
  declare private $listener: Listener | null;
  declare private $port: DatagramPort | null;
  /** Where datagrams go that are sent without an address. */
  declare private $peer: Endpoint | null;
  declare private $closed: boolean;
  declare private $reuse: boolean;
  declare private $resets: boolean;
  declare private $attention: Attention;

  override __init__(af: Value = AF_INET, type: Value = SOCK_STREAM, proto: Value = 0): Value {
    this.$family = index(af);
    this.$kind = index(type);
    index(proto);
    const isKnown = this.$family === AF_INET || this.$family === AF_INET6;
    // lwIP takes what it does not know for the older protocol.
    if (!isKnown && socketStack() === undefined) throw osError(EAFNOSUPPORT);
    if (!isKnown) this.$family = AF_INET;
    if (this.$kind !== SOCK_STREAM && this.$kind !== SOCK_DGRAM) throw new OSError(EINVAL);
    network();
    this.$timeout = null;
    this.$bound = null;
    this.$connection = null;
    this.$listener = null;
    this.$port = null;
    this.$peer = null;
    this.$closed = false;
    this.$reuse = false;
    this.$resets = false;
    this.$attention = new Attention();
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
    this.$bound = at;
    if (this.$kind === SOCK_DGRAM) this.$openPort(at);
    else this.$listener = network().listen(at);
    this.$attention.follow(this.$port ?? this.$listener);
    const opened = (this.$port ?? this.$listener) as Listener | DatagramPort;
    yield* settled(opened);
    if (opened.error !== 0) throw osError(opened.error);
    return null;
  }

  listen(backlog: Value = undefined): null {
    if (backlog !== undefined) index(backlog);
    this.$open();
    if (this.$kind === SOCK_DGRAM) throw new OSError(EOPNOTSUPP);
    const at = { host: this.$family === AF_INET6 ? "::" : "0.0.0.0", port: 0 };
    this.$listener ??= network().listen(at);
    this.$attention.follow(this.$listener);
    return null;
  }

  *accept(): Waiting<Tuple> {
    this.$open();
    const { $listener: listener } = this;
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
    const connection = this.$listener?.accept() ?? null;
    if (connection === null) return null;
    const socket = new Socket(this.$family, SOCK_STREAM);
    socket.$attach(connection);
    return tup(socket, addressTuple(connection.remote, this.$family));
  }

  *connect(address: Value): Waiting<null> {
    const to = yield* this.$endpoint(address);
    this.$open();
    if (this.$kind === SOCK_DGRAM) {
      this.$peer = to;
      return null;
    }
    this.$listener?.close();
    this.$listener = null;
    const connection = network().connect(to, this.$bound);
    this.$attach(connection);
    // Without waiting, a refusal is told by the first use.
    if (this.$timeout === 0) throw osError(EINPROGRESS);
    yield* this.$until(connection, () => connection.state !== "connecting");
    if (connection.error !== 0) throw osError(connection.error);
    return null;
  }

  private $attach(connection: Connection): void {
    this.$connection = connection;
    this.$attention.follow(connection);
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
    const data = this.$take(max, (flags & Option.MSG_PEEK) !== 0);
    if (data === null) throw new OSError(EAGAIN);
    return data;
  }

  private *$datagram(flags: number): Waiting<Datagram> {
    const port = this.$datagramPort();
    yield* this.$until(port, () => port.pending || this.$closed, this.$patienceFor(flags));
    this.$open();
    const datagram = port.receive((flags & Option.MSG_PEEK) !== 0);
    if (datagram === null) throw new OSError(EAGAIN);
    return datagram;
  }

  private $patienceFor(flags: number): number | null {
    return (flags & Option.MSG_DONTWAIT) === 0 ? this.$timeout : 0;
  }

  *send(data: Value, flags: Value = undefined): Waiting<number> {
    if (flags !== undefined) checkFlagless(1, 2);
    const bytes = bytesOf(data).slice();
    if (this.$kind === SOCK_DGRAM) {
      const { $peer: peer } = this;
      if (peer === null) throw osError(EDESTADDRREQ);
      const port = this.$datagramPort();
      yield* settled(port);
      port.send(bytes, peer);
      return bytes.length;
    }
    if (this.$connection === null && !this.$closed) throw notConnected(new OSError(EPIPE));
    return yield* this.$sendSome(bytes);
  }

  *sendall(data: Value, flags: Value = undefined): Waiting<null> {
    if (flags !== undefined) checkFlagless(1, 2);
    yield* this.$sendAll(bytesOf(data).slice());
    return null;
  }

  *sendto(data: Value, flagsOrAddress: Value, address: Value = undefined): Waiting<number> {
    if (address !== undefined) checkFlagless(2, 3);
    const to = yield* this.$endpoint(address ?? flagsOrAddress);
    const bytes = bytesOf(data).slice();
    if (this.$kind === SOCK_STREAM) return yield* this.$sendSome(bytes);
    const port = this.$datagramPort();
    yield* settled(port);
    port.send(bytes, to);
    return bytes.length;
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
    // The stacks of boards do not look at the level, and want a number for what they switch on.
    const isBoard = socketStack() !== undefined;
    const option = optionOf(isBoard && !isInt(level) ? SOL_SOCKET : index(level), index(optname));
    if (isBoard && (option === "reuseAddress" || option === "broadcast")) index(value);
    if (option === "join" || option === "leave") checkGroup(bytesOf(value).length);
    if (option === "linger") this.$resets = lingersNot(value);
    else if (option === "reuseAddress") this.$reuse = truth(value);
    else if (option === "keepAlive" || option === "noDelay") {
      this.$connection?.configure(option, truth(value));
    } else if (option === "broadcast") this.$datagramPort().broadcast(truth(value));
    else if (option === "join") this.$datagramPort().join(groupOf(value));
    else if (option === "leave") this.$datagramPort().leave(groupOf(value));
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
    if (this.$resets) this.$connection?.reset();
    else this.$connection?.close();
    this.$listener?.close();
    this.$port?.close();
    this.$attention.follow(null);
  }

  /** Closes it for the program, while TLS still has something to send over its connection. */
  $release(): void {
    this.$closed = true;
    this.$attention.follow(null);
  }

  get [POLLABLE](): Pollable {
    return {
      poll: (flags) => this.$readiness(flags),
      watch: (notify) => this.$attention.watch(notify),
      lasting: true,
    };
  }

  private $readiness(flags: number): number {
    if (this.$closed) return POLLNVAL;
    const { $connection: connection, $listener: listener, $port: port } = this;
    if (port !== null) return flags & ((port.pending ? POLLIN : 0) | POLLOUT);
    if (connection !== null) {
      if (connection.state === "connecting") return 0;
      const input = flags & POLLIN && this.$readable() ? POLLIN : 0;
      const output = flags & POLLOUT && this.$writable() ? POLLOUT : 0;
      const hung = connection.state === "closed" ? POLLHUP : 0;
      return input | output | hung | (connection.error === 0 ? 0 : POLLERR);
    }
    if (listener !== null) return listener.pending ? flags & POLLIN : 0;
    return this.$kind === SOCK_DGRAM ? flags & POLLOUT : POLLHUP | (flags & POLLOUT);
  }

  [PRINT](): string {
    const state = this.$closed ? CLOSED : this.$state;
    const own = { state, timeout: this.$timeout, datagrams: this.$kind === SOCK_DGRAM };
    return printSocket(own) ?? `<socket ${identity(this)}>`;
  }

  /** As lwIP counts them. */
  private get $state(): number {
    if (this.$listener !== null) return LISTENING;
    if (this.$port !== null) return ACTIVE_DATAGRAMS;
    if (this.$connection === null) return NEW;
    if (this.$connection.state === "connecting") return CONNECTING;
    return this.$connection.state === "closed" ? PEER_CLOSED : CONNECTED;
  }

  // What stands behind

  private *$endpoint(address: Value): Waiting<Endpoint> {
    const find = socketStack() === undefined ? endpointOf : boardEndpoint;
    return yield* find(address, this.$family);
  }

  private $open(): void {
    if (this.$closed) throw new OSError(EBADF);
  }

  override $connected(): Connection {
    this.$open();
    if (this.$connection === null) throw osError(ENOTCONN);
    return this.$connection;
  }

  private $datagramPort(): DatagramPort {
    this.$open();
    if (this.$kind !== SOCK_DGRAM) throw new OSError(EOPNOTSUPP);
    if (this.$port === null) this.$openPort(null);
    return this.$port as unknown as DatagramPort;
  }

  private $openPort(at: Endpoint | null): void {
    this.$port = network().datagrams(at, this.$family === AF_INET6 ? 6 : 4, this.$reuse);
    this.$attention.follow(this.$port);
  }
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

export function network(): Network {
  const { network } = current().host as Host;
  if (network === null) throw osError(EAFNOSUPPORT);
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
without(Socket, ["flush", "readlines", "seek", "tell"]);
const { fileno } = Socket.prototype;
varying(Socket, "fileno", () => (socketStack() === "lwip" ? undefined : fileno), fileno);
