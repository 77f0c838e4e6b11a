/** `mpy2ts run`: compiles a program in memory and runs it in this process. */
import { appendFileSync, mkdirSync, writeFileSync } from "node:fs";
import { diagnostic } from "../diagnostics/catalog.js";
import type { Diagnostic } from "../diagnostics/diagnostic.js";
import { Program } from "../program.js";
import { computedImports } from "../resolve.js";
import { boards, isBoardName } from "../runtime/boards/index.js";
import { WiringError } from "../runtime/boards/sim/wiring.js";
import type { Files } from "../runtime/host/files.js";
import { MemoryFiles } from "../runtime/host/memory-files.js";
import { NodeFiles } from "../runtime/host/node-files.js";
import { guardInterrupts } from "../runtime/host/node-interrupt.js";
import { runProcess, type StartOptions } from "../runtime/host/node-start.js";
import { loadWiring } from "../runtime/host/node-wiring.js";
import { OverlayFiles } from "../runtime/host/overlay-files.js";
import { snippetCompiler } from "../snippet-compiler.js";
import { loadProgram, ownRuntime } from "./loader.js";
import { openProject } from "./project.js";
import { projectSources } from "./project-sources.js";
import { createReporter } from "./reporter.js";
import { errorReason } from "./system-error.js";

export interface RunOptions {
  readonly virtual?: true;
  readonly trace?: true;
  readonly board?: string;
  /** A folder that keeps what the program writes. */
  readonly flash?: string;
  /** Files that observations are written to. */
  readonly vcd?: string;
  readonly events?: string;
  /** Milliseconds after which the run ends. */
  readonly until?: string;
  readonly facts: boolean;
  readonly json?: true;
}

export async function run(
  target: string,
  args: readonly string[],
  options: RunOptions,
): Promise<number> {
  // Its thread starts up while this one compiles.
  guardInterrupts();
  const { virtual = false, trace = false, facts, json = false, board } = options;
  const reporter = createReporter({ json, stream: process.stderr });
  const fail = (...found: Diagnostic[]): number => {
    reporter.report(found);
    return 1;
  };
  const project = openProject(target);
  if ("code" in project) return fail(project);
  if (board !== undefined && !isBoardName(board)) {
    const reason = `'${board}' is none of ${Object.keys(boards).join(", ")}`;
    return fail(diagnostic("MPY5007", { option: "--board", reason }, target, null));
  }
  const refused = refusedOption(options, target);
  if (refused !== null) return fail(refused);
  const files = boardFiles(project.root, options.flash);
  if ("code" in files) return fail(files);
  const program = new Program({
    ...project,
    purpose: "run",
    facts,
    languages: ["js"],
    runtimeSpecifier: ownRuntime,
  });
  const result = program.update();
  if (result.failed) {
    reporter.report(result.diagnostics, result.sources);
    return 1;
  }
  // Warnings are for builds: here the output is the program's alone.
  const { entries, modules } = await loadProgram(result);
  try {
    const { ignored, ...around } = await surroundings(target, options);
    if (ignored.length > 0) {
      reporter.report([diagnostic("MPY5009", { parts: ignored.join(", ") }, target, null)]);
    }
    return await runProcess(entries, {
      ...around,
      files,
      virtual,
      trace,
      ...(board !== undefined && { board }),
      modules,
      ...(result.hasComputedImports && { computedImports: computedImports() }),
      compiler: snippetCompiler(),
      findSource: projectSources(project),
      argv: [target, ...args],
      restart: async () => (await loadProgram(result)).entries,
    });
  } catch (error) {
    if (!(error instanceof WiringError)) throw error;
    return fail(diagnostic("MPY5008", { reason: error.message }, target, null));
  }
}

/**
 * The project's folder is the board's flash: it is read. What the program writes stays in memory, or in
 * the folder that `--flash` names, whose files come before the project's.
 */
function boardFiles(root: string, flash: string | undefined): Files | Diagnostic {
  try {
    if (flash !== undefined) mkdirSync(flash, { recursive: true });
    const written = flash === undefined ? new MemoryFiles(Date.now) : new NodeFiles(flash);
    return new OverlayFiles(new NodeFiles(root), written);
  } catch (error) {
    const reason = errorReason(error);
    return diagnostic("MPY5007", { option: "--flash", reason }, flash ?? root, null);
  }
}

/** What is wrong with the options, before anything runs; the files to write are there afterwards, and empty. */
function refusedOption({ until, vcd, events }: RunOptions, target: string): Diagnostic | null {
  if (until !== undefined && !(Number(until) >= 0)) {
    const reason = `'${until}' is no number of milliseconds`;
    return diagnostic("MPY5007", { option: "--until", reason }, target, null);
  }
  for (const path of [vcd, events]) {
    if (path === undefined) continue;
    try {
      writeFileSync(path, "");
    } catch (error) {
      return diagnostic("MPY5004", { path, reason: errorReason(error) }, path, null);
    }
  }
  return null;
}

/** What the board is wired to, and who observes it. */
async function surroundings(
  target: string,
  options: RunOptions,
): Promise<StartOptions & { ignored: string[] }> {
  const { vcd, events, until, virtual } = options;
  const { wiring, parts, ignored } = await loadWiring(target);
  return {
    ignored,
    ...(wiring !== null && { wiring, parts }),
    ...(until !== undefined && { until: Number(until) }),
    // Timers go on after the last statement, as on a board; in virtual time only to a given end.
    linger: !virtual || until !== undefined,
    ...(vcd !== undefined && { vcd: (text: string) => writeFileSync(vcd, text) }),
    ...(events !== undefined && { events: (line: string) => appendFileSync(events, line) }),
  };
}
