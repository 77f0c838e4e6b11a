/** TCP and UDP over Node's sockets. What arrives is held up at the sender while nobody reads it. */

import { createSocket, type Socket as UdpSocket } from "node:dgram";
import { lookup } from "node:dns";
import { createServer, connect as netConnect, type Server, type Socket } from "node:net";
import { ByteQueue } from "./byte-queue.js";
import {
  addressFamily,
  type Connection,
  type ConnectionOption,
  type Datagram,
  type DatagramPort,
  type Endpoint,
  knownAddress,
  type Listener,
  type Lookup,
  type Network,
} from "./network.js";
import { SmallCopies } from "./small-copies.js";
import { Watchers } from "./watchers.js";

const ECONNRESET = 104;
const EPIPE = 32;
const EIO = 5;
const ERRNO: Readonly<Record<string, number>> = {
  EACCES: 13,
  EPIPE: ECONNRESET,
  EADDRINUSE: 98,
  EADDRNOTAVAIL: 99,
  ENETUNREACH: 101,
  ECONNABORTED: 103,
  ECONNRESET,
  ETIMEDOUT: 110,
  ECONNREFUSED: 111,
  EHOSTUNREACH: 113,
};

/** Beyond so many bytes unread the sender is held up, beyond so many unsent the writer. */
const WINDOW = 64 * 1024;

/** So few bytes are copied before they are sent. */
const SMALL = 1024;
const copies = new SmallCopies();

/**
 * How many connections the kernel keeps until Node takes them, which it does at once. Fewer would get
 * lost in a burst, and be sent again seconds later.
 */
const BACKLOG = 4096;

function errnoOf(error: unknown): number {
  return ERRNO[(error as NodeJS.ErrnoException).code ?? ""] ?? EIO;
}

type Handle = Socket | Server | UdpSocket;

/** What a program has open, until it is closed. */
class OpenHandles {
  private readonly closers = new Map<Handle, () => void>();

  add(handle: Handle, close: () => void): void {
    this.closers.set(handle, close);
    handle.once("close", () => this.closers.delete(handle));
  }

  closeAll(): void {
    for (const close of [...this.closers.values()]) close();
    this.closers.clear();
  }
}

class NodeConnection extends Watchers implements Connection {
  state: "connecting" | "open" | "closed" = "open";
  error = 0;
  private readonly inbox = new ByteQueue();
  private peerEnded = false;
  private remoteEndpoint: Endpoint | null = null;

  constructor(
    readonly socket: Socket,
    private readonly to: Endpoint | null,
    handles: OpenHandles,
  ) {
    super();
    // What was written is still sent.
    handles.add(socket, () => socket.destroySoon());
    if (to !== null) this.state = "connecting";
    socket.on("connect", () => {
      if (this.state === "connecting") this.state = "open";
      this.changed();
    });
    socket.on("data", (chunk: Uint8Array) => {
      this.inbox.push(chunk);
      if (this.inbox.length >= WINDOW) socket.pause();
      this.changed();
    });
    socket.on("end", () => {
      this.peerEnded = true;
      this.changed();
    });
    socket.on("drain", () => this.changed());
    socket.on("error", (error) => {
      if (this.state !== "closed") this.error = errnoOf(error);
      this.state = "closed";
      this.changed();
    });
    socket.on("close", () => {
      this.peerEnded = true;
      this.changed();
    });
  }

  get local(): Endpoint {
    return { host: this.socket.localAddress ?? "0.0.0.0", port: this.socket.localPort ?? 0 };
  }

  get remote(): Endpoint {
    const { remoteAddress, remotePort } = this.socket;
    if (remoteAddress !== undefined && remotePort !== undefined) {
      this.remoteEndpoint = { host: plain(remoteAddress), port: remotePort };
    }
    return this.remoteEndpoint ?? this.to ?? { host: "0.0.0.0", port: 0 };
  }

  get available(): number {
    return this.inbox.length;
  }

  get ended(): boolean {
    return this.peerEnded && this.inbox.length === 0;
  }

  get writable(): boolean {
    return this.state === "open" && this.socket.writableLength < WINDOW;
  }

  read(max: number, peek = false): Uint8Array {
    const bytes = this.inbox.take(max, peek);
    if (this.inbox.length < WINDOW && this.socket.isPaused()) this.socket.resume();
    return bytes;
  }

  indexOf(byte: number): number {
    return this.inbox.indexOf(byte);
  }

  write(data: Uint8Array): number {
    if (!this.writable) return 0;
    const taken = data.length > WINDOW ? data.subarray(0, WINDOW) : data;
    this.socket.write(taken.length < SMALL ? copies.of(taken) : taken);
    const { errored } = this.socket;
    if (errored === null) return taken.length;
    // The kernel refuses the bytes at once: the connection was reset before.
    this.error = (errored as NodeJS.ErrnoException).code === "EPIPE" ? EPIPE : errnoOf(errored);
    this.state = "closed";
    return 0;
  }

  close(): void {
    if (this.state === "closed") return;
    const wasConnecting = this.state === "connecting";
    this.state = "closed";
    // What is still unread would otherwise keep the other side waiting.
    if (wasConnecting || this.inbox.length > 0) this.socket.resetAndDestroy();
    else this.socket.destroySoon();
    this.inbox.clear();
    this.changed();
  }

