/** Streams and servers, on the virtual network and on real sockets; and plain sockets. */

import { createServer, type Socket as NetSocket, connect as netConnect } from "node:net";
import { describe, expect, test } from "@jest/globals";
import { caught } from "../../src/runtime/core/exception/raise.js";
import { awaiting } from "../../src/runtime/core/iteration/generators.js";
import { module } from "../../src/runtime/core/module/module.js";
import { repr } from "../../src/runtime/core/repr.js";
import { toBytes } from "../../src/runtime/core/text/bytes.js";
import { tup, type Value } from "../../src/runtime/core/values.js";
import type { Host } from "../../src/runtime/host/host.js";
import { NodeHost } from "../../src/runtime/host/node.js";
import { VirtualHost } from "../../src/runtime/host/virtual.js";
import { b } from "../../src/runtime/index.js";
import * as asyncio from "../../src/runtime/modules/asyncio.js";
import * as select from "../../src/runtime/modules/select.js";
import { getaddrinfo, socket as Socket } from "../../src/runtime/modules/socket.js";
import * as time from "../../src/runtime/modules/time.js";
import { run } from "../../src/runtime/run.js";
import { freePort } from "../harness/free-port.js";
import { print } from "./program.js";

interface Output {
  out: string[];
  err: string;
}

async function execute(host: Host, lines: { text: string }, body: () => Value): Promise<Output> {
  const main = module("main", { file: "main.py", names: {} }, body);
  await run(main, { host });
  return { out: lines.text.split("\n").slice(0, -1), err: "" };
}

/** Runs a program on the virtual network or on real sockets. */
async function on(kind: "virtual" | "real", body: () => Value): Promise<Output> {
  const out = { text: "" };
  const err = { text: "" };
  const options = {
    write: (data: string | Uint8Array) => {
      out.text += data;
    },
    writeError: (data: string | Uint8Array) => {
      err.text += data;
    },
  };
  const host = kind === "virtual" ? new VirtualHost(options) : new NodeHost(options);
  const output = await execute(host, out, body);
  return { ...output, err: err.text };
}

const kinds = ["virtual", "real"] as const;

