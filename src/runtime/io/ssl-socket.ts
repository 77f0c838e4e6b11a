/**
 * `SSLSocket`: a stream that speaks TLS over another stream, usually a socket. As in MicroPython the
 * handshake begins with the first read or write, questions of trust are settled within them, and
 * closing says nothing to the peer. Made by `SSLContext.wrap_socket()`.
 */

import type { Waiting } from "../core/blocking/blocking.js";
import { Wait } from "../core/blocking/wait.js";
import { call, invoke } from "../core/call/call.js";
import { define } from "../core/class/class.js";
import { current } from "../core/context.js";
import { osError } from "../core/exception/errno-name.js";
import { NotImplementedError, OSError, ValueError } from "../core/exception/exceptions.js";
import { bytesOf } from "../core/memory/buffer.js";
import { MemoryView } from "../core/memory/memoryview.js";
import { index } from "../core/number/numbers.js";
import { truth } from "../core/operator/unary.js";
import { PRINT } from "../core/slots.js";
import { toBytes } from "../core/text/bytes.js";
import { type Tuple, tup, type Value } from "../core/values.js";
import type { Host } from "../host/host.js";
import type { Connection } from "../host/network.js";
import type { CertificateQuestion, TlsConnection, TlsQuestion } from "../host/tls.js";
import { Alert, flawAlert, flawText, TlsError, USAGE_FLAWS } from "../host/tls-errors.js";
import { Attention } from "./attention.js";
import { ConnectionStream } from "./connection-stream.js";
import { hostTls } from "./host-tls.js";
import { POLLABLE, POLLIN, POLLNVAL, POLLOUT, type Pollable, pollable } from "./pollable.js";
import { Socket } from "./socket.js";
import type { SSLContext } from "./ssl-context.js";
import { StreamConnection } from "./stream-connection.js";
import { CERT_NONE, CERT_REQUIRED } from "./tls-constants.js";
import { connectionException, tlsException } from "./tls-exception.js";

const ETIMEDOUT = 110;
const EAGAIN = 11;

interface Refusal {
  readonly error: number;
  readonly alert: number;
  /** Of the ValueError that takes the place of OSError. */
  readonly text?: string;
}

export class SSLSocket extends ConnectionStream {
  declare private $context: SSLContext;
  declare private $sock: Value;
  declare private $hostname: string | null;
  /** What carries a stream that is not a socket. */
  declare private $carrier: StreamConnection | null;
  /** null while the socket below has no connection. */
  declare private $tls: TlsConnection | null;
  /** What the program is told of a handshake that was refused here. */
  declare private $refusal: OSError | ValueError | null;
  /** The error that ended it, once it was raised. */
  declare private $lastError: number;
  declare private $closed: boolean;
  declare private $attention: Attention;

  override __init__(context: SSLContext, sock: Value, hostname: string | null): Value {
    this.$context = context;
    this.$sock = sock;
    this.$hostname = hostname;
    this.$carrier = sock instanceof ConnectionStream ? null : new StreamConnection(sock);
    this.$tls = null;
    this.$refusal = null;
    this.$lastError = 0;
    this.$closed = false;
    this.$attention = new Attention();
    // Those who wait for the socket to connect hear of it.
    if (!(sock instanceof Socket) || sock.$connection !== null) this.$connected();
    return null;
  }

  override get $patience(): number | null {
    // A stream of a program's own says null when it has nothing, and so does TLS over it.
    return this.$sock instanceof ConnectionStream ? this.$sock.$patience : 0;
  }

  protected override get $isClosed(): boolean {
    return this.$closed;
  }

  override $connected(): TlsConnection {
    if (this.$closed) throw connectionException(TlsError.BAD_INPUT_DATA);
    if (this.$tls === null) {
      const below = this.$carrier ?? (this.$sock as ConnectionStream).$connected();
      this.$tls = hostTls().secure(below, this.$context.$settings(), this.$hostname);
      this.$attention.follow(this.$tls);
    }
    return this.$tls;
  }

  override $take(max: number, peek = false): Uint8Array | null {
    this.$advance();
    return super.$take(max, peek);
  }

