/**
 * Measures a TCP echo server: `node bench/tcp/main.js [--rounds N]`. In each round the two servers run
 * side by side, each with a process of its own that loads it, and take turns in bursts of requests. What
 * counts is the median over all bursts of the ratio of the servers' CPU time per request.
 */
import { fork } from "node:child_process";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";

const CONNECTIONS = 32;
const REQUESTS = 10_000;
/** Bursts of each server in a round; the first do not count. */
const BURSTS = 12;
const WARM_UP = 4;
/** At most so many times the CPU time of the server on node:net. */
const BAR = 1.2;

const servers = { mpy2ts: "server-emitted.js", "node:net": "server-net.js" };
const path = (file) => fileURLToPath(new URL(file, import.meta.url));

const message = (child) =>
  new Promise((resolve, reject) => {
    const failed = (code) => reject(new Error(`a process ended with ${code}`));
    child.once("exit", failed);
    child.once("message", (text) => {
      child.off("exit", failed);
      resolve(text);
    });
  });

/** Asks a child for something. */
function ask(child) {
  const answer = message(child);
  child.send("go");
  return answer;
}

async function start(file, port) {
  const server = fork(path(file), [String(port)]);
  await message(server);
  const counts = new Array(BURSTS).fill(REQUESTS);
  const load = fork(path("load.js"), [port, CONNECTIONS, ...counts].map(String));
  return { server, load };
}

async function microsecondsPerRequest({ server, load }) {
  const before = await ask(server);
  await ask(load);
  const after = await ask(server);
  return (after.user + after.system - before.user - before.system) / REQUESTS;
}

const median = (all) => all.toSorted((a, b) => a - b)[all.length >> 1];

const { values } = parseArgs({ options: { rounds: { type: "string", default: "5" } } });
const names = Object.keys(servers);
const times = Object.fromEntries(names.map((name) => [name, []]));
let port = 47_000;
for (let round = 0; round < Number(values.rounds); round++) {
  const pairs = new Map();
  for (const name of names) pairs.set(name, await start(servers[name], ++port));
  for (let burst = 0; burst < BURSTS; burst++) {
    // Each goes first as often as the other.
    for (const name of burst % 2 === 0 ? names : names.toReversed()) {
      const time = await microsecondsPerRequest(pairs.get(name));
      if (burst >= WARM_UP) times[name].push(time);
    }
  }
  for (const { server, load } of pairs.values()) {
    server.kill();
    load.kill();
  }
}
for (const name of names) {
  console.log(`${name.padEnd(10)} ${median(times[name]).toFixed(1)} us of CPU time per request`);
}
const ratios = times.mpy2ts.map((time, i) => time / times["node:net"][i]);
const ratio = median(ratios);
const [low, high] = [0.25, 0.75].map(
  (part) => ratios.toSorted((a, b) => a - b)[Math.floor(part * ratios.length)],
);
console.log(
  `ratio ${ratio.toFixed(2)} (half of the bursts: ${low.toFixed(2)} to ${high.toFixed(2)}), ` +
    `bar ${BAR}: ${ratio <= BAR ? "met" : "MISSED"}`,
);
process.exit(0);
