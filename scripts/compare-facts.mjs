/**
 * Runs each program of a folder twice, compiled with facts and without, and compares what it prints, its
 * error and its exit code: `node scripts/compare-facts.mjs FOLDER|FILE... [--limit SECONDS]`, after
 * `npm run build`. What speeds a program up must not change it. Programs run in virtual time, one after
 * the other in the process that runs the fixtures; one that does not end is stopped.
 */
import { fork } from "node:child_process";
import { readdirSync, statSync } from "node:fs";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { limit: { type: "string", default: "30" } },
});

const STOPPED = `stopped after ${values.limit} s`;

/** The files and folders that are one program each. */
function programs(path) {
  if (statSync(path).isFile()) return [path];
  const entries = readdirSync(path, { withFileTypes: true });
  if (entries.some(({ name }) => name === "main.py")) return [path];
  const files = entries.filter((entry) => entry.isFile() && entry.name.endsWith(".py"));
  return files.map(({ name }) => join(path, name));
}

let worker;

/** The outcome as JSON; a process that does not give one is replaced. */
function run(target, facts) {
  worker ??= fork(new URL("../test/harness/worker.mjs", import.meta.url), { stdio: "ignore" });
  const current = worker;
  return new Promise((done) => {
    const end = (outcome) => {
      clearTimeout(timer);
      current.removeAllListeners();
      done(outcome);
    };
    const lose = (reason) => {
      worker = undefined;
      end(reason);
      current.kill("SIGKILL");
    };
    const timer = setTimeout(lose, Number(values.limit) * 1000, STOPPED);
    current.once("exit", () => lose("the process died"));
    current.once("message", (outcome) => end(JSON.stringify(outcome)));
    current.send({ target, facts });
  });
}

const all = positionals.flatMap((path) => programs(resolve(path))).sort();
const different = [];
const byChance = [];
const stopped = [];
for (const target of all) {
  const off = await run(target, false);
  const on = await run(target, true);
  if (off === STOPPED || on === STOPPED) stopped.push(target);
  if (off === on) continue;
  // Clocks, random numbers, what another program left behind: without facts it differs from itself.
  const list = (await run(target, false)) === off ? different : byChance;
  list.push(target);
  console.log(`${target}\n  off: ${off}\n  on:  ${on}`);
}
worker?.kill();
console.log(`${all.length} programs: ${different.length} differ`);
for (const target of byChance) console.log(`differs without facts too: ${target}`);
for (const target of stopped) console.log(`${STOPPED}: ${target}`);
process.exitCode = different.length === 0 ? 0 : 1;
