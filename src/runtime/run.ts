/**
 * Runs an emitted program: `run(main, { host, board })` is the entry for the command line, for tests and
 * for programs that embed one. It makes the program's context, drives it on the host, prints what it
 * did not catch and gives the exit code.
 */

import type { BoardData } from "./boards/board-data.js";
import { type BoardName, boards } from "./boards/index.js";
import { SimBoard } from "./boards/sim/board.js";
import type { TraceSink } from "./boards/sim/trace.js";
import { applyWiring, type Wiring } from "./boards/sim/wiring.js";
import type { Waiting } from "./core/blocking.js";
import type { SnippetCompiler } from "./core/code.js";
import { type Context, enter } from "./core/context.js";
import { Dict } from "./core/dict.js";
import { KeyboardInterrupt, SystemExit } from "./core/exceptions.js";
import { asModule, runBody } from "./core/imports.js";
import type { ProjectModule, PyModule } from "./core/module.js";
import { intOperand } from "./core/numbers.js";
import { caught } from "./core/raise.js";
import { str } from "./core/repr.js";
import { formatException } from "./core/traceback.js";
import type { Value } from "./core/values.js";
import { Wait } from "./core/wait.js";
import { drive } from "./host/drive.js";
import { type Host, TimeIsUp } from "./host/host.js";
import { type Interrupts, interruptsOf } from "./host/interrupts.js";
import type { ModuleNamespace } from "./modules/index.js";

export interface RunOptions {
  host: Host;
  /** A board by name or as data; the generic one by default. */
  board?: BoardName | BoardData;
  argv?: readonly string[];
  /** Runs before main, as a board's boot.py. */
  boot?: ProjectModule;
  /** The program's modules by name, for imports that are known at run time only. */
  modules?: ReadonlyMap<string, PyModule>;
  /** Modules of the runtime that such imports may find. */
  runtimeModules?: ReadonlyMap<string, ModuleNamespace>;
  sysPath?: readonly string[];
  /** For `exec`, `eval` and `compile`: `snippetCompiler()` of mpy2ts/snippet-compiler. */
  compiler?: SnippetCompiler;
  /** What is connected to the board and what happens to it. */
  wiring?: Wiring;
  /** Who sees the board's levels change. */
  trace?: readonly TraceSink[];
  /** Keeps running while timers or scripted events are due, after the last statement. */
  linger?: boolean;
  /** Told when the program is about to start: how an embedding program reaches into it. */
  started?: (program: Program) => void;
}

/** A running program as its embedder sees it. */
export interface Program {
  context: Context;
  board: SimBoard;
  interrupts: Interrupts;
}

const INTERRUPTED = 130;
const SYS_PATH = ["", ".frozen", "/lib"];

export async function run(main: ProjectModule, options: RunOptions): Promise<number> {
  const { host } = options;
  const program = prepare(options);
  const { context, interrupts } = program;
  const endInterrupts = host.onInterrupt?.(() => {
    if (interrupts.keyboard) interrupts.interrupt(new KeyboardInterrupt());
  });
  host.join();
  try {
    options.started?.(program);
    for (const module of options.boot ? [options.boot, main] : [main]) {
      await drive(runBody(module), asMain(context, module));
    }
    if (options.linger) await drive(linger(host), context);
    return 0;
  } catch (error) {
    if (error instanceof TimeIsUp) return 0;
    return exitCode(error, context);
  } finally {
    endInterrupts?.();
    host.leave();
  }
}

/** Makes the context of a program, with its board wired and traced. */
export function prepare(options: RunOptions): Program {
  const { host, modules } = options;
  const data = typeof options.board === "object" ? options.board : boards[options.board ?? "generic"];
  const board = new SimBoard(data, host);
  if (options.wiring !== undefined) applyWiring(board, options.wiring);
  for (const sink of options.trace ?? []) board.addSink(sink);
  const absent = new Set(data.absent);
  const context: Context = {
    host,
    board,
    argv: options.argv ?? [],
    modules: new Dict(),
    sysPath: [...(options.sysPath ?? SYS_PATH)],
    block: (wait) => host.blockSync(wait),
    hasModule: (name) => !absent.has(name),
    compiler: options.compiler,
    state: new Map(),
  };
  context.findModule = (name) => {
    const runtime = absent.has(name) ? undefined : options.runtimeModules?.get(name);
    return modules?.get(name) ?? (runtime && asModule(runtime, name));
  };
  return { context, board, interrupts: interruptsOf(context) };
}

function asMain(context: Context, module: ProjectModule): Context {
  module.runName = "__main__";
  context.modules.set("__main__", module);
  return context;
}

/** Lets timers and scripted events go on until none is left. */
function* linger(host: Host): Waiting {
  while (host.agenda.next !== Number.POSITIVE_INFINITY) yield new Wait(host.agenda.next);
  return null;
}

/** Prints an exception that nobody caught; the exit code that follows from it. */
function exitCode(thrown: unknown, context: Context): number {
  const host = context.host as Host;
  const previous = enter(context);
  try {
    const error = caught(thrown);
    if (error instanceof SystemExit) return systemExit(error.value, host);
    host.writeError(formatException(error));
    return error instanceof KeyboardInterrupt ? INTERRUPTED : 1;
  } finally {
    enter(previous);
  }
}

function systemExit(value: Value, host: Host): number {
  if (value === null || value === undefined) return 0;
  const code = intOperand(value);
  if (code !== undefined) return Number(BigInt.asUintN(8, BigInt(code)));
  host.writeError(`${str(value)}\n`);
  return 1;
}
