/** `mpy2ts run`: compiles a program in memory and runs it in this process. */
import { diagnostic } from "../diagnostics/catalog.js";
import type { Diagnostic } from "../diagnostics/diagnostic.js";
import { Program } from "../program.js";
import { boards, isBoardName } from "../runtime/boards/index.js";
import { runProcess } from "../runtime/host/node-start.js";
import { snippetCompiler } from "../snippet-compiler.js";
import { loadProgram, ownRuntime } from "./loader.js";
import { openProject } from "./project.js";
import { createReporter } from "./reporter.js";

export interface RunOptions {
  readonly virtual?: true;
  readonly trace?: true;
  readonly board?: string;
  readonly facts: boolean;
  readonly json?: true;
}

export async function run(
  target: string,
  args: readonly string[],
  options: RunOptions,
): Promise<number> {
  const { virtual = false, trace = false, facts, json = false, board = "generic" } = options;
  const reporter = createReporter({ json, stream: process.stderr });
  const fail = (...found: Diagnostic[]): number => {
    reporter.report(found);
    return 1;
  };
  const project = openProject(target);
  if ("code" in project) return fail(project);
  if (!isBoardName(board)) {
    const reason = `'${board}' is none of ${Object.keys(boards).join(", ")}`;
    return fail(diagnostic("MPY5007", { option: "--board", reason }, target, null));
  }
  const program = new Program({ ...project, purpose: "run", facts, runtimeSpecifier: ownRuntime });
  const result = program.update();
  if (result.failed) {
    reporter.report(result.diagnostics, result.sources);
    return 1;
  }
  // Warnings are for builds: here the output is the program's alone.
  const { entries, modules } = await loadProgram(result);
  const computedImports = result.hasComputedImports;
  return runProcess(entries, {
    virtual,
    trace,
    board,
    modules,
    computedImports,
    compiler: snippetCompiler(),
    argv: [target, ...args],
  });
}
