/**
 * Holds an emitted echo server under load, over loopback:
 *
 *   node bench/load/main.js [--connections 5000] [--requests 200000] [--soak SECONDS]
 *
 * All connections are open at once; every request is answered as it was sent or counts as wrong. With
 * --soak the load goes on for so long, and the server's heap is printed each tenth of that time (after
 * a collection). The exit code is 1 when something was lost, wrong or refused, or the heap has grown
 * by more than a tenth between the first and the last third of the soak.
 */
import { fork } from "node:child_process";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { freePort } from "./free-port.js";

const { values } = parseArgs({
  options: {
    connections: { type: "string", default: "5000" },
    requests: { type: "string", default: "200000" },
    soak: { type: "string", default: "0" },
  },
});
const connections = Number(values.connections);
const requests = Number(values.requests);
const soak = Number(values.soak);
/** Clients are spread over processes: the usual limit is 1024 open files each. */
const PER_PROCESS = 900;
const GROWTH = 1.1;

const path = (file) => fileURLToPath(new URL(file, import.meta.url));
const port = await freePort();
const server = fork(path("run-server.js"), [path("echo_server.py"), String(port)], {
  execArgv: ["--expose-gc"],
});
await message(server);

const shares = Array.from({ length: Math.ceil(connections / PER_PROCESS) }, (_, i) =>
  Math.min(PER_PROCESS, connections - i * PER_PROCESS),
);
const clients = shares.map((share) =>
  fork(
    path("clients.js"),
    [port, share, Math.ceil((requests * share) / connections), soak].map(String),
  ),
);
const opened = await Promise.all(clients.map(message));
console.log(`connections open at once: ${sum(opened, "connected")}`);

const before = await sizes();
const started = performance.now();
const finished = clients.map(message);
for (const client of clients) client.send("go");
const heaps = soak > 0 ? await watch(soak) : [];
const results = await Promise.all(finished);
const time = (performance.now() - started) / 1000;
const after = await sizes();

const answered = sum(results, "answered");
const cpu = (after.cpu.user + after.cpu.system - before.cpu.user - before.cpu.system) / answered;
console.log(
  `answered ${answered} requests in ${time.toFixed(1)} s, ${cpu.toFixed(1)} us of CPU each`,
);
const bad = ["wrong", "lost", "failed"].map((name) => [name, sum(results, name)]);
console.log(bad.map(([name, count]) => `${name} ${count}`).join(", "));
console.log(`heap ${megabytes(before.heap)} MB before, ${megabytes(after.heap)} MB after`);
server.disconnect();

const third = Math.floor(heaps.length / 3);
const grown =
  third > 0 && Math.min(...heaps.slice(-third)) > GROWTH * Math.max(...heaps.slice(0, third));
if (grown) console.log("the heap has grown");
const held = answered >= requests && sum(opened, "connected") === connections;
process.exitCode = held && !grown && bad.every(([, count]) => count === 0) ? 0 : 1;

/** The server's heap, ten times while the load goes on. */
async function watch(seconds) {
  const heaps = [];
  for (let i = 0; i < 10; i++) {
    await new Promise((resolve) => setTimeout(resolve, 100 * seconds));
    const { heap } = await sizes();
    heaps.push(heap);
    console.log(`after ${Math.round(((i + 1) * seconds) / 10)} s: heap ${megabytes(heap)} MB`);
  }
  return heaps;
}

function sizes() {
  server.send("sizes");
  return message(server);
}

function message(child) {
  return new Promise((resolve) => child.once("message", resolve));
}

function sum(results, name) {
  return results.reduce((total, result) => total + (result[name] ?? 0), 0);
}

function megabytes(bytes) {
  return (bytes / 2 ** 20).toFixed(1);
}
