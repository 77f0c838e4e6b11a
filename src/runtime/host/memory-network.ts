/**
 * A network in memory, as one machine sees it. Alone it is all that there is: programs that share it
 * reach each other, and themselves, on any address. On a MemoryLan it has an address, and others have theirs.
 * Bytes arrive at once, as many as the receiver's window takes.
 */

import { ByteQueue } from "./byte-queue.js";
import { isMulticast, type MemoryLan } from "./memory-lan.js";
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

const EPIPE = 32;
const ECONNRESET = 104;
const EADDRINUSE = 98;
const ECONNREFUSED = 111;
const EHOSTUNREACH = 113;
/** How many bytes may wait at the receiver. */
const WINDOW = 16 * 1024;
const FIRST_FREE_PORT = 49152;
const LOOPBACK = "127.0.0.1";
/** What a simulated WLAN gets where only one board is. */
const DEFAULT_ADDRESS = "192.168.4.2";

class MemoryConnection extends Watchers implements Connection {
  state: "connecting" | "open" | "closed" = "open";
  error = 0;
  peer: MemoryConnection | null = null;
  private readonly inbox = new ByteQueue();
  private peerEnded = false;

  constructor(
    readonly local: Endpoint,
    readonly remote: Endpoint,
    /** The open connections of its machine. */
    private readonly open: Set<MemoryConnection> | undefined,
  ) {
    super();
    open?.add(this);
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
      this.fail(this.peerEnded ? EPIPE : ECONNRESET);
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
    this.end();
    this.inbox.clear();
    this.peer?.changed();
    this.changed();
  }

  reset(): void {
    this.end();
    this.peer?.fail(ECONNRESET);
    this.changed();
  }

  configure(): void {}

  fail(error: number): void {
    if (this.state === "closed") return;
    this.error = error;
    this.end();
    this.peerEnded = true;
    this.changed();
  }

  private end(): void {
    this.state = "closed";
    this.open?.delete(this);
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
  private readonly groups = new Set<string>();

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
    this.network.send(data.slice(), this.local, to);
  }

  put(datagram: Datagram): void {
    this.inbox.push(datagram);
    this.changed();
  }

  hears(group: string): boolean {
    return !isMulticast(group) || this.groups.has(group);
  }

  join(group: string): void {
    this.groups.add(group);
  }

  leave(group: string): void {
    this.groups.delete(group);
  }

  broadcast(): void {}

  close(): void {
    this.network.closePort(this);
    this.changed();
  }
}

export class MemoryNetwork implements Network {
  private readonly connections = new Set<MemoryConnection>();
  private readonly listeners = new Map<number, MemoryListener>();
  private readonly ports = new Map<number, MemoryPort>();
  private readonly addresses = new Set<string>();
  private nextPort = FIRST_FREE_PORT;
  /** The address that others see. */
  private source: string;

  constructor(
    readonly address: string = DEFAULT_ADDRESS,
    private readonly lan: MemoryLan | null = null,
  ) {
    this.addresses.add(address);
    this.source = address;
  }

  /** It answers under this address too, and is seen under it: an access point has one of its own. */
  claim(address: string): void {
    this.addresses.add(address);
    this.source = address;
  }

  has(address: string): boolean {
    return this.addresses.has(address);
  }

  lookup(host: string, _family: 0 | 4 | 6): Lookup {
    const known = host === "localhost" || host === "" ? LOOPBACK : this.lan?.lookup(host);
    const address = addressFamily(host) !== 0 ? host : known;
    return {
      settled: true,
      addresses: address === undefined ? [] : [address],
      watch: () => () => {},
    };
  }

  connect(to: Endpoint, from: Endpoint | null): Connection {
    const machine = this.machineAt(to.host);
    const local = from ?? { host: this.seenFrom(machine), port: this.freePort() };
    const near = new MemoryConnection(local, to, this.connections);
    const far = new MemoryConnection(to, local, machine?.connections);
    near.peer = far;
    far.peer = near;
    const listener = machine?.listeners.get(to.port);
    if (machine === undefined) near.fail(EHOSTUNREACH);
    else if (listener === undefined) near.fail(ECONNREFUSED);
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

  /** The others see their connections reset. */
  closeAll(): void {
    for (const connection of [...this.connections]) connection.reset();
    for (const listener of [...this.listeners.values()]) listener.close();
    for (const port of [...this.ports.values()]) port.close();
  }

  /** Sends a datagram; nobody tells when it gets nowhere. */
  send(data: Uint8Array, { port }: Endpoint, to: Endpoint): void {
    const machines = this.isLocal(to.host) ? [this] : (this.lan as MemoryLan).receivers(to.host);
    for (const machine of machines) {
      const receiver = machine.ports.get(to.port);
      const isOwnEcho = machine === this && !this.isLocal(to.host) && port === to.port;
      if (receiver === undefined || isOwnEcho || !receiver.hears(to.host)) continue;
      receiver.put({ data, from: { host: this.seenFrom(machine), port } });
    }
  }

  closePort(port: MemoryPort): void {
    if (this.ports.get(port.local.port) === port) this.ports.delete(port.local.port);
  }

  private machineAt(host: string): MemoryNetwork | undefined {
    return this.isLocal(host) ? this : this.lan?.at(host);
  }

  /** Whether an address is on this machine; without others every address is. */
  private isLocal(host: string): boolean {
    return this.lan === null || /^(127\.|0\.0\.0\.0$|::)/.test(host) || this.has(host);
  }

  /** The address under which a machine sees this one. */
  private seenFrom(machine: MemoryNetwork | undefined): string {
    return machine === this ? LOOPBACK : this.source;
  }

  private freePort(): number {
    return this.nextPort++;
  }
}
