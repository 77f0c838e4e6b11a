/** A UDP port over Node's socket. Made by node-network.ts. */

import { createSocket, type Socket } from "node:dgram";
import type { Datagram, DatagramPort, Endpoint } from "./network.js";
import { plain } from "./node-connection.js";
import { errnoOf } from "./node-errno.js";
import type { OpenHandles } from "./node-open-handles.js";
import { Watchers } from "./watchers.js";

/** What Linux keeps of datagrams that nobody has received, and counts of each beside its bytes. */
const WINDOW = 208 * 1024;
const OVERHEAD = 512;

export class NodeDatagramPort extends Watchers implements DatagramPort {
  settled = false;
  error = 0;
  private closed = false;
  private readonly socket: Socket;
  private readonly inbox: Datagram[] = [];
  private held = 0;

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
      const size = data.length + OVERHEAD;
      // As a full kernel does.
      if (this.held + size > WINDOW) return;
      this.held += size;
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
    if (peek) return this.inbox[0] ?? null;
    const datagram = this.inbox.shift() ?? null;
    if (datagram !== null) this.held -= datagram.data.length + OVERHEAD;
    return datagram;
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
