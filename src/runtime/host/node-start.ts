/**
 * Starts a program under Node: `start()` for the command line and for tests, `startProcess()` for
 * the start file of a built program, which is then the whole process.
 */

import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath, pathToFileURL } from "node:url";
import { parseArgs } from "node:util";
import { type BoardName, boards, isBoardName } from "../boards/index.js";
import { textTrace } from "../boards/sim/trace.js";
import type { ProjectModule, PyModule } from "../core/module.js";
import { registerSourceMap } from "../core/source-map.js";
import { run } from "../run.js";
import type { Host } from "./host.js";
import { NodeHost } from "./node.js";
import { NodeOutput } from "./node-output.js";
import { VirtualHost } from "./virtual.js";

export interface StartOptions {
  /** Simulated time: sleeping takes none, and runs repeat exactly. */
  readonly virtual?: boolean;
  /** Prints each change of a pin with its time. */
  readonly trace?: boolean;
  readonly board?: BoardName;
  readonly argv?: readonly string[];
  /** What imports with a computed name may find. */
  readonly modules?: readonly PyModule[];
  /** Where output goes instead of the process's own. */
  readonly write?: (data: string | Uint8Array) => void;
  readonly writeError?: (data: string | Uint8Array) => void;
}

/** Runs the entries, boot before main, in one context; gives the exit code. */
export function start(
  entries: readonly ProjectModule[],
  options: StartOptions = {},
): Promise<number> {
  const host = options.virtual ? virtualHost(options) : new NodeHost(given(options));
  const main = entries.at(-1);
  if (main === undefined) throw new RangeError("a program needs a module to start with");
  const boot = entries.length > 1 ? entries[0] : undefined;
  return run(main, {
    host,
    argv: options.argv ?? [],
    modules: new Map((options.modules ?? []).map((module) => [module.name, module])),
    trace: options.trace ? [textTrace((line) => host.write(line))] : [],
    ...(boot && { boot }),
    ...(options.board && { board: options.board }),
  });
}

function virtualHost(options: StartOptions): Host {
  const output = new NodeOutput();
  return new VirtualHost({
    write: (data) => output.write(1, data),
    writeError: (data) => output.write(2, data),
    ...given(options),
    environment: process.env as Record<string, string>,
    breathe: () => new Promise((resolve) => setImmediate(resolve)),
    onInterrupt: (interrupt) => {
      process.on("SIGINT", interrupt);
      return () => process.off("SIGINT", interrupt);
    },
  });
}

function given({ write, writeError }: StartOptions): Pick<StartOptions, "write" | "writeError"> {
  return { ...(write && { write }), ...(writeError && { writeError }) };
}

/**
 * Runs a built program as `node start.js [--virtual] [--trace] [--board NAME] [args...]`; `url` is
 * that of the start file.
 */
export async function startProcess(
  entries: readonly ProjectModule[],
  { url, modules = [] }: { url: string; modules?: readonly PyModule[] },
): Promise<void> {
  registerMapsBeside(url);
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      virtual: { type: "boolean", default: false },
      trace: { type: "boolean", default: false },
      board: { type: "string", default: "generic" },
    },
  });
  const { virtual, trace, board } = values;
  if (!isBoardName(board)) {
    throw new RangeError(`no board '${board}': there are ${Object.keys(boards).join(", ")}`);
  }
  const argv = [entries.at(-1)?.file ?? "", ...positionals];
  process.exitCode = await start(entries, { virtual, trace, board, argv, modules });
}

/** The maps of all modules in the folder of the start file; each is read when a traceback needs it. */
function registerMapsBeside(url: string): void {
  const folder = new URL(".", url);
  for (const path of readdirSync(folder, { recursive: true, encoding: "utf8" })) {
    if (!path.endsWith(".js.map") || path.includes("node_modules")) continue;
    const file = new URL(path.replaceAll("\\", "/"), folder);
    const module = pathToFileURL(fileURLToPath(file).replace(/\.map$/, "")).href;
    registerSourceMap(module, () => readFileSync(file, "utf8"));
  }
}
