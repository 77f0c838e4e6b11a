/**
 * `tls.SSLContext`: what TLS connections have in common. MicroPython's own (modtls_mbedtls.c) is the
 * model: TLS 1.2, its cipher suites, keys and certificates as bytes in PEM or DER.
 */

import type { Waiting } from "../core/blocking/blocking.js";
import { invoke } from "../core/call/call.js";
import { define } from "../core/class/class.js";
import { PyObject } from "../core/class/object.js";
import { typeName } from "../core/class/type.js";
import { NotImplementedError, TypeError, ValueError } from "../core/exception/exceptions.js";
import { bytesOf } from "../core/memory/buffer.js";
import { index } from "../core/number/numbers.js";
import { truth } from "../core/operator/unary.js";
import { PRINT } from "../core/slots.js";
import { Bytes, toBytes } from "../core/text/bytes.js";
import { decodeUtf8, encodeUtf8 } from "../core/text/utf8.js";
import { isTuple, type Value } from "../core/values.js";
import { cipherSuites, usesPsk } from "../host/cipher-suites.js";
import type { TlsCertificate, TlsKey, TlsSettings } from "../host/tls.js";
import { TlsError } from "../host/tls-errors.js";
import { hostTls } from "./host-tls.js";
import { SSLSocket } from "./ssl-socket.js";
import {
  CERT_NONE,
  CERT_REQUIRED,
  PROTOCOL_DTLS_CLIENT,
  PROTOCOL_TLS_SERVER,
} from "./tls-constants.js";
import { tlsException } from "./tls-exception.js";

const LONGEST_PSK = 48;

export class SSLContext extends PyObject {
  declare $server: boolean;
  declare private $mode: number;
  declare private $callback: Value;
  declare private $identity: Value;
  declare private $key: Value;
  declare private $keys: Value;
  declare private $ciphers: readonly string[];
  declare private $ownKey: TlsKey | null;
  declare private $ownCertificates: readonly TlsCertificate[];
  /** null until load_verify_locations(). */
  declare $trusted: TlsCertificate[] | null;
  /** What the host is given; made anew after a change. */
  declare private $made: TlsSettings | null;

  override __init__(protocol: Value): Value {
    const number = index(protocol);
    if (number & PROTOCOL_DTLS_CLIENT) {
      throw new NotImplementedError("DTLS: the host's TLS runs over streams only");
    }
    hostTls();
    this.$server = (number & PROTOCOL_TLS_SERVER) !== 0;
    this.$mode = this.$server ? CERT_NONE : CERT_REQUIRED;
    this.$callback = null;
    this.$identity = null;
    this.$key = null;
    this.$keys = null;
    this.$ciphers = [];
    this.$ownKey = null;
    this.$ownCertificates = [];
    this.$trusted = null;
    this.$made = null;
    return null;
  }

  /** Whether the peer's certificate is judged, and whether it must be good. */
  get verify_mode(): Value {
    return this.$mode;
  }

  set verify_mode(mode: Value) {
    this.$mode = index(mode);
    this.$made = null;
  }

  /** Called with each certificate (memoryview) and its depth; a result other than 0 refuses it. */
  get verify_callback(): Value {
    return this.$callback;
  }

  set verify_callback(callback: Value) {
    this.$callback = callback;
  }

  get psk_identity(): Value {
    return this.$identity;
  }

  set psk_identity(identity: Value) {
    this.$identity = identity;
    this.$pskChanged();
  }

  get psk_key(): Value {
    return this.$key;
  }

  set psk_key(key: Value) {
    this.$key = key;
    this.$pskChanged();
  }

  /** What a server looks the keys of its clients up in, with `get()`. */
  get server_psk_keys(): Value {
    return this.$keys;
  }

  set server_psk_keys(keys: Value) {
    this.$keys = keys;
    this.$restrictToPsk();
  }

  get_ciphers(): Value {
    return [...cipherSuites];
  }

  set_ciphers(ciphersuite: Value): null {
    if (!Array.isArray(ciphersuite) && !isTuple(ciphersuite)) {
      throw new TypeError(`object '${typeName(ciphersuite)}' isn't a tuple or list`);
    }
    if (ciphersuite.length === 0) throw tlsException(TlsError.BAD_CONFIG);
    const names = ciphersuite.map((name: Value) => decodeUtf8(textData(name)));
    if (!names.every((name) => cipherSuites.includes(name))) {
      throw tlsException(TlsError.BAD_CONFIG);
    }
    this.$ciphers = names;
    this.$made = null;
    return null;
  }

