/**
 * A TCP connection over Node's socket. What arrives is held up at the sender while nobody reads it. Made
 * by node-network.ts and node-listener.ts.
 */

import type { Socket } from "node:net";
import { ByteQueue } from "./byte-queue.js";
import type { Connection, ConnectionOption, Endpoint } from "./network.js";
import { errnoOf } from "./node-errno.js";
import type { OpenHandles } from "./node-open-handles.js";
import { SmallCopies } from "./small-copies.js";
import { Watchers } from "./watchers.js";

const EPIPE = 32;

/** Beyond so many bytes unread the sender is held up, beyond so many unsent the writer. */
const WINDOW = 64 * 1024;

/** So few bytes are copied before they are sent. */
const SMALL = 1024;
const copies = new SmallCopies();

export class NodeConnection extends Watchers implements Connection {
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
export function plain(address: string): string {
  return address.startsWith("::ffff:") ? address.slice(7) : address;
}
