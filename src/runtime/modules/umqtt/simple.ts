/**
 * The `umqtt.simple` module, which two ports freeze: an MQTT client (3.1.1, quality 0 and 1) over a
 * socket, with the methods and attributes of micropython-lib's. Subclasses may replace any of them, as
 * umqtt.robust does.
 */

import {
  applyMethodWait,
  callWait,
  invokeWait,
  type Waiting,
} from "../../core/blocking/blocking.js";
import { define } from "../../core/class/class.js";
import { PyObject } from "../../core/class/object.js";
import { Dict } from "../../core/container/dict.js";
import { AssertionError, Exception, OSError } from "../../core/exception/exceptions.js";
import { asArray } from "../../core/iteration/iteration.js";
import { bytesOf } from "../../core/memory/buffer.js";
import { index } from "../../core/number/numbers.js";
import { truth } from "../../core/operator/unary.js";
import { Bytes, toBytes } from "../../core/text/bytes.js";
import { encodeUtf8 } from "../../core/text/utf8.js";
import type { Value } from "../../core/values.js";
import { getaddrinfo, socket } from "../socket.js";
import { SSLContext } from "../ssl.js";

/** Kinds of packets, with the bits that belong to them. */
const CONNECT = 0x10;
const CONNACK = 0x20;
const PUBLISH = 0x30;
const PUBACK = 0x40;
const SUBSCRIBE = 0x82;
const SUBACK = 0x90;
const UNSUBSCRIBE = 0xa2;
const UNSUBACK = 0xb0;
const PINGREQ = 0xc0;
const PINGRESP = 0xd0;
const DISCONNECT = 0xe0;

const PORT = 1883;
const TLS_PORT = 8883;
/** What the length of a packet can say. */
const LARGEST = 2 ** 21;
const FAILURE = 0x80;

export class MQTTException extends Exception {}
define(MQTTException);

export class MQTTClient extends PyObject {
  declare client_id: Value;
  declare sock: Value;
  declare server: Value;
  declare port: Value;
  declare ssl: Value;
  declare ssl_params: Value;
  declare pid: Value;
  /** Called with the topic and the text of each message, as bytes. */
  declare cb: Value;
  declare user: Value;
  declare pswd: Value;
  declare keepalive: Value;
  declare lw_topic: Value;
  declare lw_msg: Value;
  declare lw_qos: Value;
  declare lw_retain: Value;

  override __init__(
    client_id: Value,
    server: Value,
    port: Value = 0,
    user: Value = null,
    password: Value = null,
    keepalive: Value = 0,
    ssl: Value = null,
    ssl_params: Value = new Dict(),
  ): Value {
    this.client_id = client_id;
    this.sock = null;
    this.server = server;
    this.port = port === 0 ? (truth(ssl) ? TLS_PORT : PORT) : port;
    this.ssl = ssl;
    this.ssl_params = ssl_params;
    this.pid = 0;
    this.cb = null;
    this.user = user;
    this.pswd = password;
    this.keepalive = keepalive;
    Object.assign(this, { lw_topic: null, lw_msg: null, lw_qos: 0, lw_retain: false });
    return null;
  }

  set_callback(f: Value): null {
    this.cb = f;
    return null;
  }

  set_last_will(topic: Value, msg: Value, retain: Value = false, qos: Value = 0): null {
    require(index(qos) >= 0 && index(qos) <= 2);
    require(truth(topic));
    Object.assign(this, { lw_topic: topic, lw_msg: msg, lw_qos: qos, lw_retain: retain });
    return null;
  }

