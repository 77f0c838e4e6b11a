/** TCP, UDP and names over what Node offers. */

import { lookup } from "node:dns";
import { connect as netConnect } from "node:net";
import {
  addressFamily,
  type Connection,
  type DatagramPort,
  type Endpoint,
  knownAddress,
  type Listener,
  type Lookup,
  type Network,
} from "./network.js";
import { NodeConnection } from "./node-connection.js";
import { NodeDatagramPort } from "./node-datagram-port.js";
import { NodeListener } from "./node-listener.js";
import { OpenHandles } from "./node-open-handles.js";
import { Watchers } from "./watchers.js";

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
