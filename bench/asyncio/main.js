/**
 * Measures asyncio side by side: `node bench/asyncio/main.js [--rounds N] [NAME...]`. In each round
 * every contestant has a process of its own; these take turns, repetition by repetition, so that all
 * meet the same machine. What counts is the median of the ratios of CPU time between repetitions that
 * followed each other. A NAME chooses the workloads that contain it.
 */
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { entryText } from "./entry.js";
import { workloads } from "./workloads.js";

/**
 * The repetitions of a round. The first do not count: engines compile and heaps grow meanwhile. CPython
 * runs at every eighth one; MicroPython, which gets no faster and takes longest, at the last.
 */
const REPEATS = 40;
const WARM_UP = 16;
const EVERY = { often: 1, seldom: 8, once: REPEATS };

const folder = fileURLToPath(new URL(".", import.meta.url));
const path = (file) => `${folder}${file}`;
const pythonPath = `${folder}:${path("workloads")}`;
const { MICROPYTHON = "", PYTHON = "python3" } = process.env;
/** What the workloads use of MicroPython's own functions; they call it with 0 only. */
const shim = "import asyncio; asyncio.sleep_ms = asyncio.sleep\n";
const uvloop = "import uvloop; uvloop.install()\n";

/** Who runs: how, and why not where it cannot. */
const contestants = {
  mpy2ts: { every: EVERY.often, command: (file, counts) => node("run-emitted.js", file, counts) },
  scheduler: {
    every: EVERY.often,
    command: (file, counts) => node("run-scheduler.js", file, counts),
  },
  cpython: {
    every: EVERY.seldom,
    command: (file, counts) => [
      PYTHON,
      ["-c", shim + entryText(file, counts)],
      { PYTHONPATH: pythonPath },
    ],
    absent: succeeds(PYTHON, ["-c", "import asyncio"]) ? null : `${PYTHON} does not run`,
  },
  uvloop: {
    every: EVERY.seldom,
    command: (file, counts) => [
      PYTHON,
      ["-c", shim + uvloop + entryText(file, counts)],
      { PYTHONPATH: pythonPath },
    ],
    absent: succeeds(PYTHON, ["-c", uvloop]) ? null : `${PYTHON} has no uvloop`,
  },
  micropython: {
    every: EVERY.once,
    command: (file, counts, heap = "1m") => [
      MICROPYTHON,
      ["-X", `heapsize=${heap}`, "-c", entryText(file, counts)],
      { MICROPYPATH: `${pythonPath}:.frozen` },
    ],
    absent:
      MICROPYTHON === ""
        ? "MICROPYTHON names no unix port"
        : succeeds(MICROPYTHON, ["-c", "import asyncio"])
          ? null
          : `${MICROPYTHON} does not run`,
  },
};

function node(script, file, counts) {
  return [process.execPath, [path(script), file, ...counts.map(String)], {}];
}

function succeeds(command, args) {
  return spawnSync(command, args, { stdio: "ignore" }).status === 0;
}

/** A process that repeats a workload when it is told to. */
class Runner {
  constructor({ command, every }, { file, arguments: counts, heap }) {
    const [program, args, environment] = command(file, [REPEATS / every, ...counts], heap);
    this.every = every;
    this.name = `${program} ${args.join(" ")}`;
    this.child = spawn(program, args, {
      env: { ...process.env, ...environment },
      stdio: ["pipe", "pipe", "inherit"],
    });
    this.ended = once(this.child, "exit");
    this.lines = createInterface({ input: this.child.stdout });
  }

  /** CPU time of the next repetition, in milliseconds. */
  async time() {
    this.child.stdin.write("\n");
    const line = once(this.lines, "line");
    const [text] = await Promise.race([line, this.ended.then(() => [""])]);
    if (!/^took \d+$/.test(text)) throw new Error(`${this.name} failed: ${text}`);
    return Number(text.slice(5)) / 1000;
  }
}

function median(numbers) {
  const sorted = numbers.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/** A bar that a ratio is held to, in words. */
function judged([name, bar], ratio) {
  const met = name === "scheduler" ? ratio <= bar : ratio >= bar;
  const wanted = name === "scheduler" ? `<=${bar}` : `>=${Number(bar.toFixed(2))}`;
  return { met, text: `${name} ${wanted} ${met ? "met" : "MISSED"}` };
}

const { values, positionals } = parseArgs({
  options: { rounds: { type: "string", default: "3" } },
  allowPositionals: true,
});
const chosen = workloads.filter(
  ({ name }) => positionals.length === 0 || positionals.some((part) => name.includes(part)),
);
const present = Object.entries(contestants).filter(([, { absent }]) => !absent);
for (const [name, { absent }] of Object.entries(contestants)) {
  if (absent) console.log(`${name} is left out: ${absent}`);
}
const others = present.map(([name]) => name).filter((name) => name !== "mpy2ts");

/** For each contestant all its times, each beside that of mpy2ts in the same repetition. */
async function compare(workload) {
  const pairs = new Map(present.map(([name]) => [name, []]));
  for (let round = 0; round < Number(values.rounds); round++) {
    const runners = present.map(([name, contestant]) => [name, new Runner(contestant, workload)]);
    for (let i = 0; i < REPEATS; i++) {
      const taking = runners.filter(([, { every }]) => (i + 1) % every === 0);
      const times = new Map();
      for (const [name, runner] of turned(taking, i)) times.set(name, await runner.time());
      if (i < WARM_UP) continue;
      for (const [name, time] of times) pairs.get(name).push({ own: times.get("mpy2ts"), time });
    }
    await Promise.all(runners.map(([, { ended }]) => ended));
  }
  return pairs;
}

/**
 * Another order in each repetition, and every second time backwards: who comes after a certain other
 * one, and finds the caches as that left them, takes up to half as long again.
 */
function turned(list, i) {
  const from = i % list.length;
  const order = [...list.slice(from), ...list.slice(0, from)];
  return i % 2 === 0 ? order : order.toReversed();
}

const line = (first, cells, last) =>
  console.log(
    [first.padEnd(15), ...cells.map((cell) => cell.padStart(16)), `  ${last}`].join("").trimEnd(),
  );
console.log(
  "Median CPU time in milliseconds. Behind the scheduler's how many times it mpy2ts takes,\n" +
    "behind the others' how many times faster mpy2ts is.\n",
);
line("", ["mpy2ts", ...others], "bars");
let missed = 0;
let held = 0;
for (const workload of chosen) {
  const pairs = await compare(workload);
  const time = (name) => median(pairs.get(name).map(({ time }) => time)).toFixed(1);
  const ratio = (name) =>
    median(
      pairs.get(name).map(({ own, time }) => (name === "scheduler" ? own / time : time / own)),
    );
  const results = Object.entries(workload.bars)
    .filter(([name]) => pairs.has(name))
    .map((bar) => judged(bar, ratio(bar[0])));
  held += results.length;
  missed += results.filter(({ met }) => !met).length;
  line(
    workload.name,
    [time("mpy2ts"), ...others.map((name) => `${time(name)} x${ratio(name).toFixed(2)}`)],
    results.map(({ text }) => text).join(", "),
  );
}
console.log(`\n${held - missed} of ${held} bars are met.`);
