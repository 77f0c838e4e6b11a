/**
 * TLS as `tls` and asyncio's streams need it: a connection over another one, which says what its
 * handshake wants to know. The program answers, because in MicroPython certificates are judged and
 * pre-shared keys looked up while it reads or writes. Implemented over node:tls (node-tls.ts).
 */

import type { Connection } from "./network.js";

/** A certificate and its DER form. */
export interface TlsCertificate {
  readonly der: Uint8Array;
}

/** A private key, in whatever form the host keeps it. */
export interface TlsKey {
  readonly tlsKey: true;
}

/** What the connections of one context have in common. A host may keep what it makes of them. */
export interface TlsSettings {
  readonly server: boolean;
  readonly certificates: readonly TlsCertificate[];
  readonly key: TlsKey | null;
  /** Ask the client for a certificate. */
  readonly asksClient: boolean;
  /** Names as in `cipher-suites.ts`. */
  readonly ciphers: readonly string[];
  /** What a client presents in place of a certificate. */
  readonly psk: { readonly identity: string; readonly key: Uint8Array } | null;
  /** Whether a server asks for the keys of such clients. */
  readonly asksPsk: boolean;
}

/** What the handshake cannot go on without. */
export type TlsQuestion =
  /** The chain that the peer has sent, its own certificate first; empty when it has none. */
  | CertificateQuestion
  /** A client that authenticates with a pre-shared key. */
  | { readonly kind: "psk"; readonly identity: Uint8Array };

export interface CertificateQuestion {
  readonly kind: "certificates";
  readonly chain: readonly Uint8Array[];
  /** Whether the peer proves with a signature that the key is its own, or by decrypting with it. */
  readonly signs: boolean;
}

export interface TlsConnection extends Connection {
  /** Whether the handshake has begun: the first read or write begins it. */
  readonly begun: boolean;
  /** Whether it has succeeded. */
  readonly secured: boolean;
  readonly question: TlsQuestion | null;
  /** Whether something may still happen without anything arriving. */
  readonly busy: boolean;
  /** After the handshake: the name of the cipher suite. */
  readonly cipher: string | null;
  readonly peerCertificate: Uint8Array | null;
  begin(): void;
  /** Goes on with the handshake; a key for a question about one. */
  answer(key?: Uint8Array): void;
  /** Gives the handshake up with an error of `tls-errors.ts`, and tells the peer if there is an alert. */
  refuse(error: number, alert: number | null): void;
}

/** What was found about a chain. */
export interface Examination {
  /** The certificates from the peer's own to the trusted one, or as far as they go. */
  readonly path: readonly Uint8Array[];
  /** Bits of `Flaw` in `tls-errors.ts`. */
  readonly flaws: number;
}

export interface ExamineOptions {
  readonly trusted: readonly TlsCertificate[];
  /** The name or address that the certificate must be for. */
  readonly hostname: string | null;
  /** Milliseconds since 1970. */
  readonly now: number;
  /** Whether the peer is a server. */
  readonly server: boolean;
  /** What the peer's key is used for: to sign, or to decrypt. */
  readonly signs: boolean;
}

export interface Tls {
  /** A private key in PEM or DER; null when it is none. */
  key(data: Uint8Array): TlsKey | null;
  /** Certificates in PEM, or one in DER; null when they are none. */
  certificates(data: Uint8Array): readonly TlsCertificate[] | null;
  /** `serverName`: what a client tells the server that it looks for. */
  secure(below: Connection, settings: TlsSettings, serverName: string | null): TlsConnection;
  /** The error of `tls-errors.ts` for a chain that cannot be read; 0 for others. */
  chainError(chain: readonly Uint8Array[]): number;
  examine(chain: readonly Uint8Array[], options: ExamineOptions): Examination;
}
