/** What a program has open of Node's, until it is closed. Kept by node-network.ts. */

import type { Socket as UdpSocket } from "node:dgram";
import type { Server, Socket } from "node:net";

type Handle = Socket | Server | UdpSocket;

export class OpenHandles {
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