  /** 1 when the broker has kept a session; MQTTException with its code when it refuses. */
  *connect(clean_session: Value = true, timeout: Value = null): Waiting {
    if (this.sock !== null) this.sock.close();
    const connection: Value = new socket();
    this.sock = connection;
    connection.settimeout(timeout);
    const [first] = asArray(yield* callWait(getaddrinfo, this.server, this.port));
    yield* invokeWait(connection, "connect", asArray(first).at(-1));
    if (this.ssl === true) {
      const params = this.ssl_params instanceof Dict ? this.ssl_params.entries() : [];
      const context: Value = new SSLContext(0);
      const named = Object.fromEntries(params);
      this.sock = yield* applyMethodWait(context, "wrap_socket", [connection], named);
    } else if (truth(this.ssl)) {
      const named = { server_hostname: this.server };
      this.sock = yield* applyMethodWait(this.ssl, "wrap_socket", [connection], named);
    }
    yield* this.$send(CONNECT, this.$introduction(truth(clean_session)));
    const answer = bytesOf(yield* invokeWait(this.sock, "read", 4));
    require(answer[0] === CONNACK && answer[1] === 2);
    if (answer[3] !== 0) throw new MQTTException(answer[3]);
    return (answer[2] as number) & 1;
  }

  *disconnect(): Waiting {
    yield* this.$send(DISCONNECT, []);
    this.sock.close();
    return null;
  }

  *ping(): Waiting {
    yield* this.$send(PINGREQ, []);
    return null;
  }

  /** With `qos` 1 it returns when the broker has acknowledged. */
  *publish(topic: Value, msg: Value, retain: Value = false, qos: Value = 0): Waiting {
    const quality = index(qos);
    const parts = [text(topic)];
    if (quality > 0) parts.push(this.$nextId());
    parts.push(raw(msg));
    const { pid } = this;
    yield* this.$send(PUBLISH | (quality << 1) | (truth(retain) ? 1 : 0), parts);
    require(quality !== 2);
    if (quality !== 1) return null;
    for (;;) {
      if ((yield* invokeWait(this, "wait_msg")) !== PUBACK) continue;
      const answer = bytesOf(yield* invokeWait(this.sock, "read", 3));
      require(answer[0] === 2);
      if (numberAt(answer, 1) === pid) return null;
    }
  }

  *subscribe(topic: Value, qos: Value = 0): Waiting {
    if (this.cb === null) throw new AssertionError("Subscribe callback is not set");
    const quality = Uint8Array.of(index(qos));
    const answer = yield* this.$ask(SUBSCRIBE, [text(topic), quality], SUBACK, 4);
    if (answer[3] === FAILURE) throw new MQTTException(FAILURE);
    return null;
  }

  *unsubscribe(topic: Value): Waiting {
    yield* this.$ask(UNSUBSCRIBE, [text(topic)], UNSUBACK, 3);
    return null;
  }

  /**
   * Waits for one packet. A message goes to the callback; of other packets the kind is the result, and
   * whoever waits for it reads the rest. None: there is nothing, or the broker has answered a ping.
   */
  *wait_msg(): Waiting {
    const first = yield* invokeWait(this.sock, "read", 1);
    this.sock.setblocking(true);
    if (first === null) return null;
    const [kind] = bytesOf(first);
    if (kind === undefined) throw new OSError(-1);
    if (kind === PINGRESP) {
      const [length] = bytesOf(yield* invokeWait(this.sock, "read", 1));
      require(length === 0);
      return null;
    }
    if ((kind & 0xf0) !== PUBLISH) return kind;
    yield* this.$deliver((kind >> 1) & 3);
    return kind;
  }

  /** The same without waiting for the first byte. */
  *check_msg(): Waiting {
    this.sock.setblocking(false);
    return yield* invokeWait(this, "wait_msg");
  }

  private *$deliver(quality: number): Waiting<void> {
    const length = yield* this.$readLength();
    const packet = bytesOf(yield* invokeWait(this.sock, "read", length)).slice();
    const end = 2 + numberAt(packet, 0);
    const start = quality > 0 ? end + 2 : end;
    const message = [new Bytes(packet.slice(2, end)), new Bytes(packet.slice(start))] as const;
    yield* callWait(this.cb, ...message);
    if (quality === 1) yield* this.$send(PUBACK, [packet.slice(end, start)]);
    require(quality !== 2);
  }

