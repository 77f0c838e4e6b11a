/**
 * Compiles one workload as `mpy2ts run` does and runs it in real time:
 *
 *   run-emitted.js FILE REPEATS ARGUMENTS...
 *
 * Each repetition is timed by stopwatch.js.
 */
import { readFileSync } from "node:fs";
import { loadProgram, ownRuntime } from "../../dist/bundle/cli/loader.js";
import { Program } from "../../dist/bundle/program.js";
import { NodeHost } from "../../dist/bundle/runtime/host/node.js";
import { run } from "../../dist/bundle/runtime/run.js";
import { filesFrom } from "../../dist/program/read-files.js";
import { entryText } from "./entry.js";
import { end, start } from "./stopwatch.js";

const [file, ...counts] = process.argv.slice(2);
const text = (path) => readFileSync(new URL(path, import.meta.url), "utf8");
const program = new Program({
  files: filesFrom({
    "main.py": entryText(file, counts),
    "measure.py": text("measure.py"),
    [`${file}.py`]: text(`workloads/${file}.py`),
  }),
  entry: "main.py",
  purpose: "run",
  facts: true,
  runtimeSpecifier: ownRuntime,
});
const result = program.update();
if (result.failed) throw new Error(JSON.stringify(result.diagnostics));
const { entries } = await loadProgram(result);

const host = new NodeHost({
  write(data) {
    for (const mark of String(data).trim().split("\n")) {
      if (mark === "start") start();
      else if (mark === "end") end();
    }
  },
});
process.exit(await run(entries.at(-1), { host }));
