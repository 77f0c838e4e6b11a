/** TCP servers: a task that accepts connections and starts a task for each. */

import { applyMethod, call, invoke } from "../core/call/call.js";
import { defined } from "../core/call/signature.js";
import { define } from "../core/class/class.js";
import { PyObject } from "../core/class/object.js";
import { Dict } from "../core/container/dict.js";
import { current } from "../core/context.js";
import { BaseException, OSError } from "../core/exception/exceptions.js";
import { caught } from "../core/exception/raise.js";
import { formatException } from "../core/exception/traceback.js";
import type { Coroutine } from "../core/iteration/generators.js";
import type { Tuple, Value } from "../core/values.js";
import type { Host } from "../host/host.js";
import { Socket } from "../io/socket.js";
import { Option, SOL_SOCKET } from "../io/socket-constants.js";
import { getaddrinfo } from "../modules/socket.js";
import { core } from "./core.js";
import { create_task } from "./create-task.js";
import { CancelledError } from "./errors.js";
import { sleep_ms } from "./sleep.js";
import { Stream } from "./stream.js";

export class Server extends PyObject {
  /** Whether it was closed by close(). */
  declare state: Value;
  declare task: Value;

  // biome-ignore lint/correctness/useYield: a coroutine that never suspends.
  *__aenter__(): Coroutine {
    return this;
  }

  *__aexit__(_type: Value, _error: Value, _traceback: Value): Coroutine {
    this.close();
    yield* this.wait_closed();
    return null;
  }

  close(): null {
    this.state = true;
    this.task.cancel();
    return null;
  }

  *wait_closed(): Coroutine {
    yield* this.task;
    return null;
  }

  *_serve(s: Socket, cb: Value, ssl: Value): Coroutine {
    this.state = false;
    for (;;) {
      try {
        yield core().ioQueue.queue_read(s);
      } catch (thrown) {
        const error = caught(thrown);
        if (!(error instanceof CancelledError)) throw error;
        s.close();
        if (this.state) return null;
        throw error;
      }
      const accepted = this.$accept(s);
      if (accepted === null) continue;
      const [plain, address] = accepted;
      const socket = ssl ? secure(plain, ssl) : plain;
      if (socket === null) continue;
      invoke(socket, "setblocking", false);
      const stream = new Stream(socket, new Dict([["peername", address]]));
      create_task(call(cb, stream, stream));
    }
  }

  /** A connection that has come, or null: a failed accept is ignored. */
  private $accept(s: Socket): Tuple | null {
    try {
      return s.$acceptNow();
    } catch (error) {
      if (caught(error) instanceof BaseException) return null;
      throw error;
    }
  }
}
define(Server, {
  fields: ["state", "task"],
  methods: {
    __aenter__: "",
    __aexit__: "exc_type, exc, tb",
    close: "",
    wait_closed: "",
    _serve: "s, cb, ssl",
  },
});

function secure(socket: Value, ssl: Value): Value {
  try {
    return applyMethod(ssl, "wrap_socket", [socket], {
      server_side: true,
      do_handshake_on_connect: false,
    });
  } catch (thrown) {
    const error = caught(thrown);
    if (!(error instanceof OSError)) throw error;
    (current().host as Host).write(formatException(error));
    socket.close();
    return null;
  }
}

/** `start_server(cb, host, port)`: calls `cb(reader, writer)` for each connection. */
export const start_server = defined(function* start_server(
  cb: Value,
  host: Value,
  port: Value,
  backlog: Value = 5,
  ssl: Value = null,
): Coroutine {
  const [found] = yield* getaddrinfo.wait(host, port);
  const [family, , , , address] = found as Tuple;
  const socket: Value = new Socket(family);
  socket.setblocking(false);
  socket.setsockopt(SOL_SOCKET, Option.SO_REUSEADDR, 1);
  yield* socket.bind.wait.call(socket, address);
  socket.listen(backlog);
  const server = new Server();
  server.task = create_task(server._serve(socket, cb, ssl));
  try {
    // The task must have started before it can be told to close.
    yield* sleep_ms(0);
  } catch (thrown) {
    const error = caught(thrown);
    if (error instanceof CancelledError) server.task.cancel();
    throw error;
  }
  return server;
}, "cb, host, port, backlog=, ssl=");
