/** A listening TCP port over Node's server. Made by node-network.ts. */

import { createServer, type Server } from "node:net";
import type { Connection, Endpoint, Listener } from "./network.js";
import { NodeConnection } from "./node-connection.js";
import { errnoOf } from "./node-errno.js";
import type { OpenHandles } from "./node-open-handles.js";
import { Watchers } from "./watchers.js";

/**
 * How many connections the kernel keeps until Node takes them, which it does at once. Fewer would get
 * lost in a burst, and be sent again seconds later.
 */
const BACKLOG = 4096;

export class NodeListener extends Watchers implements Listener {
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