  reset(): void {
    this.state = "closed";
    this.socket.resetAndDestroy();
    this.changed();
  }

  configure(option: ConnectionOption, on: boolean): void {
    if (option === "keepAlive") this.socket.setKeepAlive(on);
    else this.socket.setNoDelay(on);
  }
}

/** An IPv4 address that a socket of both families shows in the form of IPv6. */
function plain(address: string): string {
  return address.startsWith("::ffff:") ? address.slice(7) : address;
}

class NodeListener extends Watchers implements Listener {
  settled = false;
  error = 0;
  private readonly server: Server;
  private readonly waiting: NodeConnection[] = [];

  constructor(
    private readonly at: Endpoint,
    handles: OpenHandles,
  ) {
    super();
    this.server = createServer({ allowHalfOpen: true }, (socket) => {
      this.waiting.push(new NodeConnection(socket, null, handles));
      this.changed();
    });
    handles.add(this.server, () => this.server.close());
    this.server.on("listening", () => this.settle(0));
    this.server.on("error", (error) => this.settle(errnoOf(error)));
    this.server.listen({ host: at.host, port: at.port, backlog: BACKLOG });
  }

  get local(): Endpoint {
    const address = this.server.address();
    const port = typeof address === "object" && address !== null ? address.port : this.at.port;
    return { host: this.at.host, port };
  }

  get pending(): boolean {
    return this.waiting.length > 0;
  }

  accept(): Connection | null {
    return this.waiting.shift() ?? null;
  }

  close(): void {
    this.server.close();
    for (const connection of this.waiting) connection.reset();
    this.waiting.length = 0;
    this.changed();
  }

  private settle(error: number): void {
    this.settled = true;
    this.error = error;
    this.changed();
  }
}

class NodeDatagramPort extends Watchers implements DatagramPort {
  settled = false;
  error = 0;
  private closed = false;
  private readonly socket: UdpSocket;
  private readonly inbox: Datagram[] = [];

  constructor(
    private readonly at: Endpoint | null,
    family: 4 | 6,
    reuse: boolean,
    handles: OpenHandles,
  ) {
    super();
    this.socket = createSocket({
      type: family === 6 ? "udp6" : "udp4",
      reuseAddr: reuse,
      // Only addresses come here; looked up at once, a datagram is sent before close() or the exit.
      lookup: (address, _options, found) => found(null, address, family),
    });
    handles.add(this.socket, () => this.close());
    this.socket.on("message", (data, from) => {
      this.inbox.push({ data, from: { host: plain(from.address), port: from.port } });
      this.changed();
    });
    this.socket.on("listening", () => this.settle(0));
    this.socket.on("error", (error) => this.settle(errnoOf(error)));
    this.socket.bind(at?.port ?? 0, at?.host);
  }

  get local(): Endpoint {
    return {
      host: this.at?.host ?? "0.0.0.0",
      port: this.settled ? this.socket.address().port : 0,
    };
  }

  get pending(): boolean {
    return this.inbox.length > 0;
  }

  receive(peek = false): Datagram | null {
    return (peek ? this.inbox[0] : this.inbox.shift()) ?? null;
  }

  send(data: Uint8Array, to: Endpoint): void {
    this.socket.send(data.slice(), to.port, to.host, (error) => {
      if (error !== null) this.changed();
    });
  }

  join(group: string): void {
    this.socket.addMembership(group);
  }

  leave(group: string): void {
    this.socket.dropMembership(group);
  }

  broadcast(on: boolean): void {
    this.socket.setBroadcast(on);
  }

  close(): void {
    if (this.closed) return;
    this.closed = true;
    this.socket.close();
    this.changed();
  }

  private settle(error: number): void {
    this.settled = true;
    this.error = error;
    this.changed();
  }
}

class NodeLookup extends Watchers implements Lookup {
  settled = false;
  addresses: readonly string[] = [];

  constructor(host: string, family: 0 | 4 | 6) {
    super();
    lookup(host, { all: true, family, order: "ipv4first" }, (error, found) => {
      this.settled = true;
      if (error === null) this.addresses = found.map(({ address }) => address);
      this.changed();
    });
  }
}

export class NodeNetwork implements Network {
  private readonly handles = new OpenHandles();

  /** What the program has left open would keep the process alive. */
  closeAll(): void {
    this.handles.closeAll();
  }

  lookup(host: string, family: 0 | 4 | 6): Lookup {
    if (host === "") return knownAddress(family === 6 ? "::" : "0.0.0.0");
    return addressFamily(host) === 0 ? new NodeLookup(host, family) : knownAddress(host);
  }

  connect(to: Endpoint, from: Endpoint | null): Connection {
    const socket = netConnect({
      host: to.host,
      port: to.port,
      allowHalfOpen: true,
      ...(from !== null && { localAddress: from.host, localPort: from.port }),
    });
    return new NodeConnection(socket, to, this.handles);
  }

  listen(at: Endpoint): Listener {
    return new NodeListener(at, this.handles);
  }

  datagrams(at: Endpoint | null, family: 4 | 6, reuse: boolean): DatagramPort {
    return new NodeDatagramPort(at, family, reuse, this.handles);
  }
}
