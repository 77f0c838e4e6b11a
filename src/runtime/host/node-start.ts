/**
 * Runs a program as this Node process: its files are those of a folder, its input and output those of
 * the process. Called by the start file of a built project and by the command `run`.
 */

import { type BoardName, boards, isBoardName } from "../boards/index.js";
import type { PartKinds } from "../boards/sim/apply-wiring.js";
import { jsonTrace, type TraceSink, textTrace } from "../boards/sim/trace.js";
import { VcdTrace } from "../boards/sim/vcd.js";
import type { Wiring } from "../boards/sim/wiring.js";
import { hasContext } from "../core/context.js";
import { KeyboardInterrupt } from "../core/exception/exceptions.js";
import { raise } from "../core/exception/raise.js";
import { formatException } from "../core/exception/traceback.js";
import type { SnippetCompiler } from "../core/module/code.js";
import { ProjectModule, type PyModule } from "../core/module/module.js";
import { loadAllModules } from "../modules/index.js";
import { type Restart, type RunOptions, run } from "../run.js";
import type { Files } from "./files.js";
import type { Host } from "./host.js";
import { NodeHost } from "./node.js";
import { NodeFiles } from "./node-files.js";
import { NodeInput } from "./node-input.js";
import { guardInterrupts, onInterrupt, pollInterrupts } from "./node-interrupt.js";
import { registerMapsBeside } from "./node-maps.js";
import { NodeOutput } from "./node-output.js";
import { VirtualHost } from "./virtual.js";

export interface StartOptions {
  /** The program's modules, where there are more than the entries. */
  modules?: readonly PyModule[];
  /** It imports some by names that it computes, so that any module of the runtime may be meant. */
  computedImports?: {
    /** Further names of modules. */
    readonly aliases: Readonly<Record<string, string>>;
    /** Modules that a file on `sys.path` comes before. */
    readonly extensible?: readonly string[];
  };
  /** For programs that compile text while they run (`exec`). */
  compiler?: SnippetCompiler;
  argv?: readonly string[];
  board?: string;
  /** Virtual time. */
  virtual?: boolean;
  /** Ends the run at this time (virtual milliseconds). */
  until?: number;
  /** Prints each change of a pin. */
  trace?: boolean;
  /** Receives everything that happens on the board, one JSON object a line. */
  events?: (line: string) => void;
  /** Receives the waveforms of the pins, at the end of the run, as a value change dump. */
  vcd?: (text: string) => void;
  wiring?: Wiring;
  parts?: PartKinds;
  /** What is run after the board was reset: the entries, loaded anew. */
  restart?: () => Promise<readonly PyModule[]>;
  /** The board's file system; by default the current folder. */
  files?: Files;
  sysPath?: readonly string[];
  findSource?: RunOptions["findSource"];
  linger?: boolean;
}

/** Runs the entries (boot, main) and gives the exit code. */
export async function runProcess(
  entries: readonly PyModule[],
  options: StartOptions = {},
): Promise<number> {
  const main = entries.at(-1);
  const boot = entries.length > 1 ? entries[0] : undefined;
  if (!(main instanceof ProjectModule)) throw new TypeError("there is no module to run");
  const output = new NodeOutput();
  const { modules, compiler, argv, sysPath, wiring, parts, linger, restart, findSource } = options;
  const host = makeHost(options, output);
  const vcd = options.vcd && new VcdTrace();
  const runtimeModules =
    options.computedImports && (await loadAllModules(options.computedImports.aliases));
  const extensible = options.computedImports?.extensible;
  const runOptions: RunOptions = {
    host,
    ...(options.board !== undefined && { board: boardName(options.board) }),
    ...(boot instanceof ProjectModule && { boot }),
    ...(modules !== undefined && {
      modules: new Map(modules.map((module) => [module.name, module])),
    }),
    ...(runtimeModules !== undefined && { runtimeModules }),
    ...(extensible !== undefined && { extensible: new Set(extensible) }),
    ...(compiler !== undefined && { compiler }),
    ...(argv !== undefined && { argv }),
    ...(sysPath !== undefined && { sysPath }),
    ...(findSource !== undefined && { findSource }),
    ...(wiring !== undefined && { wiring }),
    ...(parts !== undefined && { parts }),
    ...(linger !== undefined && { linger }),
    ...(restart !== undefined && { restart: restarting(restart, host) }),
    trace: sinks(options, output, vcd),
  };
  try {
    guardInterrupts().begin(() => {
      output.write(2, interruption());
      output.flush();
    });
    return await run(main, runOptions);
  } finally {
    output.flush();
    if (vcd) options.vcd?.(vcd.text(host.now()));
  }
}

/** What is printed when Ctrl-C ends a program that does not answer: where it was, if anywhere. */
function interruption(): string {
  const error = new KeyboardInterrupt();
  return formatException(hasContext() ? raise(error) : error);
}

function sinks(options: StartOptions, output: NodeOutput, vcd: VcdTrace | undefined): TraceSink[] {
  return [
    ...(options.trace ? [textTrace((line) => output.write(1, line))] : []),
    ...(options.events ? [jsonTrace(options.events)] : []),
    ...(vcd ? [vcd] : []),
  ];
}

/** A board that is reset again and again without time passing would keep the process for ever. */
const RESETS_AT_ONCE = 10;

function restarting(load: () => Promise<readonly PyModule[]>, host: Host): Restart {
  let last = Number.NEGATIVE_INFINITY;
  let count = 0;
  return async () => {
    count = host.now() > last ? 0 : count + 1;
    last = host.now();
    if (count >= RESETS_AT_ONCE) return null;
    const entries = (await load()) as readonly ProjectModule[];
    const [main, boot] = [entries.at(-1), entries.at(-2)];
    return main === undefined ? null : { main, ...(boot !== undefined && { boot }) };
  };
}

/** runProcess(), and then the end of the process. */
export async function startProcess(
  entries: readonly PyModule[],
  options: StartOptions = {},
): Promise<never> {
  guardInterrupts();
  registerMapsBeside(process.argv[1] ?? "");
  process.exit(await runProcess(entries, { ...fromArguments(), ...options }));
}

/** The options of a start file: `node start.js --virtual --trace --board pico arguments...`. */
function fromArguments(): StartOptions {
  const args = process.argv.slice(2);
  const options: StartOptions = {};
  while (args[0]?.startsWith("--")) {
    const name = args.shift();
    if (name === "--") break;
    if (name === "--virtual") options.virtual = true;
    else if (name === "--trace") options.trace = true;
    else if (name === "--board") options.board = args.shift() ?? "";
    else throw new TypeError(`unknown option ${name}`);
  }
  options.argv = args;
  return options;
}

function boardName(name: string): BoardName {
  if (isBoardName(name)) return name;
  throw new TypeError(`unknown board ${name}; there are ${Object.keys(boards).join(", ")}`);
}

function makeHost(options: StartOptions, output: NodeOutput): Host {
  const files = options.files ?? new NodeFiles(process.cwd());
  const input = new NodeInput();
  if (!options.virtual) return new NodeHost({ files, input, output });
  return new VirtualHost({
    files,
    input,
    write: (data) => output.write(1, data),
    writeError: (data) => output.write(2, data),
    environment: process.env as Record<string, string>,
    breathe: () => new Promise((resolve) => setImmediate(resolve)),
    onInterrupt,
    poll: pollInterrupts,
    ...(options.until !== undefined && { until: options.until }),
  });
}
