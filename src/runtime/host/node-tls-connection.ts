/**
 * A TLS connection: node:tls does the work. The connection below is pumped through a Duplex, so that any
 * connection can carry it; the handshake is read on its way in, because MicroPython judges certificates
 * and looks up pre-shared keys before it answers them, and tells the peer of a refusal.
 */

import { isIP } from "node:net";
import { Duplex } from "node:stream";
import { type SecureContext, TLSSocket, connect as tlsConnect } from "node:tls";
import { ByteQueue } from "./byte-queue.js";
import { suiteName } from "./cipher-suites.js";
import type { Connection, ConnectionOption, Endpoint } from "./network.js";
import { opensslError } from "./node-openssl-errors.js";
import type { TlsConnection, TlsQuestion, TlsSettings } from "./tls.js";
import { Alert, TlsError } from "./tls-errors.js";
import { Handshake } from "./tls-handshake.js";
import { alertRecord, RecordReader } from "./tls-records.js";
import { Watchers } from "./watchers.js";

/** Beyond so many bytes unread the sender is held up, beyond so many unsent the writer. */
const WINDOW = 64 * 1024;
const PIECE = 16 * 1024;
/** So many turns of the event loop pass until OpenSSL has said all that follows from an input. */
const TURNS = 3;

export class NodeTlsConnection extends Watchers implements TlsConnection {
  state: "connecting" | "open" | "closed" = "connecting";
  error = 0;
  secured = false;
  question: TlsQuestion | null = null;
  cipher: string | null = null;
  peerCertificate: Uint8Array | null = null;
  private socket: TLSSocket | null = null;
  private readonly wire: Duplex;
  /** How many writes of OpenSSL's node:tls has not yet noted as done. */
  private passing = 0;
  private readonly outbox = new ByteQueue();
  private readonly inbox = new ByteQueue();
  private readonly records = new RecordReader();
  private readonly handshake: Handshake;
  /** The record that the open question is about. */
  private held: Uint8Array | null = null;
  private pskKey: Uint8Array | null = null;
  private peerEnded = false;
  private writing = 0;
  private closing = false;
  private gone = false;
  private turns = 0;
  private readonly unwatch: () => void;

  constructor(
    private readonly below: Connection,
    private readonly settings: TlsSettings,
    private readonly serverName: string | null,
    private readonly context: () => SecureContext,
    private readonly released: () => void,
  ) {
    super();
    this.handshake = new Handshake(settings.server);
    this.wire = new Duplex({
      read() {},
      write: (chunk: Buffer, _encoding, done) => {
        this.send(chunk);
        this.letPass(done);
      },
    });
    this.wire.on("error", () => {});
    this.unwatch = below.watch(() => this.pump());
  }

  get begun(): boolean {
    return this.socket !== null;
  }

  get busy(): boolean {
    return this.turns > 0 || this.passing > 0;
  }

  get local(): Endpoint {
    return this.below.local;
  }

  get remote(): Endpoint {
    return this.below.remote;
  }

  get available(): number {
    return this.inbox.length;
  }

  get ended(): boolean {
    return this.peerEnded && this.inbox.length === 0;
  }

  get writable(): boolean {
    if (this.state !== "open") return false;
    return (this.socket as TLSSocket).writableLength + this.outbox.length < WINDOW;
  }

  begin(): void {
    if (this.socket !== null || this.state === "closed") return;
    const { server } = this.settings;
    try {
      this.socket = server ? this.accept() : this.connect();
    } catch {
      // The key does not belong to the certificate.
      this.refuse(TlsError.HANDSHAKE_FAILURE, Alert.HANDSHAKE_FAILURE);
      return;
    }
    this.socket.on(server ? "secure" : "secureConnect", () => this.secure());
    this.socket.on("data", (chunk: Uint8Array) => {
      this.inbox.push(chunk);
      this.changed();
    });
    this.socket.on("end", () => {
      this.peerEnded = true;
      this.changed();
    });
    this.socket.on("drain", () => this.changed());
    const failed = (error: Error): void =>
      this.fail(opensslError(error, this.handshake.asked, this.secured));
    this.socket.on("error", failed);
    // What goes wrong later on the side of a server is told to node:tls's own servers alone.
    this.socket.on("_tlsError", failed);
    this.stir();
    this.pump();
  }

  private accept(): TLSSocket {
    const { asksClient, asksPsk } = this.settings;
    // An option of servers that sockets take too.
    const psk = asksPsk ? { pskCallback: () => this.pskKey } : {};
    return new TLSSocket(this.wire, {
      isServer: true,
      secureContext: this.context(),
      requestCert: asksClient,
      rejectUnauthorized: false,
      ...psk,
    });
  }

  private connect(): TLSSocket {
    const { serverName } = this;
    const { psk } = this.settings;
    return tlsConnect({
      socket: this.wire,
      secureContext: this.context(),
      rejectUnauthorized: false,
      checkServerIdentity: () => undefined,
      ...(serverName !== null && isIP(serverName) === 0 && { servername: serverName }),
      ...(psk !== null && { pskCallback: () => ({ identity: psk.identity, psk: psk.key }) }),
    });
  }

  answer(key?: Uint8Array): void {
    const { held } = this;
    this.question = null;
    this.held = null;
    this.pskKey = key ?? null;
    if (held !== null) this.feed(held);
    this.pump();
  }

