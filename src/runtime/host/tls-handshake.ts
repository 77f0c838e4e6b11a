/**
 * Follows the part of a TLS 1.2 handshake that goes over the wire in the clear, and tells what the
 * program has to be asked before OpenSSL sees it. Used by node-tls-connection.ts.
 */

import { numberedSuite, usesPsk, usesSignature } from "./cipher-suites.js";
import type { TlsQuestion } from "./tls.js";
import {
  ALERT,
  CERTIFICATE,
  CHANGE_CIPHER_SPEC,
  CLIENT_HELLO,
  CLIENT_KEY_EXCHANGE,
  certificatesOf,
  FATAL,
  HANDSHAKE,
  identityOf,
  MessageReader,
  RecordReader,
  SERVER_HELLO,
  suiteOf,
  versionOf,
} from "./tls-records.js";

export class Handshake {
  /** Whether what arrives is still in the clear. */
  isOpen = true;
  private isLeavingOpen = true;
  /** The version that a client has asked this side for. */
  asked = 0;
  /** What the server has settled on. */
  private suite = "";
  private readonly arriving = new MessageReader();
  private readonly leaving = new MessageReader();

  /** `server`: whether this side is the server. */
  constructor(private readonly server: boolean) {}

  /** Looks at a record that has arrived: what it asks, or that the peer has given up. */
  arrived(record: Uint8Array): TlsQuestion | "given up" | null {
    const [type] = record;
    if (type === CHANGE_CIPHER_SPEC) this.isOpen = false;
    if (type === ALERT && record[5] === FATAL) return "given up";
    if (type !== HANDSHAKE) return null;
    let question: TlsQuestion | null = null;
    for (const { type, body } of this.arriving.read(record)) {
      if (type === CLIENT_HELLO) this.asked = versionOf(body);
      else if (type === SERVER_HELLO) this.settle(body);
      else if (type === CERTIFICATE) {
        // Clients always sign with their keys.
        const signs = this.server || usesSignature(this.suite);
        question = { kind: "certificates", chain: certificatesOf(body), signs };
      } else if (type === CLIENT_KEY_EXCHANGE && usesPsk(this.suite)) {
        question = { kind: "psk", identity: identityOf(body) };
      }
    }
    return question;
  }

  /** Overhears what OpenSSL sends: a server's choice says what the client's answer looks like. */
  sent(bytes: Uint8Array): void {
    if (!this.isLeavingOpen) return;
    const reader = new RecordReader();
    reader.push(bytes);
    for (let record = reader.next(); record !== null; record = reader.next()) {
      if (record[0] === CHANGE_CIPHER_SPEC) {
        this.isLeavingOpen = false;
        return;
      }
      if (record[0] !== HANDSHAKE) continue;
      for (const { type, body } of this.leaving.read(record)) {
        if (type === SERVER_HELLO) this.settle(body);
      }
    }
  }

  private settle(hello: Uint8Array): void {
    this.suite = numberedSuite(suiteOf(hello)) ?? "";
  }
}
