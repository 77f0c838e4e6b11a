/**
 * TCP and UDP as `socket` needs them, without blocking: a connection is asked what it can do now and
 * tells when that may have changed. Implemented in memory (memory-network.ts) and over node:net
 * (node-network.ts). Failures are MicroPython's errno numbers.
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
  /** connecting, then open; closed when it failed or was closed here. */
  readonly state: "connecting" | "open" | "closed";
  /** The errno of a failed connection, 0 else; who has told the program sets it to 0. */
  error: number;
  readonly local: Endpoint;
  readonly remote: Endpoint;
  /** How many bytes read() can give now. */
  readonly available: number;
  /** Whether the other side has ended its direction and all its bytes were read. */
  readonly ended: boolean;
  /** Whether write() would take bytes now. */
  readonly writable: boolean;
  /** Up to `max` bytes, fewer when fewer have arrived; `peek` leaves them. */
  read(max: number, peek?: boolean): Uint8Array;
  /** Where a byte is among those that have arrived, or -1. */
  indexOf(byte: number): number;
  /** Takes as many bytes as fit now and says how many; they must not change afterwards. */
  write(data: Uint8Array): number;
  /** Ends both directions; what was written is still sent. */
  close(): void;
  /** Breaks it off: the other side sees a reset. */
  reset(): void;
  configure(option: ConnectionOption, on: boolean): void;
}

export type ConnectionOption = "keepAlive" | "noDelay";

export interface Listener extends Watched {
  readonly local: Endpoint;
  /** Whether it is settled that the port is taken (ready) or cannot be (error). */
  readonly settled: boolean;
  /** The errno of a failure, 0 else. */
  readonly error: number;
  /** Whether accept() has something now. */
  readonly pending: boolean;
  accept(): Connection | null;
  close(): void;
}

export interface Datagram {
  data: Uint8Array;
  from: Endpoint;
}

export interface DatagramPort extends Watched {
  readonly local: Endpoint;
  readonly settled: boolean;
  readonly error: number;
  readonly pending: boolean;
  /** The datagram that came first; `peek` leaves it. */
  receive(peek?: boolean): Datagram | null;
  send(data: Uint8Array, to: Endpoint): void;
  join(group: string): void;
  leave(group: string): void;
  broadcast(on: boolean): void;
  close(): void;
}

/** A name lookup under way. */
export interface Lookup extends Watched {
  readonly settled: boolean;
  /** Addresses as text; none when the name is unknown. */
  readonly addresses: readonly string[];
}

export interface Network {
  /** The address of this machine, where the network gives it one. */
  readonly address?: string;
  /** Makes it answer under another address too. */
  claim?(address: string): void;
  lookup(host: string, family: 0 | 4 | 6): Lookup;
  connect(to: Endpoint, from: Endpoint | null): Connection;
  /** Connections that come before accept() wait, as many as there are. */
  listen(at: Endpoint): Listener;
  datagrams(at: Endpoint | null, family: 4 | 6, reuse: boolean): DatagramPort;
  /** Closes what is open: the program has ended, or its board was reset. */
  closeAll(): void;
}

/** 4 or 6 for an address as text, 0 for a name. */
export function addressFamily(host: string): 0 | 4 | 6 {
  const isDotted = /^\d{1,3}(\.\d{1,3}){3}$/.test(host);
  if (isDotted && host.split(".").every((byte) => Number(byte) <= 0xff)) return 4;
  return host.includes(":") ? 6 : 0;
}

/** A lookup that is done already: the name was an address. */
export function knownAddress(host: string): Lookup {
  return { settled: true, addresses: [host], watch: () => () => {} };
}
