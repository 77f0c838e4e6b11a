/**
 * Reads the part of a TLS 1.2 handshake that goes over the wire in the clear: records, and the
 * handshake messages in them. node-tls.ts looks at them before OpenSSL does.
 */

export const CHANGE_CIPHER_SPEC = 20;
export const ALERT = 21;
export const HANDSHAKE = 22;
const APPLICATION_DATA = 23;

/** The level of alerts that end a connection. */
export const FATAL = 2;

export const CLIENT_HELLO = 1;
export const SERVER_HELLO = 2;
export const CERTIFICATE = 11;
export const CLIENT_KEY_EXCHANGE = 16;

const RECORD_HEADER = 5;
const MESSAGE_HEADER = 4;
/** The longest record, and the longest handshake message that is looked at. */
const LONGEST_RECORD = 16384 + 2048;
const LONGEST_MESSAGE = 1 << 18;

export interface TlsMessage {
  readonly type: number;
  readonly body: Uint8Array;
}

/** Cuts a stream of bytes into records. */
export class RecordReader {
  private pending: Uint8Array = new Uint8Array(0);

  push(bytes: Uint8Array): void {
    this.pending = this.pending.length === 0 ? bytes : concat(this.pending, bytes);
  }

  /** The next whole record with its header; null when it has not arrived yet, or when it is none. */
  next(): Uint8Array | null {
    const { pending } = this;
    if (this.broken || pending.length < RECORD_HEADER) return null;
    const end = RECORD_HEADER + uint16(pending, 3);
    if (pending.length < end) return null;
    this.pending = pending.subarray(end);
    return pending.subarray(0, end);
  }

  /** Whether what follows cannot be a record. */
  get broken(): boolean {
    const [type, major] = this.pending;
    if (type === undefined) return false;
    if (type < CHANGE_CIPHER_SPEC || type > APPLICATION_DATA) return true;
    if (major !== undefined && major !== 3) return true;
    return this.pending.length >= RECORD_HEADER && uint16(this.pending, 3) > LONGEST_RECORD;
  }

  /** All that is left, as it came. */
  rest(): Uint8Array {
    const { pending } = this;
    this.pending = new Uint8Array(0);
    return pending;
  }
}

/** Puts handshake messages together from the records of one direction. */
export class MessageReader {
  private pending: Uint8Array = new Uint8Array(0);

  /** The messages that a handshake record completes. */
  *read(record: Uint8Array): Generator<TlsMessage> {
    this.pending = concat(this.pending, record.subarray(RECORD_HEADER));
    while (this.pending.length >= MESSAGE_HEADER) {
      const size = uint24(this.pending, 1);
      const end = MESSAGE_HEADER + size;
      if (size > LONGEST_MESSAGE || this.pending.length < end) return;
      const type = this.pending[0] as number;
      const body = this.pending.subarray(MESSAGE_HEADER, end);
      this.pending = this.pending.subarray(end);
      yield { type, body };
    }
  }
}

/** The version that a ClientHello asks for in the way of TLS 1.2. */
export function versionOf(body: Uint8Array): number {
  return uint16(body, 0);
}

/** The certificates of a Certificate message. */
export function certificatesOf(body: Uint8Array): Uint8Array[] {
  const chain: Uint8Array[] = [];
  for (let at = 3; at + 3 <= body.length; ) {
    const end = at + 3 + uint24(body, at);
    if (end > body.length) break;
    chain.push(body.slice(at + 3, end));
    at = end;
  }
  return chain;
}

/** The identity in the ClientKeyExchange of a suite with pre-shared keys. */
export function identityOf(body: Uint8Array): Uint8Array {
  return body.slice(2, 2 + uint16(body, 0));
}

/** The number of the cipher suite that a ServerHello settles on. */
export function suiteOf(body: Uint8Array): number {
  const sessionLength = body[34] ?? 0;
  return uint16(body, 35 + sessionLength);
}

/** A fatal alert in the clear. */
export function alertRecord(alert: number): Uint8Array {
  return Uint8Array.of(ALERT, 3, 3, 0, 2, FATAL, alert);
}

function uint16(bytes: Uint8Array, at: number): number {
  return ((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0);
}

function uint24(bytes: Uint8Array, at: number): number {
  return ((bytes[at] ?? 0) << 16) | uint16(bytes, at + 1);
}

function concat(a: Uint8Array, b: Uint8Array): Uint8Array {
  if (a.length === 0) return b;
  const both = new Uint8Array(a.length + b.length);
  both.set(a);
  both.set(b, a.length);
  return both;
}