  override $takeLine(): Uint8Array | null {
    this.$advance();
    return super.$takeLine();
  }

  override $put(data: Uint8Array): number | null {
    this.$advance();
    return super.$put(data);
  }

  override *$arrived(max: number): Waiting<Uint8Array | null> {
    for (;;) {
      const bytes = this.$take(max);
      if (bytes !== null) return bytes;
      if (!(yield* this.$more())) return null;
    }
  }

  override *$sent(bytes: Uint8Array): Waiting<number | null> {
    let sent = 0;
    do {
      const count = this.$put(bytes.subarray(sent));
      if (count !== null) sent += count;
      else if (!(yield* this.$more())) return sent === 0 ? null : sent;
    } while (sent < bytes.length);
    if (this.$carrier !== null) yield* this.$settle();
    return sent;
  }

  /** What has arrived, without waiting for all of it. */
  *recv(bufsize: Value): Waiting {
    const bytes = yield* this.$arrived(index(bufsize));
    return bytes === null ? null : toBytes(bytes);
  }

  *recv_into(buffer: Value, nbytes: Value = undefined): Waiting {
    return yield* (this.readinto as Value).wait.call(this, buffer, nbytes);
  }

  *send(data: Value): Waiting {
    const bytes = bytesOf(data).slice();
    for (;;) {
      const count = this.$put(bytes);
      if (count !== null) return count;
      if (!(yield* this.$more())) throw new OSError(EAGAIN);
    }
  }

  *sendall(data: Value): Waiting {
    return yield* (this.write as Value).wait.call(this, data);
  }

  setblocking(flag: Value): Value {
    return invoke(this.$sock, "setblocking", flag);
  }

  /** The peer's certificate in DER, or None; NotImplementedError for the form as a dict. */
  getpeercert(binary_form: Value): Value {
    if (!truth(binary_form)) throw new NotImplementedError();
    const certificate = this.$tls?.peerCertificate ?? null;
    return certificate === null ? null : toBytes(certificate);
  }

  /** The names of the cipher suite and of the version. */
  cipher(): Tuple {
    return tup(this.$tls?.cipher ?? null, "TLSv1.2");
  }

  override $closeRaw(): void {
    if (this.$closed) return;
    this.$closed = true;
    this.$attention.follow(null);
    this.$tls?.close();
    if (this.$carrier !== null) {
      this.$carrier.poll();
      this.$carrier.closeStream();
    } else if (this.$tls !== null && this.$sock instanceof Socket) this.$sock.$release();
    else this.$sock.close();
  }

  /** Goes through with the handshake, however long it takes. */
  *$handshake(): Waiting<void> {
    for (;;) {
      this.$advance();
      if ((this.$tls as TlsConnection).secured) return;
      yield* this.$pause();
    }
  }

  /** Lets the handshake and the stream below go on as far as they can; raises what ended them. */
  private $advance(): void {
    if (this.$lastError !== 0) throw connectionException(this.$lastError);
    const tls = this.$connected();
    this.$carrier?.poll();
    tls.begin();
    this.$carrier?.poll();
    while (tls.question !== null) this.$settleQuestion(tls);
    if (tls.error !== 0 && tls.available === 0) throw this.$failed(tls);
  }

  protected override $failed({ error }: Connection): Value {
    this.$lastError = error;
    return this.$refusal ?? connectionException(error);
  }

  private $settleQuestion(tls: TlsConnection): void {
    const question = tls.question as TlsQuestion;
    if (question.kind === "psk") {
      const key = this.$context.$pskFor(question.identity);
      if (key !== undefined) tls.answer(key);
      else tls.refuse(TlsError.UNKNOWN_IDENTITY, Alert.UNKNOWN_PSK_IDENTITY);
      return;
    }
    const refusal = this.$judge(question);
    if (refusal === null) {
      tls.answer();
      return;
    }
    const { error, alert, text } = refusal;
    this.$refusal = text === undefined ? tlsException(error) : new ValueError(text);
    tls.refuse(error, alert);
  }