  refuse(error: number, alert: number | null): void {
    this.question = null;
    this.held = null;
    if (alert !== null) this.send(alertRecord(alert));
    this.fail(error);
  }

  read(max: number, peek = false): Uint8Array {
    const bytes = this.inbox.take(max, peek);
    if (this.below.available > 0 && this.inbox.length < WINDOW) this.pump();
    return bytes;
  }

  indexOf(byte: number): number {
    return this.inbox.indexOf(byte);
  }

  write(data: Uint8Array): number {
    if (!this.writable) return 0;
    const taken = data.length > WINDOW ? data.subarray(0, WINDOW) : data;
    this.writing += 1;
    (this.socket as TLSSocket).write(taken, () => {
      this.writing -= 1;
      if (this.closing) this.finish();
    });
    this.stir();
    return taken.length;
  }

  /** Ends it without a word to the peer, as MicroPython does; what was written is still sent. */
  close(): void {
    if (this.closing) return;
    this.closing = true;
    this.state = "closed";
    this.inbox.clear();
    this.finish();
    this.changed();
  }

  reset(): void {
    this.closing = true;
    this.state = "closed";
    this.below.reset();
    this.dispose();
    this.changed();
  }

  configure(option: ConnectionOption, on: boolean): void {
    this.below.configure(option, on);
  }

  /** Moves bytes as far as they go, in both directions. */
  private pump(): void {
    this.flush();
    if (this.socket !== null && this.state !== "closed") this.receive();
    this.changed();
  }

  private receive(): void {
    const { below } = this;
    while (this.question === null && this.inbox.length < WINDOW && this.passing === 0) {
      const { isOpen } = this.handshake;
      const record = isOpen ? this.records.next() : this.records.rest();
      if (record !== null && record.length > 0) {
        if (isOpen) this.inspect(record);
        else this.feed(record);
      } else if (this.records.broken) {
        this.fail(TlsError.INVALID_RECORD);
      } else if (below.available > 0) {
        this.records.push(below.read(PIECE));
      } else break;
      if (this.stopped) return;
    }
    if (this.passing > 0) return;
    if (below.error !== 0) this.fail(below.error);
    else if (below.ended && this.question === null) this.end();
  }

  // What was fed may have ended it.
  private get stopped(): boolean {
    return this.state === "closed";
  }

  /** Looks at a record in the clear before OpenSSL does. */
  private inspect(record: Uint8Array): void {
    const found = this.handshake.arrived(record);
    if (found === "given up") this.fail(TlsError.FATAL_ALERT_MESSAGE);
    else if (found === null) this.feed(record);
    else {
      this.question = found;
      this.held = record;
    }
  }

  private feed(bytes: Uint8Array): void {
    this.stir();
    this.wire.push(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length));
  }

  private end(): void {
    // What OpenSSL still has to say comes first.
    if (this.peerEnded || this.busy) return;
    if (this.secured) this.peerEnded = true;
    else this.fail(TlsError.CONN_EOF);
  }

  private secure(): void {
    const socket = this.socket as TLSSocket;
    this.secured = true;
    this.state = "open";
    this.cipher = suiteName(socket.getCipher().name) ?? socket.getCipher().name;
    this.peerCertificate = socket.getPeerX509Certificate()?.raw ?? null;
    this.changed();
  }

  private send(bytes: Uint8Array): void {
    this.handshake.sent(bytes);
    this.outbox.push(bytes);
    this.flush();
  }

  /**
   * Nothing is fed until node:tls has noted that a write is done, a turn of the event loop later: it asserts
   * that there is one write at a time, and forgets that when a bad record makes OpenSSL send an alert.
   */
  private letPass(done: () => void): void {
    this.passing += 1;
    done();
    process.nextTick(() => {
      setImmediate(() => {
        this.passing -= 1;
        if (this.passing === 0 && !this.gone) this.pump();
      });
    });
  }

  private flush(): void {
    const { below, outbox } = this;
    while (outbox.length > 0 && below.writable) {
      const bytes = outbox.take(PIECE, true);
      const count = below.write(bytes);
      if (count === 0) break;
      outbox.take(count);
    }
    if (this.closing) this.finish();
  }

  private fail(error: number): void {
    if (this.state === "closed") return;
    this.error = error;
    this.state = "closed";
    this.inbox.clear();
    // An alert of OpenSSL's may still have to go out.
    this.stir();
    this.changed();
  }

  /** After close(): the connection below is closed when all that was written has gone there. */
  private finish(): void {
    const waits = this.error === 0 && this.secured && this.below.state !== "closed";
    if (waits && (this.writing > 0 || this.outbox.length > 0)) return;
    this.dispose();
    this.below.close();
  }

  private dispose(): void {
    if (this.gone) return;
    this.gone = true;
    this.unwatch();
    this.socket?.destroy();
    this.released();
  }

  /** Keeps `busy` up for the turns of the event loop that OpenSSL's answer takes. */
  private stir(): void {
    const idle = this.turns === 0;
    this.turns = TURNS;
    if (idle) this.turn();
  }

  private turn(): void {
    setImmediate(() => {
      this.turns -= 1;
      if (this.turns > 0) return this.turn();
      this.pump();
      if (this.error !== 0) this.dispose();
    });
  }
}
