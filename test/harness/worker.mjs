/**
 * Runs fixtures in a process of its own, one after the other: forked by `pool.ts`, which sends
 * `{ target, facts, wiring, board }` and gets `{ output, error, exitCode, trace }` back. Uses the built
 * package, as a user does.
 */
import { basename, dirname } from "node:path";
import { loadProgram, ownRuntime } from "../../dist/bundle/cli/loader.js";
import { openProject } from "../../dist/bundle/cli/project.js";
import { Program } from "../../dist/bundle/program.js";
import { computedImports } from "../../dist/bundle/resolve.js";
import { textTrace } from "../../dist/bundle/runtime/boards/sim/trace.js";
import { parseWiring } from "../../dist/bundle/runtime/boards/sim/wiring.js";
import { VirtualHost } from "../../dist/bundle/runtime/host/virtual.js";
import { loadAllModules } from "../../dist/bundle/runtime/modules/index.js";
import { run } from "../../dist/bundle/runtime/run.js";
import { snippetCompiler } from "../../dist/bundle/snippet-compiler.js";

process.on("message", async (job) => {
  process.send(await execute(job));
});

async function execute({ target, facts, wiring, board }) {
  const printed = { output: "", error: "", trace: "" };
  const write = (field) => {
    const decoder = new TextDecoder();
    return (data) => {
      printed[field] += typeof data === "string" ? data : decoder.decode(data, { stream: true });
    };
  };
  try {
    // Where the references ran too: tracebacks show the path as it was given.
    process.chdir(dirname(target));
    const project = openProject(basename(target));
    const program = new Program({
      ...project,
      purpose: "run",
      facts,
      runtimeSpecifier: ownRuntime,
    });
    const result = program.update();
    if (result.failed) throw new Error(JSON.stringify(result.diagnostics));
    const { entries, modules } = await loadProgram(result);
    const exitCode = await run(entries.at(-1), {
      host: new VirtualHost({ write: write("output"), writeError: write("error") }),
      argv: [basename(target)],
      modules: new Map(modules.map((module) => [module.name, module])),
      compiler: snippetCompiler(),
      ...(result.hasComputedImports && {
        runtimeModules: await loadAllModules(computedImports().aliases),
        extensible: new Set(computedImports().extensible),
      }),
      trace: [textTrace(write("trace"))],
      // A reset of the board starts the program anew.
      restart: async () => {
        const again = await loadProgram(result);
        return {
          main: again.entries.at(-1),
          modules: new Map(again.modules.map((module) => [module.name, module])),
          ...(again.entries.length > 1 && { boot: again.entries[0] }),
        };
      },
      ...(entries.length > 1 && { boot: entries[0] }),
      ...(board && { board }),
      ...(wiring && { wiring: parseWiring(wiring) }),
    });
    return { ...printed, exitCode };
  } catch (failure) {
    return { ...printed, error: `${printed.error}${failure.stack}`, exitCode: -1 };
  }
}
