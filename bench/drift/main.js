/**
 * How far a periodic task falls behind the clock in a minute: `node bench/drift/main.js [--period MS]
 * [--seconds S]`. An emitted program and a chain of the host's own timers run at the same time, each in a
 * process of its own; both sleep anew after each wake, so both are late by what their timers are late.
 * The exit code is 1 when the emitted one is late by more than a millisecond a period beyond the other:
 * MicroPython's clock is in whole milliseconds.
 */
import { fork } from "node:child_process";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";

const { values, positionals } = parseArgs({
  options: {
    period: { type: "string", default: "100" },
    seconds: { type: "string", default: "60" },
  },
  allowPositionals: true,
});
const period = Number(values.period);
const times = Math.round((1000 * Number(values.seconds)) / period);

const contestants = { emitted, timers };
const [chosen] = positionals;
if (chosen !== undefined) {
  process.send(await contestants[chosen]());
  process.exit(0);
}

const late = Object.fromEntries(
  await Promise.all(Object.keys(contestants).map(async (name) => [name, await lateness(name)])),
);
for (const [name, ms] of Object.entries(late)) {
  console.log(`${name.padEnd(8)} ${ms.toFixed(0)} ms late after ${times} periods of ${period} ms`);
}
process.exit(late.emitted <= late.timers + times ? 0 : 1);

function lateness(name) {
  const child = fork(fileURLToPath(import.meta.url), [...process.argv.slice(2), name]);
  return new Promise((resolve, reject) => {
    child.once("message", (elapsed) => resolve(elapsed - times * period));
    child.once("exit", (code) => reject(new Error(`${name} ended with ${code}`)));
  });
}

/** Milliseconds that the emitted program takes. */
async function emitted() {
  const { loadProgram, ownRuntime } = await import("../../dist/bundle/cli/loader.js");
  const { Program } = await import("../../dist/bundle/program.js");
  const { NodeHost } = await import("../../dist/bundle/runtime/host/node.js");
  const { run } = await import("../../dist/bundle/runtime/run.js");
  const { filesFrom } = await import("../../dist/program/read-files.js");
  const text = readFileSync(new URL("periodic.py", import.meta.url), "utf8");
  const result = new Program({
    files: filesFrom({ "periodic.py": text }),
    entry: "periodic.py",
    purpose: "run",
    facts: true,
    runtimeSpecifier: ownRuntime,
  }).update();
  if (result.failed) throw new Error(JSON.stringify(result.diagnostics));
  const { entries } = await loadProgram(result);
  const started = performance.now();
  const argv = ["periodic.py", String(times), String(period)];
  const code = await run(entries.at(-1), { host: new NodeHost(), argv });
  if (code !== 0) throw new Error(`the program ended with ${code}`);
  return performance.now() - started;
}

/** The same by the host's timers. */
async function timers() {
  const busy = setInterval(() => Array.from({ length: 1000 }, (_, i) => i), 7);
  const started = performance.now();
  for (let i = 0; i < times; i++) await new Promise((resolve) => setTimeout(resolve, period));
  clearInterval(busy);
  return performance.now() - started;
}
