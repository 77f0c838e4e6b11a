/**
 * Streams over anything that can be read and written without blocking: a socket, a UART, standard
 * input, a stream written in Python. TCP connections are made here, servers in server.ts.
 */

import { len } from "../builtins/iteration.js";
import { invokeWait } from "../core/blocking/blocking.js";
import { applyMethod, call, invoke } from "../core/call/call.js";
import { defined } from "../core/call/signature.js";
import { getattr } from "../core/class/attributes.js";
import { define } from "../core/class/class.js";
import { PyObject } from "../core/class/object.js";
import { Dict } from "../core/container/dict.js";
import { current } from "../core/context.js";
import { portErrno } from "../core/exception/errno-name.js";
import { EOFError, OSError } from "../core/exception/exceptions.js";
import { caught } from "../core/exception/raise.js";
import type { Coroutine } from "../core/iteration/generators.js";
import { asArray } from "../core/iteration/iteration.js";
import { bytesOf } from "../core/memory/buffer.js";
import { RuntimeModule } from "../core/module/module.js";
import { index } from "../core/number/numbers.js";
import { getitem } from "../core/operator/items.js";
import { add } from "../core/operator/operators.js";
import { truth } from "../core/operator/unary.js";
import { adoptBytes, Bytes, toBytes } from "../core/text/bytes.js";
import { type Tuple, tup, type Value } from "../core/values.js";
import { ConnectionStream } from "../io/connection-stream.js";
import { Socket } from "../io/socket.js";
import { AF_INET, SOCK_STREAM } from "../io/socket-constants.js";
import { PROTOCOL_TLS_CLIENT } from "../io/tls-constants.js";
import { getaddrinfo } from "../modules/socket.js";
import { SSLContext } from "../modules/ssl.js";
import { core } from "./core.js";
import { Draining } from "./draining.js";
import { LineReading } from "./line-reading.js";
import { append, endsLine, NOTHING } from "./pieces.js";

const EINPROGRESS = 115;

export class Stream extends PyObject {
  /** What is read and written. */
  declare s: Value;
  /** Extra information, by name. */
  declare e: Value;
  /** What was written and not yet sent. */
  declare out_buf: Value;

  override __init__(s: Value, e: Value = new Dict()): Value {
    this.s = s;
    this.e = e;
    this.out_buf = NOTHING;
    return null;
  }

  get_extra_info(v: Value): Value {
    return getitem(this.e, v);
  }

  close(): null {
    return null;
  }

  // biome-ignore lint/correctness/useYield: a coroutine that does not suspend.
  *wait_closed(): Coroutine {
    invoke(this.s, "close");
    return null;
  }

  *read(n: Value = -1): Coroutine {
    const size = index(n);
    let result: Value = NOTHING;
    for (;;) {
      yield core().ioQueue.queue_read(this.s);
      const piece = yield* this.$readNow(size);
      if (piece === null) continue;
      if (size >= 0) return piece;
      if (piece.length === 0) return result;
      result = append(result, piece);
    }
  }

  *readinto(buffer: Value): Coroutine {
    yield core().ioQueue.queue_read(this.s);
    return yield* invokeWait(this.s, "readinto", buffer);
  }

  *readexactly(n: Value): Coroutine {
    let missing = index(n);
    let result: Value = NOTHING;
    while (missing !== 0) {
      yield core().ioQueue.queue_read(this.s);
      const piece = yield* this.$readNow(missing);
      if (piece === null) continue;
      if (piece.length === 0) throw new EOFError();
      result = append(result, piece);
      missing -= piece.length;
    }
    return result;
  }

  readline(): LineReading | Coroutine {
    return this.s instanceof ConnectionStream ? new LineReading(this.s) : this.$readlineOfAny();
  }

  /** A stream that is no connection may block. */
  private *$readlineOfAny(): Coroutine {
    let line: Value = NOTHING;
    for (;;) {
      yield core().ioQueue.queue_read(this.s);
      const piece = yield* invokeWait(this.s, "readline");
      if (piece === null) continue;
      line = append(line, piece);
      if (piece.length === 0 || endsLine(line)) return line;
    }
  }