  /** What speaks against a chain of certificates, as the context wants to know it. */
  private $judge({ chain, signs }: CertificateQuestion): Refusal | null {
    const unreadable = hostTls().chainError(chain);
    if (unreadable !== 0) return { error: unreadable, alert: Alert.BAD_CERTIFICATE };
    const { $trusted: trusted, verify_mode: mode, verify_callback: callback } = this.$context;
    if (mode === CERT_NONE) return null;
    const required = mode === CERT_REQUIRED;
    if (chain.length === 0) {
      return required
        ? { error: TlsError.NO_CLIENT_CERTIFICATE, alert: Alert.HANDSHAKE_FAILURE }
        : null;
    }
    const { path, flaws } = hostTls().examine(chain, {
      trusted: trusted ?? [],
      hostname: this.$context.$server ? null : this.$hostname,
      now: (current().host as Host).wallClock(),
      server: !this.$context.$server,
      signs,
    });
    const verdict = callback === null ? 0 : askAboutEach(callback, path);
    if (verdict !== 0) return { error: verdict, alert: Alert.ACCESS_DENIED };
    if (!required) return null;
    const alert = flawAlert(flaws);
    if (trusted === null) return { error: TlsError.CA_CHAIN_REQUIRED, alert };
    if (flaws === 0) return null;
    if ((flaws & ~USAGE_FLAWS) === 0) return { error: TlsError.BAD_CERTIFICATE, alert };
    return { error: TlsError.CERT_VERIFY_FAILED, alert, text: flawText(flaws) };
  }

  /** Waits for something to happen; false when this stream does not wait. */
  private *$more(): Waiting<boolean> {
    if (this.$patience !== 0) yield* this.$pause();
    else if (!(yield* this.$settle())) return false;
    return true;
  }

  /** Waits until TLS has said what follows from its last input; whether there was anything. */
  private *$settle(): Waiting<boolean> {
    const tls = this.$tls as TlsConnection;
    if (this.$carrier === null || !tls.busy) return false;
    while (tls.busy) yield new Wait(null, (wake) => tls.watch(wake));
    this.$carrier.poll();
    return true;
  }

  private *$pause(): Waiting<void> {
    const tls = this.$tls as TlsConnection;
    const host = current().host as Host;
    const { $patience: patience } = this;
    const deadline = patience ? host.now() + patience : null;
    const until = this.$carrier === null ? deadline : host.now() + 1;
    let changed = false;
    yield new Wait(until, (wake) =>
      tls.watch(() => {
        changed = true;
        wake();
      }),
    );
    if (deadline !== null && !changed && host.now() >= deadline) throw osError(ETIMEDOUT);
  }

  get [POLLABLE](): Pollable {
    const watch = (notify: () => void): (() => void) => this.$attention.watch(notify);
    return {
      poll: (flags) => this.$readiness(flags),
      ...(this.$carrier === null && { watch, lasting: true }),
    };
  }

  private $readiness(flags: number): number {
    if (this.$closed || this.$lastError !== 0) return POLLNVAL;
    if (this.$tls?.begun !== true) return pollable(this.$sock).poll(flags);
    const { $tls: tls } = this;
    this.$carrier?.poll();
    if (tls.question !== null || tls.error !== 0) return flags & (POLLIN | POLLOUT);
    if (!tls.secured) return 0;
    return flags & ((tls.available > 0 || tls.ended ? POLLIN : 0) | (tls.writable ? POLLOUT : 0));
  }

  [PRINT](): string {
    return "<SSLSocket>";
  }
}
define(SSLSocket, {
  builtin: true,
  methods: {
    recv: "bufsize, /",
    recv_into: "buffer, nbytes=, /",
    send: "data, /",
    sendall: "data, /",
    setblocking: "flag, /",
    getpeercert: "binary_form, /",
    cipher: "",
  },
  blocking: ["recv", "recv_into", "send", "sendall"],
});

/** Calls `verify_callback` from the root down; its first result that is not 0. */
function askAboutEach(callback: Value, path: readonly Uint8Array[]): number {
  for (let depth = path.length - 1; depth >= 0; depth--) {
    const certificate = new MemoryView(path[depth] as Uint8Array, "B", false);
    const verdict = index(call(callback, certificate, depth));
    if (verdict !== 0) return verdict;
  }
  return 0;
}
