/**
 * Runs echo_server.py as `mpy2ts run` does and answers each message of the parent with the size of the
 * heap after a collection: `run-server.js PORT`, with --expose-gc.
 */
import { readFileSync } from "node:fs";
import { loadProgram, ownRuntime } from "../../dist/bundle/cli/loader.js";
import { Program } from "../../dist/bundle/program.js";
import { NodeHost } from "../../dist/bundle/runtime/host/node.js";
import { run } from "../../dist/bundle/runtime/run.js";
import { filesFrom } from "../../dist/program/read-files.js";

const text = readFileSync(new URL("echo_server.py", import.meta.url), "utf8");
const program = new Program({
  files: filesFrom({ "main.py": text }),
  entry: "main.py",
  purpose: "run",
  facts: true,
  runtimeSpecifier: ownRuntime,
});
const result = program.update();
if (result.failed) throw new Error(JSON.stringify(result.diagnostics));
const { entries } = await loadProgram(result);

process.on("message", () => {
  globalThis.gc();
  globalThis.gc();
  process.send({ heap: process.memoryUsage().heapUsed, cpu: process.cpuUsage() });
});
process.on("disconnect", () => process.exit(0));
const host = new NodeHost({ write: () => process.send("listening") });
process.exit(await run(entries.at(-1), { host, argv: ["main.py", process.argv[2]] }));