  write(buf: Value): null {
    let rest = buf;
    if (this.$hasSentAll()) {
      const count = this.$writeNow(buf);
      if (count === (buf instanceof Bytes ? buf.length : len(buf))) return null;
      if (count !== null) rest = toBytes(bytesOf(buf).slice(count));
    }
    this.out_buf = add(this.out_buf, rest);
    return null;
  }

  drain(): Draining {
    return new Draining(this);
  }

  *awrite(buf: Value, off: Value = 0, sz: Value = -1): Coroutine {
    let data = buf;
    if (off !== 0 || sz !== -1) {
      const bytes = bytesOf(buf);
      data = toBytes(bytes.slice(index(off), sz === -1 ? undefined : index(off) + index(sz)));
    }
    this.write(data);
    yield* this.drain();
    return null;
  }

  $hasSentAll(): boolean {
    return this.out_buf === NOTHING || len(this.out_buf) === 0;
  }

  private *$readNow(size: number): Coroutine {
    const { s } = this;
    if (!(s instanceof ConnectionStream)) return yield* invokeWait(s, "read", size);
    const bytes = s.$takeUpTo(size < 0 ? Number.MAX_SAFE_INTEGER : size);
    return bytes === null ? null : adoptBytes(bytes);
  }

  /** Hands over what it can without waiting: how many bytes, or null. */
  $writeNow(data: Value): number | null {
    const { s } = this;
    if (!(s instanceof ConnectionStream)) return invoke(s, "write", data);
    return s.$put(data instanceof Bytes ? data : bytesOf(data).slice());
  }
}
define(Stream, {
  fields: ["s", "e", "out_buf"],
  methods: {
    __init__: "s, e=",
    get_extra_info: "v",
    close: "",
    wait_closed: "",
    read: "n=",
    readinto: "buf",
    readexactly: "n",
    readline: "",
    write: "buf",
    drain: "",
    awrite: "buf, off=, sz=",
  },
});
const { prototype } = Stream;
Object.assign(prototype, { aclose: prototype.wait_closed, awritestr: prototype.awrite });

/** What a program has put in the place of MicroPython's `socket`: `sys.modules["socket"] = fake`. */
function ownSocketModule(): Value | undefined {
  const found = current().modules.get("socket");
  return found instanceof RuntimeModule ? undefined : found;
}

/** `open_connection(host, port)`: a reader and a writer, which are one object. */
export const open_connection = defined(function* open_connection(
  host: Value,
  port: Value,
  ssl: Value = null,
  server_hostname: Value = null,
): Coroutine<Tuple<[Stream, Stream]>> {
  const own = ownSocketModule();
  const [found] = own
    ? asArray(call(getattr(own, "getaddrinfo"), host, port, 0, getattr(own, "SOCK_STREAM")))
    : yield* getaddrinfo.wait(host, port, 0, SOCK_STREAM);
  const [family, type, proto, , address] = asArray(found);
  let socket: Value = own
    ? call(getattr(own, "socket"), family, type, proto)
    : new Socket(family ?? AF_INET, type, proto);
  invoke(socket, "setblocking", false);
  try {
    if (own) invoke(socket, "connect", address);
    else yield* (socket as Value).connect.wait.call(socket, address);
  } catch (thrown) {
    const error = caught(thrown);
    if (!(error instanceof OSError) || error.value !== portErrno(EINPROGRESS)) throw error;
  }
  if (ssl) {
    const context = ssl === true ? new SSLContext(PROTOCOL_TLS_CLIENT) : ssl;
    socket = applyMethod(context, "wrap_socket", [socket], {
      server_hostname: truth(server_hostname) ? server_hostname : host,
      do_handshake_on_connect: false,
    });
    invoke(socket, "setblocking", false);
  }
  const stream = new Stream(socket);
  yield core().ioQueue.queue_write(socket);
  return tup(stream, stream);
}, "host, port, ssl=, server_hostname=");