describe.each(kinds)("streams, %s", (kind) => {
  test("a server echoes lines and ends", async () => {
    const port = await freePort();
    function* echo(reader: Value, writer: Value): Value {
      print("peer", reader.get_extra_info("peername")[0]);
      for (;;) {
        const line = yield* reader.readline();
        if (line.length === 0) break;
        writer.write(line);
        yield* writer.drain();
      }
      writer.close();
      yield* writer.wait_closed();
      print("server side closed");
    }
    function* main(): Value {
      const server = yield* awaiting(asyncio.start_server(echo, "127.0.0.1", port));
      const [reader, writer] = yield* awaiting(asyncio.open_connection("127.0.0.1", port));
      print(reader === writer);
      for (const text of ["one\n", "two\nthree\n"]) {
        writer.write(b(text));
        yield* writer.drain();
      }
      print(yield* reader.readline(), yield* reader.readexactly(4), yield* reader.read(100));
      writer.write(b("last\n"));
      yield* writer.drain();
      print(yield* reader.readline());
      writer.close();
      yield* writer.wait_closed();
      yield* asyncio.sleep_ms(50);
      server.close();
      yield* server.wait_closed();
      print("done");
    }
    const { out, err } = await on(kind, () => asyncio.run.wait(main()));
    expect(err).toBe("");
    expect(out.slice(0, 2).sort()).toEqual(["True", "peer 127.0.0.1"]);
    expect(out.at(-1)).toBe("done");
    expect(out).toContain("b'one\\n' b'two\\n' b'three\\n'");
  });

  test("reads to the end, exactly, and past the end", async () => {
    const port = await freePort();
    function* send(_reader: Value, writer: Value): Value {
      writer.write(b("0123456789"));
      yield* writer.drain();
      yield* asyncio.sleep_ms(20);
      writer.write(b("abc"));
      yield* writer.drain();
      writer.close();
      yield* writer.wait_closed();
    }
    function* main(): Value {
      yield* awaiting(asyncio.start_server(send, "127.0.0.1", port));
      const [reader] = yield* awaiting(asyncio.open_connection("127.0.0.1", port));
      print(yield* reader.readexactly(11), yield* reader.read(-1), yield* reader.read(5));
      try {
        yield* reader.readexactly(1);
      } catch (error) {
        print(repr(caught(error)));
      }
    }
    const { out, err } = await on(kind, () => asyncio.run.wait(main()));
    expect(err).toBe("");
    expect(out).toEqual(["b'0123456789a' b'bc' b''", "EOFError()"]);
  });

  test("a large transfer to a slow reader is held up, and nothing is lost", async () => {
    const port = await freePort();
    const size = 400_000;
    let received = 0;
    function* slow(reader: Value, _writer: Value): Value {
      for (;;) {
        const piece = yield* reader.read(5000);
        if (piece.length === 0) break;
        for (const byte of piece) {
          if (byte !== received++ % 251) print("wrong byte at", received);
        }
        yield* asyncio.sleep_ms(0);
      }
      print("received", received);
    }
    function* main(): Value {
      yield* awaiting(asyncio.start_server(slow, "127.0.0.1", port));
      const [, writer] = yield* awaiting(asyncio.open_connection("127.0.0.1", port));
      writer.write(toBytes(Uint8Array.from({ length: size }, (_, i) => i % 251)));
      print("written at once:", writer.out_buf.length === 0);
      yield* writer.drain();
      writer.close();
      yield* writer.wait_closed();
      while (received < size) yield* asyncio.sleep_ms(5);
      yield* asyncio.sleep_ms(5);
    }
    const { out, err } = await on(kind, () => asyncio.run.wait(main()));
    expect(err).toBe("");
    expect(out).toEqual(["written at once: False", `received ${size}`]);
  });

  test("a refused connection is an error when it is used; a taken port at once", async () => {
    const port = await freePort();
    function* nothing(): Value {}
    function* main(): Value {
      try {
        const [reader] = yield* awaiting(asyncio.open_connection("127.0.0.1", port));
        yield* reader.read(1);
      } catch (error) {
        print(caught(error).errno);
      }
      yield* awaiting(asyncio.start_server(nothing, "127.0.0.1", port));
      try {
        yield* awaiting(asyncio.start_server(nothing, "127.0.0.1", port));
      } catch (error) {
        print(caught(error).errno);
      }
    }
    const { out, err } = await on(kind, () => asyncio.run.wait(main()));
    expect(err).toBe("");
    expect(out).toEqual(["111", "98"]);
  });

  test("waiting for data is cancelled by wait_for", async () => {
    const port = await freePort();
    function* silent(): Value {
      yield* asyncio.sleep_ms(1000);
    }
    function* main(): Value {
      yield* awaiting(asyncio.start_server((_r: Value, _w: Value) => silent(), "127.0.0.1", port));
      const [reader] = yield* awaiting(asyncio.open_connection("127.0.0.1", port));
      try {
        yield* awaiting(asyncio.wait_for_ms(reader.readline(), 20));
      } catch (error) {
        print(caught(error) instanceof asyncio.TimeoutError);
      }
    }
    const { out, err } = await on(kind, () => asyncio.run.wait(main()));
    expect(err).toBe("");
    expect(out).toEqual(["True"]);
  });

  test("an unknown name", async () => {
    function* main(): Value {
      try {
        yield* awaiting(asyncio.open_connection("no-such-host.invalid", 1));
      } catch (error) {
        print(repr(caught(error)));
      }
    }
    const { out } = await on(kind, () => asyncio.run.wait(main()));
    expect(out).toEqual(["OSError(-2,)"]);
  });

  test("datagrams", async () => {
    const port = await freePort();
    const { out, err } = await on(kind, function* () {
      const server = new Socket(2, 2);
      const client = new Socket(2, 2);
      yield* (server.bind as Value).wait.call(server, tup("127.0.0.1", port));
      yield* (client.sendto as Value).wait.call(client, b("ping"), tup("127.0.0.1", port));
      const [data, from] = yield* (server.recvfrom as Value).wait.call(server, 100);
      yield* (server.sendto as Value).wait.call(server, b("pong"), from);
      print(data, (yield* (client.recvfrom as Value).wait.call(client, 100))[0]);
      server.settimeout(0.05);
      try {
        yield* (server.recvfrom as Value).wait.call(server, 100);
      } catch (error) {
        print(caught(error).errno);
      }
      server.setblocking(false);
      try {
        yield* (server.recvfrom as Value).wait.call(server, 100);
      } catch (error) {
        print(caught(error).errno);
      }
      server.close();
      client.close();
    });
    expect(err).toBe("");
    expect(out).toEqual(["b'ping' b'pong'", "110", "11"]);
  });

  test("poll() waits for sockets", async () => {
    const port = await freePort();
    const { out, err } = await on(kind, function* () {
      const server = new Socket();
      yield* (server.bind as Value).wait.call(server, tup("127.0.0.1", port));
      server.listen(1);
      const poller = select.poll();
      poller.register(server, select.POLLIN);
      print(yield* (poller.poll as Value).wait.call(poller, 0));
      const client = new Socket();
      client.setblocking(false);
      try {
        yield* (client.connect as Value).wait.call(client, tup("127.0.0.1", port));
      } catch (error) {
        if (caught(error).errno !== 115) throw error;
      }
      const ready = yield* (poller.poll as Value).wait.call(poller, 1000);
      print(ready.length, ready[0][0] === server, ready[0][1]);
      server.close();
      client.close();
    });
    expect(err).toBe("");
    expect(out).toEqual(["[]", "1 True 1"]);
  });

  test("a closed socket is a bad file descriptor", async () => {
    const { out } = await on(kind, () => {
      const socket = new Socket();
      socket.close();
      socket.close();
      try {
        socket.listen(1);
      } catch (error) {
        print(caught(error).errno);
      }
    });
    expect(out).toEqual(["9"]);
  });
});

