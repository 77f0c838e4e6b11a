/**
 * Runs a program as `mpy2ts run` does and answers each message of the parent with what it holds after a
 * collection: `run-server.js FILE PORT...`, with --expose-gc. "listening" goes to the parent.
 */
import { readFileSync } from "node:fs";
import { loadProgram, ownRuntime } from "../../dist/bundle/cli/loader.js";
import { Program } from "../../dist/bundle/program.js";
import { NodeHost } from "../../dist/bundle/runtime/host/node.js";
import { run } from "../../dist/bundle/runtime/run.js";
import { filesFrom } from "../../dist/program/read-files.js";

const [file, ...args] = process.argv.slice(2);
const text = readFileSync(file, "utf8");
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
  const { heapUsed: heap, arrayBuffers: buffers, rss } = process.memoryUsage();
  process.send({ heap, buffers, rss, cpu: process.cpuUsage() });
});
process.on("disconnect", () => process.exit(0));
const host = new NodeHost({ write: () => process.send("listening") });
process.exit(await run(entries.at(-1), { host, argv: ["main.py", ...args] }));