  /** ValueError: "invalid key", "invalid cert". */
  load_cert_chain(cert: Value, pkey: Value): null {
    const key = hostTls().key(textData(pkey));
    if (key === null) throw new ValueError("invalid key");
    const certificates = hostTls().certificates(textData(cert));
    if (certificates === null) throw new ValueError("invalid cert");
    this.$ownKey = key;
    this.$ownCertificates = certificates;
    this.$made = null;
    return null;
  }

  load_verify_locations(cadata: Value): null {
    const certificates = hostTls().certificates(textData(cadata));
    if (certificates === null) throw new ValueError("invalid cert");
    this.$trusted = [...(this.$trusted ?? []), ...certificates];
    return null;
  }

  /**
   * A stream that speaks TLS over `sock`. OSError and ValueError of the handshake come from here, or
   * from the first reads and writes when `do_handshake_on_connect` is false.
   */
  *wrap_socket(
    sock: Value,
    server_side: Value = false,
    do_handshake_on_connect: Value = true,
    server_hostname: Value = null,
    _client_id: Value = null,
  ): Waiting<SSLSocket> {
    const hostname = server_hostname === null ? null : decodeUtf8(textData(server_hostname));
    const socket = new SSLSocket(this, sock, hostname);
    if (hostname === null && this.$mode === CERT_REQUIRED && !truth(server_side)) {
      throw new ValueError("CERT_REQUIRED requires server_hostname");
    }
    if (truth(do_handshake_on_connect)) yield* socket.$handshake();
    return socket;
  }

  /** What the host makes a connection of. The protocol decides who is the server. */
  $settings(): TlsSettings {
    this.$made ??= {
      server: this.$server,
      certificates: this.$ownCertificates,
      key: this.$ownKey,
      asksClient: this.$server && this.$mode !== CERT_NONE,
      ciphers: this.$ciphers,
      psk: this.$clientPsk(),
      asksPsk: this.$keys !== null,
    };
    return this.$made;
  }

  private $clientPsk(): TlsSettings["psk"] {
    if (this.$identity === null || this.$key === null) return null;
    const bytes = textData(this.$identity);
    const identity = decodeUtf8(bytes);
    const again = encodeUtf8(identity);
    if (again.length !== bytes.length || again.some((byte, i) => byte !== bytes[i])) {
      throw new NotImplementedError("psk_identity: the host's TLS takes UTF-8 only");
    }
    return { identity, key: bytesOf(this.$key).slice() };
  }

  private $pskChanged(): void {
    this.$made = null;
    if (this.$identity === null || this.$key === null) return;
    const { length } = bytesOf(this.$key);
    textData(this.$identity);
    if (length === 0 || length > LONGEST_PSK) throw tlsException(TlsError.BAD_INPUT_DATA);
    this.$restrictToPsk();
  }

  /** A connection with a pre-shared key must not fall back to certificates. */
  private $restrictToPsk(): void {
    this.$made = null;
    if (this.$ciphers.length === 0) this.$ciphers = cipherSuites.filter(usesPsk);
  }

  /** The key for a client's identity; undefined when it is not known, or the look-up fails. */
  $pskFor(identity: Uint8Array): Uint8Array | undefined {
    try {
      const key = invoke(this.$keys, "get", toBytes(identity));
      return key === null ? undefined : bytesOf(key).slice();
    } catch {
      return undefined;
    }
  }

  [PRINT](): string {
    return "<SSLContext>";
  }
}
define(SSLContext, {
  builtin: true,
  methods: {
    __init__: "protocol, /",
    get_ciphers: "",
    set_ciphers: "ciphersuite, /",
    load_cert_chain: "cert, pkey, /",
    load_verify_locations: "cadata, /",
    wrap_socket: "sock, *, server_side=, do_handshake_on_connect=, server_hostname=, client_id=",
  },
  blocking: ["wrap_socket"],
});

/** The bytes of a str or bytes argument. */
function textData(value: Value): Uint8Array {
  if (typeof value === "string") return encodeUtf8(value);
  if (value instanceof Bytes) return value;
  throw new TypeError(`can't convert '${typeName(value)}' object to str implicitly`);
}
