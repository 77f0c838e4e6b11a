/**
 * Measures a TCP echo server: `node bench/tcp/main.js [--rounds N]`. What counts is the server's CPU
 * time per request, the median of some rounds in which the two servers take turns; the load comes from
 * a process of its own.
 */
import { fork } from "node:child_process";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";

const CONNECTIONS = 32;
const WARM_UP = 30_000;
const REQUESTS = 60_000;
/** At most so many times the CPU time of the server on node:net. */
const BAR = 1.2;

const servers = { mpy2ts: "server-emitted.js", "node:net": "server-net.js" };
const path = (file) => fileURLToPath(new URL(file, import.meta.url));

const message = (child) =>
  new Promise((resolve, reject) => {
    child.once("message", resolve);
    child.once("exit", (code) => reject(new Error(`a process ended with ${code}`)));
  });

/** Asks a child for something. */
function ask(child) {
  const answer = message(child);
  child.send("go");
  return answer;
}

async function microsecondsPerRequest(file, port) {
  const server = fork(path(file), [String(port)]);
  await message(server);
  const counts = [WARM_UP, REQUESTS];
  const load = fork(path("load.js"), [port, CONNECTIONS, ...counts].map(String));
  await ask(load);
  const before = await ask(server);
  await ask(load);
  const after = await ask(server);
  server.kill();
  load.kill();
  return (after.user + after.system - before.user - before.system) / REQUESTS;
}

const { values } = parseArgs({ options: { rounds: { type: "string", default: "3" } } });
const times = Object.fromEntries(Object.keys(servers).map((name) => [name, []]));
let port = 47_000;
for (let round = 0; round < Number(values.rounds); round++) {
  for (const [name, file] of Object.entries(servers)) {
    port += 1;
    times[name].push(await microsecondsPerRequest(file, port));
  }
}
const medians = Object.entries(times).map(([name, all]) => {
  const median = all.toSorted((a, b) => a - b)[all.length >> 1];
  console.log(`${name.padEnd(10)} ${median.toFixed(1)} us of CPU time per request`);
  return median;
});
const ratio = medians[0] / medians[1];
console.log(`ratio ${ratio.toFixed(2)}, bar ${BAR}: ${ratio <= BAR ? "met" : "MISSED"}`);
process.exit(0);
