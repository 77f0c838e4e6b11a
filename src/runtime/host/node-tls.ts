/** TLS over node:tls, with OpenSSL behind it: what `Tls` promises, for the Node host. */

import type { SecureContext } from "node:tls";
import type { Connection } from "./network.js";
import { parseCertificates, parseKey } from "./node-certificates.js";
import { chainError, examine } from "./node-chain.js";
import { secureContext } from "./node-secure-context.js";
import { NodeTlsConnection } from "./node-tls-connection.js";
import type { Tls, TlsCertificate, TlsConnection, TlsSettings } from "./tls.js";

export class NodeTls implements Tls {
  /** Connections that are open, or still have something to send. */
  private readonly connections = new Set<NodeTlsConnection>();
  private readonly contexts = new WeakMap<TlsSettings, SecureContext>();

  key = parseKey;
  certificates: (data: Uint8Array) => readonly TlsCertificate[] | null = parseCertificates;
  chainError = chainError;
  examine = examine;

  secure(below: Connection, settings: TlsSettings, serverName: string | null): TlsConnection {
    const connection: NodeTlsConnection = new NodeTlsConnection(
      below,
      settings,
      serverName,
      () => this.contextOf(settings),
      () => this.connections.delete(connection),
    );
    this.connections.add(connection);
    return connection;
  }

  private contextOf(settings: TlsSettings): SecureContext {
    let context = this.contexts.get(settings);
    if (context === undefined) {
      context = secureContext(settings);
      this.contexts.set(settings, context);
    }
    return context;
  }

  /** Closes what the program has left open. */
  closeAll(): void {
    for (const connection of [...this.connections]) connection.close();
  }
}
