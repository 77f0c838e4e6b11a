/**
 * Records what fixtures print: `node scripts/record.mjs [--check] [fixture.py...]`. The first line of
 * a fixture names its reference; fixtures/README.md says which there are. The pinned wasm runs here,
 * the unix port is the program that MICROPYTHON names, the command that MICROPYTHON_RP2 names runs a file on
 * a Pico; fixtures that need one of them are skipped without it.
 */
import { spawnSync } from "node:child_process";
import {
  cpSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { basename, dirname, join, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { loadMicroPython } from "@micropython/micropython-webassembly-pyscript";

const fixtures = fileURLToPath(new URL("../fixtures/", import.meta.url));
const RUN_LIMIT_MS = 60_000;
/** The variables that name what runs a file. */
const COMMANDS = { unix: "MICROPYTHON", rp2: "MICROPYTHON_RP2" };

/** QuecPython's name for asyncio, which the reference does not have. */
const QUECPYTHON_ASYNCIO = /\b(?:from usr import uasyncio|import usr\.uasyncio) as\b/g;

/** The main files: every .py that is not inside the folder of a `NAME/main.py`. */
function findMainFiles(folder) {
  const main = join(folder, "main.py");
  if (existsSync(main)) return [main];
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return findMainFiles(path);
    return entry.name.endsWith(".py") ? [path] : [];
  });
}

/** `NAME.py` -> `NAME.out`, `NAME/main.py` -> `NAME.out` beside the folder. */
function outFile(file) {
  const stem = basename(file) === "main.py" ? dirname(file) : file.slice(0, -".py".length);
  return `${stem}.out`;
}

function readHeader(file) {
  const source = readFileSync(file, "utf8");
  const reference = /^# reference: (wasm|unix|rp2|hand) - \S/.exec(source);
  if (!reference) throw new Error("the first line must be `# reference: wasm|unix|rp2|hand - why`");
  return {
    reference: reference[1],
    raises: /^# raises: (\w+)$/m.exec(source)?.[1] ?? null,
    invalid: /# error: MPY\d{4}/.test(source),
  };
}

async function runWasm(file) {
  const bytes = [];
  const micropython = await loadMicroPython({
    heapsize: 16 << 20,
    linebuffer: false,
    stdout: (chunk) => bytes.push(...chunk),
    stderr: () => {},
  });
  let raised = null;
  try {
    micropython.runPython(readFileSync(file, "utf8"));
  } catch (error) {
    raised = exceptionName(String(error.message ?? error));
  }
  return { output: Buffer.from(bytes).toString("utf8"), raised };
}

/** Runs a copy, since programs write files and some import a name the reference does not have. */
function runWith(command, file) {
  const work = mkdtempSync(join(tmpdir(), "record-"));
  try {
    if (basename(file) === "main.py") cpSync(dirname(file), work, { recursive: true });
    else cpSync(file, join(work, basename(file)));
    for (const name of readdirSync(work, { recursive: true })) {
      if (!name.endsWith(".py")) continue;
      const source = readFileSync(join(work, name), "utf8");
      writeFileSync(join(work, name), source.replace(QUECPYTHON_ASYNCIO, "import asyncio as"));
    }
    const run = spawnSync(command, [basename(file)], {
      cwd: work,
      encoding: "utf8",
      timeout: RUN_LIMIT_MS,
      stdio: ["ignore", "pipe", "pipe"],
    });
    if (run.error) throw run.error;
    return run.status === 0
      ? { output: run.stdout, raised: null }
      : splitTraceback(run.stdout + run.stderr);
  } finally {
    rmSync(work, { recursive: true });
  }
}

/** The unix port prints the traceback of what ended the program to stdout, too. */
function splitTraceback(text) {
  const at = text.lastIndexOf("Traceback (most recent call last):\n");
  return { output: at < 0 ? text : text.slice(0, at), raised: exceptionName(text) };
}

/** The last unindented line of a traceback is `Name: message`. */
function exceptionName(traceback) {
  const lines = traceback.split("\n").filter((line) => /^\w/.test(line));
  return /^\w+/.exec(lines.at(-1) ?? "")?.[0] ?? "nothing";
}

/** One fixture; returns what happened to it. */
async function record(file, check) {
  const { reference, raises, invalid } = readHeader(file);
  const out = outFile(file);
  if (reference === "hand") return existsSync(out) ? "by hand" : fail("its .out is missing");
  const variable = COMMANDS[reference];
  const command = process.env[variable];
  if (variable && !command) return `skipped: ${variable} is not set`;
  const { output, raised } = variable ? runWith(command, file) : await runWasm(file);
  if (invalid) return /^(Syntax|Indentation)Error$/.test(raised) ? "rejected" : fail("it is valid");
  if (raised !== raises) fail(`ended with ${raised ?? "no exception"}, not ${raises ?? "none"}`);
  if (/^SKIP/m.test(output)) fail("the reference skips it");
  if (existsSync(out) && readFileSync(out, "utf8") === output) return "unchanged";
  if (check) fail(`${basename(out)} differs from the reference`);
  writeFileSync(out, output);
  return "recorded";
}

function fail(message) {
  throw new Error(message);
}

const names = process.argv.slice(2).filter((argument) => argument !== "--check");
const check = process.argv.includes("--check");
const files = (names.length > 0 ? names.map((name) => resolve(name)) : [fixtures]).flatMap(
  (path) => (statSync(path).isDirectory() ? findMainFiles(path) : [path]),
);
const counts = new Map();
for (const file of files) {
  let result;
  try {
    result = await record(file, check);
  } catch (error) {
    result = "failed";
    process.exitCode = 1;
    console.error(`${relative(process.cwd(), file)}: ${error.message}`);
  }
  counts.set(result, (counts.get(result) ?? 0) + 1);
}
for (const [result, count] of counts) console.log(`${String(count).padStart(5)}  ${result}`);
