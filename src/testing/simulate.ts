/**
 * Compiles firmware and starts it on a simulated board, or several on boards that reach each other; gives
 * what a test leads them with.
 */

import { loadProgram, ownRuntime } from "../cli/loader.js";
import { openProject } from "../cli/project.js";
import { projectSources } from "../cli/project-sources.js";
import { Program } from "../program.js";
import { computedImports } from "../resolve.js";
import type { BoardName } from "../runtime/boards/index.js";
import type { PartKinds } from "../runtime/boards/sim/apply-wiring.js";
import type { TraceSink } from "../runtime/boards/sim/trace.js";
import { checkOptions, type OptionNames } from "../runtime/embed/known-options.js";
import type { Files } from "../runtime/host/files.js";
import { MemoryLan } from "../runtime/host/memory-lan.js";
import { MemoryNetwork } from "../runtime/host/memory-network.js";
import type { Network } from "../runtime/host/network.js";
import { NodeFiles } from "../runtime/host/node-files.js";
import { loadWiring } from "../runtime/host/node-wiring.js";
import { OverlayFiles } from "../runtime/host/overlay-files.js";
import { VirtualHost } from "../runtime/host/virtual.js";
import { VirtualTime } from "../runtime/host/virtual-time.js";
import { loadAllModules } from "../runtime/modules/index.js";
import { type Program as RunningProgram, run } from "../runtime/run.js";
import { snippetCompiler } from "../snippet-compiler.js";
import { CompileError } from "./compile-error.js";
import { SimulatedBoard } from "./simulated-board.js";

export interface SimulateOptions {
  /** Simulations of tests run in virtual time; here for symmetry with the command line. */
  virtual?: true;
  /** Instead of the board that the wiring names. */
  board?: BoardName;
  /** Content of a wiring file or of a diagram; instead of the one beside the firmware. */
  wiring?: unknown;
  /** Kinds of parts beside those of this package, by the type that the wiring names. */
  parts?: PartKinds;
  argv?: readonly string[];
  /** The wall clock at the start, in milliseconds since 1970. */
  startDate?: number;
  /** Where the random numbers start; runs with the same seed are the same. */
  seed?: number;
  /** The board's file system. By default the firmware's folder is read and what is written stays in memory. */
  files?: Files;
  /** The network that its sockets see; one in memory by default. */
  network?: Network;
  /** Further observers. */
  trace?: readonly TraceSink[];
  /** Compiles without inferred facts. */
  facts?: boolean;
}

const OPTIONS: OptionNames<SimulateOptions> = {
  virtual: true,
  board: true,
  wiring: true,
  parts: true,
  argv: true,
  startDate: true,
  seed: true,
  files: true,
  network: true,
  trace: true,
  facts: true,
};

/** What one of several boards may be given: they share one network. */
const { network: _shared, ...own } = OPTIONS;
const BOARD_OPTIONS: OptionNames<Exclude<BoardOptions, string>> = { firmware: true, ...own };

/**
 * `firmware`: a folder with main.py, or one file. Resolves when the program first rests. Raises TypeError for
 * an option that there is not, CompileError for a program that cannot be compiled.
 */
export async function simulate(
  firmware: string,
  options: SimulateOptions = {},
): Promise<SimulatedBoard> {
  checkOptions("simulate()", options, OPTIONS);
  const start = await prepare(firmware, options);
  const time = new VirtualTime({ stepped: true });
  const board = start(time, options.network ?? new MemoryNetwork());
  await board.settle();
  return board;
}

/** One of several boards: its firmware, or that and more. */
export type BoardOptions = string | (Omit<SimulateOptions, "network"> & { firmware: string });

/**
 * Several boards on one clock and one network. The keys are the names under which they find each other
 * (`name` and `name.local`), the order is that of their addresses: 192.168.4.2, .3 ... They share the air
 * too, for ESP-NOW and Bluetooth. Advancing one board advances all. Resolves when all first rest.
 */
