/**
 * Measures asyncio side by side: `node bench/asyncio/main.js [--rounds N] [NAME...]`. Each round runs
 * every workload once under every contestant, in a process of its own that repeats it a few times;
 * what counts is the median CPU time of the repetitions after its first ones. A NAME chooses the
 * workloads that contain it.
 */
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { entryText } from "./entry.js";
import { workloads } from "./workloads.js";

/**
 * How often each process runs its workload, and how many of the first runs do not count: while they
 * last, engines compile and heaps grow. The same for both contestants on Node.
 */
const NODE_RUNS = { repeats: 14, warmUp: 8 };
const PYTHON_RUNS = { repeats: 3, warmUp: 1 };
const MICROPYTHON_RUNS = { repeats: 1, warmUp: 0 };

const folder = fileURLToPath(new URL(".", import.meta.url));
const path = (file) => `${folder}${file}`;
const pythonPath = `${folder}:${path("workloads")}`;
const { MICROPYTHON = "", PYTHON = "python3" } = process.env;
/** What the workloads use of MicroPython's own functions; they call it with 0 only. */
const shim = "import asyncio; asyncio.sleep_ms = asyncio.sleep\n";
const uvloop = "import uvloop; uvloop.install()\n";

/** Who runs: how, and why not where it cannot. */
const contestants = {
  mpy2ts: { ...NODE_RUNS, command: (file, counts) => node("run-emitted.js", file, counts) },
  scheduler: { ...NODE_RUNS, command: (file, counts) => node("run-scheduler.js", file, counts) },
  cpython: {
    ...PYTHON_RUNS,
    command: (file, counts) => [
      PYTHON,
      ["-c", shim + entryText(file, counts)],
      { PYTHONPATH: pythonPath },
    ],
    absent: succeeds(PYTHON, ["-c", "import asyncio"]) ? null : `${PYTHON} does not run`,
  },
  uvloop: {
    ...PYTHON_RUNS,
    command: (file, counts) => [
      PYTHON,
      ["-c", shim + uvloop + entryText(file, counts)],
      { PYTHONPATH: pythonPath },
    ],
    absent: succeeds(PYTHON, ["-c", uvloop]) ? null : `${PYTHON} has no uvloop`,
  },
  micropython: {
    ...MICROPYTHON_RUNS,
    command: (file, counts) => [
      MICROPYTHON,
      ["-X", "heapsize=512m", "-c", entryText(file, counts)],
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

/** CPU times of the repetitions of one process that count, in milliseconds. */
function measure({ command, repeats, warmUp }, { file, arguments: counts }) {
  const [program, args, environment] = command(file, [repeats, ...counts]);
  const { status, stdout, stderr } = spawnSync(program, args, {
    encoding: "utf8",
    env: { ...process.env, ...environment },
    maxBuffer: 2 ** 26,
  });
  if (status !== 0) throw new Error(`${program} ${args.join(" ")} failed:\n${stdout}${stderr}`);
  const marks = stdout.match(/(?<=^at )\d+$/gm).map(Number);
  return Array.from(
    { length: marks.length / 2 },
    (_, i) => (marks[2 * i + 1] - marks[2 * i]) / 1000,
  ).slice(warmUp);
}

function median(numbers) {
  const sorted = numbers.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/** `name` of a bar says whether a great or a small ratio is wanted. */
function verdict(bars, times) {
  const missed = [];
  let judged = 0;
  for (const [name, bar] of Object.entries(bars)) {
    if (times[name] === undefined) continue;
    judged += 1;
    const met =
      name === "scheduler" ? times.mpy2ts <= bar * times[name] : times[name] >= bar * times.mpy2ts;
    if (!met) missed.push(name);
  }
  if (judged === 0) return "";
  return missed.length === 0 ? "met" : `MISSED: ${missed.join(", ")}`;
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

const times = new Map();
for (let round = 0; round < Number(values.rounds); round++) {
  for (const workload of chosen) {
    for (const [name, contestant] of present) {
      const key = `${workload.name}/${name}`;
      times.set(key, [...(times.get(key) ?? []), ...measure(contestant, workload)]);
    }
  }
}

const others = present.map(([name]) => name).filter((name) => name !== "mpy2ts");
const line = (cells) =>
  console.log(cells.map((cell, i) => (i === 0 ? cell.padEnd(16) : cell.padStart(12))).join(" "));
console.log(
  "Median CPU time in milliseconds; behind the others', how many times mpy2ts's it is.\n",
);
line(["", "mpy2ts", ...others, "bars"]);
let missed = 0;
for (const { name, bars } of chosen) {
  const medians = Object.fromEntries(
    present.map(([contestant]) => [contestant, median(times.get(`${name}/${contestant}`))]),
  );
  const ratio = (other) => (medians[other] / medians.mpy2ts).toFixed(other === "scheduler" ? 2 : 1);
  const result = verdict(bars, medians);
  if (result.startsWith("MISSED")) missed += 1;
  line([
    name,
    medians.mpy2ts.toFixed(1),
    ...others.map((other) => `${medians[other].toFixed(1)} ${`x${ratio(other)}`.padStart(6)}`),
    result,
  ]);
}
console.log(missed === 0 ? "\nAll bars are met." : `\n${missed} of ${chosen.length} miss a bar.`);
