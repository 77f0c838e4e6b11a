/** `server-emitted.js PORT`: echo.py, compiled and run as `mpy2ts run` does. Tells its CPU time when asked. */
import { readFileSync } from "node:fs";
import { loadProgram, ownRuntime } from "../../dist/bundle/cli/loader.js";
import { Program } from "../../dist/bundle/program.js";
import { NodeHost } from "../../dist/bundle/runtime/host/node.js";
import { run } from "../../dist/bundle/runtime/run.js";
import { filesFrom } from "../../dist/program/read-files.js";

const result = new Program({
  files: filesFrom({ "echo.py": readFileSync(new URL("echo.py", import.meta.url), "utf8") }),
  entry: "echo.py",
  purpose: "run",
  facts: true,
  runtimeSpecifier: ownRuntime,
}).update();
if (result.failed) throw new Error(JSON.stringify(result.diagnostics));
const { entries } = await loadProgram(result);
process.on("message", () => process.send(process.cpuUsage()));
const host = new NodeHost({ write: () => process.send("listening") });
await run(entries.at(-1), { host, argv: ["echo.py", process.argv[2]] });