export async function simulateTogether<Name extends string>(
  boards: Readonly<Record<Name, BoardOptions>>,
): Promise<Record<Name, SimulatedBoard>> {
  const time = new VirtualTime({ stepped: true });
  const lan = new MemoryLan();
  const prepared: [string, Start][] = [];
  for (const [name, board] of Object.entries<BoardOptions>(boards)) {
    const options = typeof board === "string" ? { firmware: board } : board;
    checkOptions(`'${name}' of simulateTogether()`, options, BOARD_OPTIONS);
    prepared.push([name, await prepare(options.firmware, options)]);
  }
  // All at once: no time passes before the last one has started.
  const started = prepared.map(([name, start]) => [name, start(time, lan.join(name))] as const);
  for (const [, board] of started) await board.settle();
  return Object.fromEntries(started) as Record<Name, SimulatedBoard>;
}

type Start = (time: VirtualTime, network: Network) => SimulatedBoard;

/** Compiles and loads a program; what starts it. */
async function prepare(
  firmware: string,
  options: Omit<SimulateOptions, "network">,
): Promise<Start> {
  if ((options.virtual as boolean | undefined) === false) {
    throw new TypeError("a simulation runs in virtual time; 'virtual' can only be true");
  }
  const { root, load } = compile(firmware, options.facts ?? true);
  const { entries, modules, hasComputedImports, findSource } = await load();
  const main = entries.at(-1);
  if (main === undefined) throw new Error(`there is nothing to run in ${firmware}`);
  const { wiring, parts, ignored } = await loadWiring(firmware, options.wiring, options.parts);
  const computed = hasComputedImports && {
    runtimeModules: await loadAllModules(computedImports().aliases),
    extensible: new Set(computedImports().extensible),
  };
  const byName = (list: typeof modules) => new Map(list.map((module) => [module.name, module]));
  return (time, network) => {
    const control = new SimulatedBoard();
    control.ignoredParts = ignored;
    const host = new VirtualHost({
      time,
      network,
      write: (data) => control.printed("output", data),
      writeError: (data) => control.printed("errors", data),
      ...(options.startDate !== undefined && { startDate: options.startDate }),
      ...(options.seed !== undefined && { seed: options.seed }),
      files: options.files ?? new OverlayFiles(new NodeFiles(root)),
    });
    const ended = run(main, {
      host,
      ...(options.board !== undefined && { board: options.board }),
      argv: options.argv ?? [],
      modules: byName(modules),
      compiler: snippetCompiler(),
      findSource,
      ...computed,
      ...(entries.length > 1 && { boot: entries[0] as typeof main }),
      ...(wiring !== null && { wiring }),
      parts,
      trace: [control, ...(options.trace ?? [])],
      linger: "for ever",
      finished: () => control.finish(0),
      restart: async () => {
        const again = await load();
        const next = again.entries.at(-1) as typeof main;
        return {
          main: next,
          modules: byName(again.modules),
          ...(again.entries.length > 1 && { boot: again.entries[0] as typeof main }),
        };
      },
      started: (program: RunningProgram) => control.begin(host, program.board),
    });
    control.follow(host, ended);
    return control;
  };
}

/** Compiles once; each call of `load` loads the modules anew. */
function compile(firmware: string, facts: boolean) {
  const project = openProject(firmware);
  if ("code" in project) throw new CompileError([project]);
  const program = new Program({ ...project, purpose: "run", facts, runtimeSpecifier: ownRuntime });
  const result = program.update();
  if (result.failed) {
    const errors = result.diagnostics.filter(({ severity }) => severity === "error");
    throw new CompileError(errors, result.sources);
  }
  const load = async () => ({
    ...(await loadProgram(result)),
    hasComputedImports: result.hasComputedImports,
    findSource: projectSources(project),
  });
  return { root: project.root, load };
}
