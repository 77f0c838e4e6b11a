/**
 * How much memory an emitted server takes for clients that are slower or faster than it is:
 *
 *   node bench/backpressure/main.js [--connections 50] [--seconds 10]
 *
 * Over TCP and over TLS, once clients that ask for bytes without end and read none, once clients that
 * send as fast as they may to a server that reads a kilobyte now and then. Printed each fifth of the
 * time: what the server holds (heap and buffers, after a collection) for each connection, and how many
 * bytes a connection has carried, which is what the kernel and the windows of both sides hold. The exit
 * code is 1 when the server holds more than LIMIT for a connection, or the bytes still flow at the end.
 */
import { fork } from "node:child_process";
import { readFileSync } from "node:fs";
import { connect } from "node:net";
import { connect as connectTls } from "node:tls";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { freePort } from "../load/free-port.js";

const { values } = parseArgs({
  options: {
    connections: { type: "string", default: "50" },
    seconds: { type: "string", default: "10" },
  },
});
const connections = Number(values.connections);
const seconds = Number(values.seconds);
const STEPS = 5;
/** Bytes that a connection may hold: a window of 64 KB in each direction of TCP and TLS, and its objects. */
const LIMIT = 512 * 1024;
/** What a slow reader takes from each connection in a second. */
const TAKEN_A_SECOND = 20_000;
const PIECE = Buffer.alloc(64 * 1024);

const path = (file) => fileURLToPath(new URL(file, import.meta.url));
const own = ["server.der", "server.key.der"].map((name) =>
  readFileSync(path(`../../test/net/certificates/${name}`)).toString("hex"),
);

for (const layer of ["tcp", "tls"]) {
  for (const what of ["send", "take"]) await measure(layer, what);
}

async function measure(layer, what) {
  const port = await freePort();
  const server = fork(
    path("../load/run-server.js"),
    [path("slow.py"), String(port), ...(layer === "tls" ? own : [])],
    {
      execArgv: ["--expose-gc"],
    },
  );
  await message(server);
  const before = await sizes(server);
  const sockets = await Promise.all(Array.from({ length: connections }, () => open(layer, port)));
  for (const socket of sockets) {
    socket.write(`${what}\n`);
    socket.pause();
    if (what === "take") flood(socket);
  }
  console.log(`${layer}: ${what === "send" ? "clients that do not read" : "clients that flood"}`);
  let held = 0;
  let carried = 0;
  let last = 0;
  for (let step = 1; step <= STEPS; step++) {
    await new Promise((resolve) => setTimeout(resolve, (1000 * seconds) / STEPS));
    const now = await sizes(server);
    held = Math.max(held, (now.heap + now.buffers - before.heap - before.buffers) / connections);
    last = carried;
    carried = sockets.reduce((sum, socket) => sum + carriedBy(socket, what), 0) / connections;
    console.log(
      `  after ${((step * seconds) / STEPS).toFixed(1)} s: ${kilobytes(held)} held, ` +
        `${kilobytes(carried)} carried, for each; resident ${megabytes(now.rss)} in all`,
    );
  }
  for (const socket of sockets) socket.destroy();
  server.disconnect();
  // The step that was under way counts twice: measuring takes time too.
  const allowed = what === "send" ? 0 : (2 * TAKEN_A_SECOND * seconds) / STEPS + PIECE.length;
  if (held > LIMIT) fail("the server holds too much");
  if (carried - last > allowed) fail("the bytes go on flowing");
}

/** TLS hides how much has gone out or come in; the socket below knows. */
function carriedBy(socket, what) {
  const below = socket._parent ?? socket;
  return what === "send" ? below.bytesRead : below.bytesWritten - below.writableLength;
}

function open(layer, port) {
  return new Promise((resolve, reject) => {
    const options = { port, host: "127.0.0.1", rejectUnauthorized: false };
    const socket =
      layer === "tls"
        ? connectTls(options, () => resolve(socket))
        : connect(options, () => resolve(socket));
    socket.once("error", reject);
  });
}

/** Sends on whenever the kernel takes more. */
function flood(socket) {
  const send = () => {
    while (socket.write(PIECE));
  };
  socket.on("drain", send);
  send();
}

function fail(reason) {
  console.log(`  ${reason}`);
  process.exitCode = 1;
}

function sizes(server) {
  server.send("sizes");
  return message(server);
}

function message(child) {
  return new Promise((resolve) => child.once("message", resolve));
}

function kilobytes(bytes) {
  return `${Math.round(bytes / 1024)} KB`;
}

function megabytes(bytes) {
  return `${Math.round(bytes / 2 ** 20)} MB`;
}
