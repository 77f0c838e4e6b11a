/**
 * What stands behind a `Socket` on the host's network: a connection, a listener, a port for datagrams, or
 * nothing yet. It opens and closes them and tells pollers what would not wait; whatever waits is the
 * socket's.
 */

import type { Connection, DatagramPort, Endpoint, Listener } from "../host/network.js";
import { Attention } from "./attention.js";
import { isReadable, isWritable } from "./connection-stream.js";
import { hostNetwork } from "./host-network.js";
import { POLLERR, POLLHUP, POLLIN, POLLOUT } from "./pollable.js";
import { AF_INET6, SOCK_DGRAM } from "./socket-constants.js";

export class SocketEnd {
  connection: Connection | null = null;
  listener: Listener | null = null;
  port: DatagramPort | null = null;
  /** Where datagrams go that are sent without an address. */
  peer: Endpoint | null = null;
  /** Whether ports are taken that others have too. */
  reuse = false;
  /** Whether closing breaks the connection off. */
  resets = false;
  readonly attention = new Attention();
  private bound: Endpoint | null = null;

  constructor(
    private readonly family: number,
    private readonly kind: number,
  ) {}

  bind(at: Endpoint): Listener | DatagramPort {
    this.bound = at;
    if (this.kind === SOCK_DGRAM) return this.openPort(at);
    const listener = hostNetwork().listen(at);
    this.listener = listener;
    this.attention.follow(listener);
    return listener;
  }

  /** Listens where it is bound, else at a port of the host's choice. */
  listen(): void {
    const at = { host: this.family === AF_INET6 ? "::" : "0.0.0.0", port: 0 };
    this.listener ??= hostNetwork().listen(at);
    this.attention.follow(this.listener);
  }

  connect(to: Endpoint): Connection {
    this.listener?.close();
    this.listener = null;
    const connection = hostNetwork().connect(to, this.bound);
    this.attach(connection);
    return connection;
  }

  attach(connection: Connection): void {
    this.connection = connection;
    this.attention.follow(connection);
  }

  /** The port for datagrams; the first use opens one where bind() has not. */
  datagrams(): DatagramPort {
    return this.port ?? this.openPort(null);
  }

  private openPort(at: Endpoint | null): DatagramPort {
    const port = hostNetwork().datagrams(at, this.family === AF_INET6 ? 6 : 4, this.reuse);
    this.port = port;
    this.attention.follow(port);
    return port;
  }

  close(): void {
    if (this.resets) this.connection?.reset();
    else this.connection?.close();
    this.listener?.close();
    this.port?.close();
    this.attention.follow(null);
  }

  /** Which of the events that a poller asks for are there, and those that it always hears of. */
  readiness(flags: number): number {
    const { connection, listener, port } = this;
    if (port !== null) return flags & ((port.pending ? POLLIN : 0) | POLLOUT);
    if (connection !== null) {
      if (connection.state === "connecting") return 0;
      const input = flags & POLLIN && isReadable(connection) ? POLLIN : 0;
      const output = flags & POLLOUT && isWritable(connection) ? POLLOUT : 0;
      const hung = connection.state === "closed" ? POLLHUP : 0;
      return input | output | hung | (connection.error === 0 ? 0 : POLLERR);
    }
    if (listener !== null) return listener.pending ? flags & POLLIN : 0;
    return this.kind === SOCK_DGRAM ? flags & POLLOUT : POLLHUP | (flags & POLLOUT);
  }
}