  /** A length in groups of seven bits, the lowest first. */
  private *$readLength(): Waiting<number> {
    let length = 0;
    for (let shift = 0; ; shift += 7) {
      const [byte = 0] = bytesOf(yield* invokeWait(this.sock, "read", 1));
      length |= (byte & 0x7f) << shift;
      if ((byte & 0x80) === 0) return length;
    }
  }

  /** Sends a request with an id of its own and waits for the answer with the same. */
  private *$ask(
    kind: number,
    parts: readonly Uint8Array[],
    answerKind: number,
    size: number,
  ): Waiting<Uint8Array> {
    const id = this.$nextId();
    const { pid } = this;
    yield* this.$send(kind, [id, ...parts]);
    while ((yield* invokeWait(this, "wait_msg")) !== answerKind);
    const answer = bytesOf(yield* invokeWait(this.sock, "read", size));
    require(numberAt(answer, 1) === pid);
    return answer;
  }

  private *$send(kind: number, parts: readonly Uint8Array[]): Waiting<void> {
    const length = parts.reduce((all, part) => all + part.length, 0);
    require(length < LARGEST);
    const head = [kind];
    let rest = length;
    for (; rest > 0x7f; rest >>= 7) head.push((rest & 0x7f) | 0x80);
    head.push(rest);
    const packet = new Uint8Array(head.length + length);
    packet.set(head);
    let at = head.length;
    for (const part of parts) {
      packet.set(part, at);
      at += part.length;
    }
    yield* invokeWait(this.sock, "write", toBytes(packet));
  }

  private $nextId(): Uint8Array {
    this.pid += 1;
    return Uint8Array.of((this.pid >> 8) & 0xff, this.pid & 0xff);
  }

  /** What follows the first bytes of CONNECT: the protocol, what there is, and who it is. */
  private $introduction(clean: boolean): Uint8Array[] {
    const keepalive = index(this.keepalive);
    require(keepalive < 0x10000);
    const isKnown = truth(this.user);
    const hasWill = truth(this.lw_topic);
    const will = 4 | (index(this.lw_qos) << 3) | (truth(this.lw_retain) ? 0x20 : 0);
    const flags = (clean ? 2 : 0) | (isKnown ? 0xc0 : 0) | (hasWill ? will : 0);
    const protocol = [0, 4, ...encodeUtf8("MQTT"), 4, flags, keepalive >> 8, keepalive & 0xff];
    return [
      Uint8Array.from(protocol),
      text(this.client_id),
      ...(hasWill ? [text(this.lw_topic), text(this.lw_msg)] : []),
      ...(isKnown ? [text(this.user), text(this.pswd)] : []),
    ];
  }
}
define(MQTTClient, {
  fields: [
    ...["client_id", "sock", "server", "port", "ssl", "ssl_params", "pid", "cb", "user", "pswd"],
    ...["keepalive", "lw_topic", "lw_msg", "lw_qos", "lw_retain"],
  ],
  methods: {
    __init__: "client_id, server, port=, user=, password=, keepalive=, ssl=, ssl_params=",
    set_callback: "f",
    set_last_will: "topic, msg, retain=, qos=",
    connect: "clean_session=, timeout=",
    disconnect: "",
    ping: "",
    publish: "topic, msg, retain=, qos=",
    subscribe: "topic, qos=",
    unsubscribe: "topic",
    wait_msg: "",
    check_msg: "",
  },
  blocking: [
    "connect",
    "disconnect",
    "ping",
    "publish",
    "subscribe",
    "unsubscribe",
    "wait_msg",
    "check_msg",
  ],
});

function require(holds: boolean): void {
  if (!holds) throw new AssertionError();
}

/** The bytes of a str or of a buffer. */
function raw(data: Value): Uint8Array {
  return typeof data === "string" ? encodeUtf8(data) : bytesOf(data);
}

/** The same with their number before them. */
function text(data: Value): Uint8Array {
  const bytes = raw(data);
  return Uint8Array.from([bytes.length >> 8, bytes.length & 0xff, ...bytes]);
}

function numberAt(bytes: Uint8Array, at: number): number {
  return ((bytes[at] as number) << 8) | (bytes[at + 1] as number);
}

export const __version__ = "1.8.0";
