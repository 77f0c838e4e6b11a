/**
 * A network in memory: the programs that share one virtual host reach each other, and themselves, on any
 * local address. Bytes arrive at once, as many as the receiver's window takes.
 */

import { ByteQueue } from "./byte-queue.js";
import {
  addressFamily,
  type Connection,
  type Datagram,
  type DatagramPort,
  type Endpoint,
  type Listener,
  type Lookup,
  type Network,
} from "./network.js";
import { Watchers } from "./watchers.js";

const ECONNRESET = 104;
const EADDRINUSE = 98;
const ECONNREFUSED = 111;
/** How many bytes may wait at the receiver. */
const WINDOW = 16 * 1024;
const FIRST_FREE_PORT = 49152;
const LOOPBACK = "127.0.0.1";

class MemoryConnection extends Watchers implements Connection {
  state: "connecting" | "open" | "closed" = "open";
  error = 0;
  peer: MemoryConnection | null = null;
  private readonly inbox = new ByteQueue();
  private peerEnded = false;

  constructor(
    readonly local: Endpoint,
    readonly remote: Endpoint,
  ) {
    super();
  }

  get available(): number {
    return this.inbox.length;
  }

  get ended(): boolean {
    return this.peerEnded && this.inbox.length === 0;
  }

  get writable(): boolean {
    if (this.state !== "open" || this.peer === null) return false;
    return this.peer.state === "closed" || this.peer.inbox.length < WINDOW;
  }

  read(max: number, peek = false): Uint8Array {
    const wasFull = this.inbox.length >= WINDOW;
    const bytes = this.inbox.take(max, peek);
    if (wasFull && this.inbox.length < WINDOW) this.peer?.changed();
    return bytes;
  }

  indexOf(byte: number): number {
    return this.inbox.indexOf(byte);
  }

  write(data: Uint8Array): number {
    const { peer } = this;
    if (peer === null || !this.writable) return 0;
    if (peer.state === "closed") {
      // The first bytes still go out; the answer to them is a reset.
      this.fail(ECONNRESET);
      return data.length;
    }
    const taken = Math.min(data.length, WINDOW - peer.inbox.length);
    peer.inbox.push(data.slice(0, taken));
    peer.changed();
    return taken;
  }

  close(): void {
    if (this.state === "closed") return;
    // Closing with bytes unread resets the connection, as TCP does.
    if (this.inbox.length > 0) this.peer?.fail(ECONNRESET);
    else if (this.peer !== null) this.peer.peerEnded = true;
    this.state = "closed";
    this.inbox.clear();
    this.peer?.changed();
    this.changed();
  }

  reset(): void {
    this.state = "closed";
    this.peer?.fail(ECONNRESET);
    this.changed();
  }

  configure(): void {}

  fail(error: number): void {
    if (this.state === "closed") return;
    this.error = error;
    this.state = "closed";
    this.peerEnded = true;
    this.changed();
  }
}

class MemoryListener extends Watchers implements Listener {
  readonly settled = true;
  private readonly waiting: MemoryConnection[] = [];

  constructor(
    readonly local: Endpoint,
    readonly error: number,
    private readonly closed: () => void,
  ) {
    super();
  }

  get pending(): boolean {
    return this.waiting.length > 0;
  }

  accept(): Connection | null {
    return this.waiting.shift() ?? null;
  }

  offer(connection: MemoryConnection): void {
    this.waiting.push(connection);
    this.changed();
  }

  close(): void {
    this.closed();
    for (const connection of this.waiting) connection.reset();
    this.waiting.length = 0;
    this.changed();
  }
}

class MemoryPort extends Watchers implements DatagramPort {
  readonly settled = true;
  private readonly inbox: Datagram[] = [];

  constructor(
    readonly local: Endpoint,
    readonly error: number,
    private readonly network: MemoryNetwork,
  ) {
    super();
  }

  get pending(): boolean {
    return this.inbox.length > 0;
  }

  receive(peek = false): Datagram | null {
    return (peek ? this.inbox[0] : this.inbox.shift()) ?? null;
  }

  send(data: Uint8Array, to: Endpoint): void {
    this.network.deliver({ data: data.slice(), from: this.local }, to.port);
  }

  put(datagram: Datagram): void {
    this.inbox.push(datagram);
    this.changed();
  }

  join(): void {}
  leave(): void {}
  broadcast(): void {}

  close(): void {
    this.network.closePort(this);
    this.changed();
  }
}

export class MemoryNetwork implements Network {
  private readonly listeners = new Map<number, MemoryListener>();
  private readonly ports = new Map<number, MemoryPort>();
  private nextPort = FIRST_FREE_PORT;

  lookup(host: string, _family: 0 | 4 | 6): Lookup {
    const known = host === "localhost" || host === "";
    const addresses = addressFamily(host) !== 0 ? [host] : known ? [LOOPBACK] : [];
    return { settled: true, addresses, watch: () => () => {} };
  }

  connect(to: Endpoint, from: Endpoint | null): Connection {
    const local = from ?? { host: LOOPBACK, port: this.freePort() };
    const near = new MemoryConnection(local, to);
    const far = new MemoryConnection(to, local);
    near.peer = far;
    far.peer = near;
    const listener = this.listeners.get(to.port);
    if (listener === undefined) near.fail(ECONNREFUSED);
    else listener.offer(far);
    return near;
  }

  listen(at: Endpoint): Listener {
    const local = { host: at.host, port: at.port === 0 ? this.freePort() : at.port };
    if (this.listeners.has(local.port)) return new MemoryListener(local, EADDRINUSE, () => {});
    const listener = new MemoryListener(local, 0, () => this.listeners.delete(local.port));
    this.listeners.set(local.port, listener);
    return listener;
  }

  datagrams(at: Endpoint | null, _family: 4 | 6, reuse: boolean): DatagramPort {
    const port = at === null || at.port === 0 ? this.freePort() : at.port;
    const error = this.ports.has(port) && !reuse ? EADDRINUSE : 0;
    const opened = new MemoryPort({ host: at?.host ?? LOOPBACK, port }, error, this);
    if (error === 0) this.ports.set(port, opened);
    return opened;
  }

  deliver(datagram: Datagram, port: number): void {
    this.ports.get(port)?.put(datagram);
  }

  closePort(port: MemoryPort): void {
    if (this.ports.get(port.local.port) === port) this.ports.delete(port.local.port);
  }

  private freePort(): number {
    return this.nextPort++;
  }
}
