/**
 * TCP and UDP as `socket` needs them, without blocking: a connection is asked what it can do now and
 * tells when that may have changed. Implemented in memory (memory-network.ts) and over node:net
 * (node-network.ts). Failures carry MicroPython's errno numbers.
 */

/** Tells a listener that readiness may have changed. */
export interface Watched {
  watch(notify: () => void): () => void;
}

/** An address and a port; the family follows from the address. */
export interface Endpoint {
  host: string;
  port: number;
}

export interface Connection extends Watched {
  /** connecting, then open; closed when both directions are done or it failed. */
  readonly state: "connecting" | "open" | "closed";
  /** The errno of a failed connection, 0 else. */
  readonly error: number;
  readonly local: Endpoint;
  readonly remote: Endpoint;
  /** Bytes that read() can return now. */
  readonly available: number;
  /** Whether the other side has ended its direction and all its bytes were read. */
  readonly ended: boolean;
  /** Whether write() would take bytes now. */
  readonly writable: boolean;
  /** Up to `max` bytes, fewer when fewer have arrived; `peek` leaves them. */
  read(max: number, peek?: boolean): Uint8Array;
  /** Takes as many bytes as fit now and says how many. */
  write(data: Uint8Array): number;
  /** Ends this direction. */
  end(): void;
  close(): void;
}

export interface Listener extends Watched {
  readonly local: Endpoint;
  /** Whether accept() has something now. */
  readonly pending: boolean;
  /** The errno of a failed listen (it may fail late), 0 else. */
  readonly error: number;
  /** Whether the port is taken now: binding may take a moment on a real host. */
  readonly ready: boolean;
  accept(): Connection | null;
  close(): void;
}

export interface Datagram {
  data: Uint8Array;
  from: Endpoint;
}

export interface DatagramPort extends Watched {
  readonly local: Endpoint;
  readonly error: number;
  readonly available: boolean;
  receive(): Datagram | null;
  send(data: Uint8Array, to: Endpoint): void;
  close(): void;
}

/** The answer of a name lookup. */
export interface Lookup extends Watched {
  readonly done: boolean;
  readonly addresses: string[];
}

export interface Network {
  lookup(host: string, family: 0 | 4 | 6): Lookup;
  connect(to: Endpoint, from?: Endpoint): Connection;
  listen(at: Endpoint, backlog: number, reuse: boolean): Listener;
  datagrams(at: Endpoint | null, family: 4 | 6, reuse: boolean): DatagramPort;
}
