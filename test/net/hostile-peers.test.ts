/**
 * Peers that mean no good: they break off, send what is no HTTP and no TLS, change records on their way.
 * Each must be an error of its own connection, told as MicroPython tells it, while the server goes on.
 */

import { randomBytes } from "node:crypto";
import { connect, type Socket } from "node:net";
import { type TLSSocket, connect as tlsConnect } from "node:tls";
import { serve } from "./served.js";

const later = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

function opened(port: number): Promise<Socket> {
  return new Promise((resolve) => {
    const socket = connect({ port, host: "127.0.0.1" }, () => resolve(socket));
    socket.on("error", () => {});
  });
}

/** What an honest client gets. */
async function answered(port: number): Promise<string> {
  const socket = await opened(port);
  socket.write("POST /echo HTTP/1.0\r\nContent-Length: 5\r\n\r\nhello");
  let text = "";
  for await (const data of socket) text += data;
  return text.slice(text.indexOf("\r\n\r\n") + 4);
}

test("a server outlives those who come and go, and those who stay and say nothing", async () => {
  const { port, server } = await serve("web_server.py");
  const silent = await Promise.all(Array.from({ length: 100 }, () => opened(port)));
  for (let i = 0; i < 200; i++) (await opened(port)).resetAndDestroy();
  const garbage = await Promise.all(Array.from({ length: 50 }, () => opened(port)));
  for (const socket of garbage) socket.end(Buffer.concat([randomBytes(500), Buffer.from("\n\n")]));
  expect(await answered(port)).toBe("hello");
  for (const socket of silent) socket.destroy();
  expect(await answered(port)).toBe("hello");
  expect(server.stderr).toBe("");
  expect(server.process.exitCode).toBeNull();
});

test("a request that comes byte by byte is one request", async () => {
  const { port, server } = await serve("web_server.py");
  const slow = await opened(port);
  slow.setNoDelay(true);
  let text = "";
  slow.on("data", (data) => {
    text += data;
  });
  const request = "POST /echo HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n";
  for (const byte of request) {
    slow.write(byte);
    await later(2);
  }
  expect(await answered(port)).toBe("hello");
  slow.end();
  await server.until(/served 1\n[\s\S]*served 1\n/);
  expect(text).toMatch(/\r\n\r\nabc$/);
});

test("sizes that are none, lines without an end, bodies that are cut", async () => {
  const { port, server } = await serve("web_server.py");
  const chunked = "POST /echo HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n";
  for (const [said, told] of [
    [`${chunked}xyz\r\n`, /ValueError\("invalid syntax for integer with base 16/],
    [`${chunked}-5\r\nabc`, /failed after 0/],
    ["POST /echo HTTP/1.1\r\nContent-Length: 10\r\n\r\nabc", /EOFError\(\)/],
    ["GET /echo\r\n\r\n", /ValueError\('need more than 2 values to unpack'/],
    [`GET /${"a".repeat(1_000_000)}`, /ValueError\('need more than 2 values to unpack'/],
    ["GET / HTTP/1.1\r\nno colon\r\n\r\n", /ValueError\('need more than 1 values to unpack'/],
  ] as const) {
    const from = server.stdout.length;
    (await opened(port)).end(said);
    await server.until(told, from);
  }
  expect(await answered(port)).toBe("hello");
  expect(server.stderr).toBe("");
});

/** Sends a request over TLS and gives the bare connection below, when the answer has come. */
function secured(port: number): Promise<{ below: Socket; tls: TLSSocket }> {
  return new Promise((resolve) => {
    const below = connect(port, "127.0.0.1", () => {
      const tls = tlsConnect({ socket: below, rejectUnauthorized: false }, () => {
        tls.write("GET /echo HTTP/1.1\r\n\r\n");
      });
      tls.on("error", () => {}).once("data", () => resolve({ below, tls }));
    });
    below.on("error", () => {});
  });
}

const record = (type: number, ...body: number[]): Buffer =>
  Buffer.from([type, 3, 3, body.length >> 8, body.length & 255, ...body]);
const APPLICATION_DATA = 0x17;

// The numbers are those of MicroPython's unix port for the same bytes.
test.each([
  ["a record that was changed", record(APPLICATION_DATA, ...randomBytes(40)), -29056],
  ["a record without room for its seal", record(APPLICATION_DATA, 5), -29056],
  ["an alert that is not sealed", record(0x15, 2, 40), -29056],
  ["a record longer than any", Buffer.from([APPLICATION_DATA, 3, 3, 255, 255]), -28928],
  ["what is no record", Buffer.from("GET / HTTP/1.0\r\n\r\n"), -29184],
])("%s in a secure connection is an error, never an end", async (_what, bytes, error) => {
  const { port, server } = await serve("web_server.py", ["server.pem", "server.key.pem"]);
  const { below } = await secured(port);
  below.write(bytes);
  await server.until(new RegExp(`failed after 1 OSError\\(${error}, `));
  const other = await secured(port);
  other.tls.end();
  await server.until(/served 1/);
  below.destroy();
});

test("a second handshake is refused", async () => {
  const { port } = await serve("web_server.py", ["server.pem", "server.key.pem"]);
  const { tls } = await secured(port);
  const error = await new Promise<Error | null>((resolve) => {
    tls.on("error", resolve);
    tls.renegotiate({}, resolve);
  });
  expect((error as NodeJS.ErrnoException | null)?.code).toBe("ERR_SSL_NO_RENEGOTIATION");
});
