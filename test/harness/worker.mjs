/**
 * Runs fixtures in a process of its own, one after the other: forked by `pool.ts`, which sends
 * `{ target, facts }` and gets `{ output, error, exitCode }` back. Uses the built package, as a
 * user does.
 */
import { loadProgram, ownRuntime } from "../../dist/cli/loader.js";
import { openProject } from "../../dist/cli/project.js";
import { Program } from "../../dist/program.js";
import { start } from "../../dist/runtime/host/node-start.js";

process.on("message", async ({ target, facts }) => {
  process.send(await execute(target, facts));
});

async function execute(target, facts) {
  let output = "";
  let error = "";
  const decoder = new TextDecoder();
  const text = (data) => (typeof data === "string" ? data : decoder.decode(data, { stream: true }));
  try {
    const project = openProject(target);
    const result = new Program({
      ...project,
      purpose: "run",
      facts,
      runtimeSpecifier: ownRuntime,
    }).update();
    if (result.failed) return { output, error: JSON.stringify(result.diagnostics), exitCode: -1 };
    const { entries, modules } = await loadProgram(result);
    const exitCode = await start(entries, {
      virtual: true,
      argv: [target],
      modules,
      write: (data) => {
        output += text(data);
      },
      writeError: (data) => {
        error += text(data);
      },
    });
    return { output, error, exitCode };
  } catch (failure) {
    return { output, error: `${error}${failure.stack}`, exitCode: -1 };
  }
}