describe("blocking sockets and the host", () => {
  test("while Python blocks in recv, the host's server answers", async () => {
    const server = createServer((socket) => {
      socket.on("data", (data) => socket.end(`got ${data}`));
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const { port } = server.address() as { port: number };
    const { out, err } = await on("real", function* () {
      const [found = []] = yield* getaddrinfo.wait("localhost", port);
      print(found[0], found[1], found[4]?.[1] === port);
      const socket: Value = new Socket();
      yield* socket.connect.wait.call(socket, tup("127.0.0.1", port));
      yield* socket.sendall.wait.call(socket, b("hello"));
      print(yield* socket.recv.wait.call(socket, 3), yield* socket.read.wait.call(socket));
      socket.close();
    });
    server.close();
    expect(err).toBe("");
    expect(out).toEqual(["2 1 True", "b'got' b' hello'"]);
  });

  test("a client that resets is an error of the read", async () => {
    const port = await freePort();
    const ended = { event: null as Value };
    let client: NetSocket | undefined;
    function* handle(reader: Value, _writer: Value): Value {
      print(yield* reader.read(10));
      // Only now: a reset takes what the client has not sent yet with it.
      client?.resetAndDestroy();
      try {
        yield* reader.read(10);
      } catch (error) {
        print(caught(error).errno);
      }
      ended.event.set();
    }
    function* main(): Value {
      ended.event = new asyncio.Event();
      yield* awaiting(asyncio.start_server(handle, "127.0.0.1", port));
      client = netConnect(port, "127.0.0.1", () => client?.write("x"));
      yield* ended.event.wait();
    }
    const { out, err } = await on("real", () => asyncio.run.wait(main()));
    expect(err).toBe("");
    expect(out).toEqual(["b'x'", "104"]);
  });

  test("two programs talk on one virtual host, in step", async () => {
    const lines: string[] = [];
    const write = (data: string | Uint8Array): number => lines.push(String(data).trimEnd());
    const host = new VirtualHost({ write, writeError: write });
    const program = (body: () => Value): Promise<number> =>
      run(module("main", { file: "main.py", names: {} }, body), { host });
    function* serve(reader: Value, writer: Value): Value {
      const question = yield* reader.readline();
      yield* asyncio.sleep_ms(100);
      writer.write(question);
      yield* writer.drain();
      writer.close();
      yield* writer.wait_closed();
    }
    function* server(): Value {
      yield* awaiting(asyncio.start_server(serve, "0.0.0.0", 80));
      yield* asyncio.sleep(1);
    }
    function* client(): Value {
      yield* asyncio.sleep_ms(500);
      const [reader, writer] = yield* awaiting(asyncio.open_connection("127.0.0.1", 80));
      writer.write(b("hi\n"));
      yield* writer.drain();
      print(yield* reader.readline(), time.ticks_ms());
    }
    await Promise.all([
      program(() => asyncio.run.wait(server())),
      program(() => asyncio.run.wait(client())),
    ]);
    expect(lines).toEqual(["b'hi\\n' 600"]);
    expect(host.now()).toBe(1000);
  });
});
