/** Clients that do what they may against an emitted server: read slowly, reset, end half of it. */
import { connect, type Socket } from "node:net";
import { serve } from "./served.js";

const PIECE = 8 + 256 * 64;

function connected(port: number): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect({ port, host: "127.0.0.1", allowHalfOpen: true }, () => resolve(socket));
    socket.on("error", reject);
  });
}

function ended(socket: Socket): Promise<void> {
  return new Promise((resolve) => socket.on("end", resolve));
}

const later = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

test("a client that does not read holds the server up, and then gets everything in order", async () => {
  const { port, server } = await serve("stream_server.py");
  const count = 1500;
  const socket = await connected(port);
  socket.pause();
  socket.write(`flood ${count}\n`);
  await server.until(/sent 0/);
  await later(1500);
  const before = server.stdout.length;
  await later(500);
  // 24 MB are to be sent; the kernel holds a few, the server nearly none.
  expect(server.stdout.slice(before)).toBe("");
  expect(server.stdout).not.toContain("sent all");
  let received = 0;
  let next = 0;
  let rest: Buffer = Buffer.alloc(0);
  socket.on("data", (chunk) => {
    received += chunk.length;
    rest = Buffer.concat([rest, chunk]);
    for (; rest.length >= PIECE; rest = rest.subarray(PIECE)) {
      if (Number(rest.toString("latin1", 0, 8)) === next) next += 1;
    }
  });
  socket.resume();
  await ended(socket);
  expect(received).toBe(count * PIECE);
  expect(next).toBe(count);
  socket.destroy();
});

test("a reset is ECONNRESET for its connection, and the server goes on", async () => {
  const { port, server } = await serve("stream_server.py");
  const reset = await connected(port);
  // libuv reports an end where a reset comes in one go with data: the data must be through before.
  reset.write("echo\nhere\n");
  await new Promise((resolve) => reset.once("data", resolve));
  reset.resetAndDestroy();
  await server.until(/failed: OSError\(104,\)/);
  const flooded = await connected(port);
  flooded.pause();
  flooded.write("flood 4000\n");
  await server.until(/sent 0/);
  flooded.resetAndDestroy();
  await server.until(/(failed: OSError\((104|32),\)[\s\S]*){2}/);
  const other = await connected(port);
  other.write("echo\nstill here\n");
  const [data] = await new Promise<[Buffer]>((resolve) => other.once("data", (d) => resolve([d])));
  expect(data.toString()).toBe("still here\n");
  other.destroy();
});

test("half-close: the other direction stays open", async () => {
  const { port, server } = await serve("stream_server.py");
  const socket = await connected(port);
  let text = "";
  socket.on("data", (data) => {
    text += data;
  });
  socket.end("echo\none\ntwo");
  await ended(socket);
  expect(text).toBe("one\ntwoend\n");
  await server.until(/done/);
  socket.destroy();
});

test("an end in the middle of readexactly() is EOFError", async () => {
  const { port, server } = await serve("stream_server.py");
  const socket = await connected(port);
  socket.end("exactly\n12345");
  await server.until(/failed: EOFError\(\)/);
  socket.destroy();
});
