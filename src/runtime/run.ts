/**
 * Runs an emitted program: `run(main, { host, board })` is the entry for the command line, for tests and
 * for programs that embed one. It makes the program's context, drives it on the host, prints what it
 * did not catch and gives the exit code.
 */

import { type BoardData, FLOATS, SYS_PATH } from "./boards/board-data.js";
import { mainNames } from "./boards/booted.js";
import { type BoardName, boards, isBoardName } from "./boards/index.js";
import { applyWiring, type PartKinds } from "./boards/sim/apply-wiring.js";
import { SimBoard } from "./boards/sim/board.js";
import type { TraceSink } from "./boards/sim/trace.js";
import { type Wiring, WiringError } from "./boards/sim/wiring.js";
import { callWait, type Waiting } from "./core/blocking/blocking.js";
import { Wait } from "./core/blocking/wait.js";
import { isCallable } from "./core/class/type.js";
import { Dict } from "./core/container/dict.js";
import { type Context, enter } from "./core/context.js";
import { type BaseException, KeyboardInterrupt, SystemExit } from "./core/exception/exceptions.js";
import { caught } from "./core/exception/raise.js";
import { formatException } from "./core/exception/traceback.js";
import type { SnippetCompiler } from "./core/module/code.js";
import type { ModuleSource } from "./core/module/file-module.js";
import { asModule, runBody } from "./core/module/imports.js";
import type { ProjectModule, PyModule } from "./core/module/module.js";
import { intOperand } from "./core/number/numbers.js";
import { str } from "./core/repr.js";
import type { Value } from "./core/values.js";
import { drive } from "./host/drive.js";
import { type Host, Stopped, TimeIsUp } from "./host/host.js";
import { type Interrupts, interruptsOf } from "./host/interrupts.js";
import { threadsOf } from "./host/threads.js";
import { BoardReset, type ResetCause } from "./machine/reset.js";
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
  /** Those of them that a file on `sys.path` comes before. */
  extensible?: ReadonlySet<string>;
  sysPath?: readonly string[];
  /** Texts of modules that were not compiled before, by name; the board's files come after them. */
  findSource?: (name: string) => ModuleSource | undefined;
  /** For `exec`, `eval` and `compile`: `snippetCompiler()` of mpy2ts/snippet-compiler. */
  compiler?: SnippetCompiler;
  /** What is connected to the board and what happens to it. */
  wiring?: Wiring;
  /** Further kinds of parts that the wiring names. */
  parts?: PartKinds;
  /** Who sees the board's levels change. */
  trace?: readonly TraceSink[];
  /** Follows up a reset of the board with a new start; without it the run ends there. */
  restart?: Restart;
  /** Keeps running while timers or scripted events are due, after the last statement. */
  linger?: boolean | "for ever";
  /** Told that the last statement has run, when the run lingers. */
  finished?: () => void;
  /** Told of the exception that ends the program: the exit code instead of printing it, or undefined. */
  uncaught?: (error: BaseException) => number | undefined;
  /** Told when the program is about to start: how an embedding program reaches into it. */
  started?: (program: Program) => void;
  /** Runs up to the first rest before `run()` returns: the caller uses the program's functions next. */
  atOnce?: boolean;
}

/** What is run after a reset: the same modules, loaded anew. Null ends the run. */
export type Restart = (cause: ResetCause) => Promise<{
  main: ProjectModule;
  boot?: ProjectModule;
  modules?: ReadonlyMap<string, PyModule>;
} | null>;

/** A running program as its embedder sees it. */
export interface Program {
  context: Context;
  board: SimBoard;
  interrupts: Interrupts;
}

const INTERRUPTED = 130;

/** The exit code. Throws at once, a WiringError, where the board cannot be made as it is wanted. */
export function run(main: ProjectModule, options: RunOptions): Promise<number> {
  return runAndReset({ ...options, main }, prepare(options));
}

async function runAndReset(
  options: RunOptions & { main: ProjectModule },
  first: Program,
): Promise<number> {
  const { host } = options;
  const { board } = first;
  let [program, started] = [options, first];
  host.join();
  try {
    for (;;) {
      const end = await runOnce(program, started);
      if (!(end instanceof BoardReset)) return end;
      board.reset(end.cause);
      host.network?.closeAll();
      const next = await options.restart?.(end.cause);
      if (next === undefined || next === null) return 0;
      program = { ...options, ...next };
      started = prepare(program, board);
    }
  } finally {
    host.leave();
  }
}

/** Runs until the program or the board ends; the exit code, or the reset that ended it. */
async function runOnce(
  options: RunOptions & { main: ProjectModule },
  program: Program,
): Promise<number | BoardReset> {
  const { host } = options;
  const { context, interrupts } = program;
  const endInterrupts = host.onInterrupt?.(() => {
    if (interrupts.keyboard) interrupts.interrupt(new KeyboardInterrupt());
  });
  try {
    options.started?.(program);
    const code = await exitOf(runModules(options, context), context, options.uncaught);
    const last = await exitOf(drive(atExit(context), context), context, options.uncaught);
    return last || code;
  } catch (error) {
    if (error instanceof TimeIsUp) return 0;
    if (error instanceof BoardReset) return error;
    if (error instanceof Stopped) return INTERRUPTED;
    throw error;
  } finally {
    context.ended = true;
    threadsOf(context).end();
    endInterrupts?.();
  }
}

/** Runs the statements of boot and main, and what they leave to be done. */
async function runModules(
  { boot, main, finished, linger: lingering, atOnce = false }: RunOptions & { main: ProjectModule },
  context: Context,
): Promise<void> {
  const entries = boot ? [boot, main] : [main];
  context.mainModules = entries;
  context.mainName = mainNames(entries, (context.board as SimBoard).data.port);
  for (const module of entries) {
    await apart(() => drive(runBody(module), asMain(context, module)), atOnce);
  }
  finished?.();
  if (lingering) await drive(linger(context, lingering === "for ever"), context);
}

/**
 * Runs what nobody awaits, in a job of its own unless the caller needs its first steps at once: the
 * host's stack holds nothing of who has called, and so costs less to capture when a program raises an
 * exception.
 */
function apart<T>(run: () => Promise<T>, atOnce: boolean): Promise<T> {
  return new Promise((resolve, reject) => {
    const begin = (): void => {
      run().then(
        (value) => resolve(value),
        (error) => reject(error),
      );
    };
    if (atOnce) begin();
    else Promise.resolve().then(begin);
  });
}

/** Calls what `sys.atexit` was given, as the unix port does whichever way the program ended. */
function* atExit({ atExit: callback }: Context): Waiting {
  return isCallable(callback) ? yield* callWait(callback) : null;
}

/** The exit code of a part of the run; the host's own reasons to end it go on to the caller. */
async function exitOf(
  part: Promise<unknown>,
  context: Context,
  uncaught: RunOptions["uncaught"],
): Promise<number> {
  try {
    await part;
    return 0;
  } catch (error) {
    return exitCode(error, context, uncaught);
  }
}

/** Makes the context of a program, on a board that runs already or on a new one. */
export function prepare(options: RunOptions, running?: SimBoard): Program {
  const { host, modules } = options;
  const board = running ?? makeBoard(options);
  const { data } = board;
  const absent = new Set(data.absent);
  const context: Context = {
    host,
    board,
    argv: options.argv ?? [],
    floats: FLOATS[data.port],
    modules: new Dict(),
    sysPath: [...(options.sysPath ?? SYS_PATH[data.port])],
    block: (wait) => host.blockSync(wait),
    names: data.names,
    hasModule: (name) => !absent.has(name),
    compiler: options.compiler,
    ...(options.findSource && { findSource: options.findSource }),
    state: new Map(),
  };
  context.findModule = (name) => modules?.get(name);
  context.findBuiltin = (name) => {
    const found = options.runtimeModules?.get(name);
    if (found === undefined) return undefined;
    const own = ownName(options.runtimeModules, found);
    return absent.has(own) ? undefined : asModule(found, own);
  };
  context.isExtensible = (name) => options.extensible?.has(name) === true;
  return { context, board, interrupts: interruptsOf(context) };
}

/** The name of a module that may have been asked for by an alias, which comes after it in the table. */
function ownName(all: RunOptions["runtimeModules"], module: ModuleNamespace): string {
  const row = [...(all ?? [])].find(([, exports]) => exports === module);
  return (row as [string, ModuleNamespace])[0];
}

/** The board of a run, wired and observed. */
function makeBoard({ host, board: wanted, wiring, parts, trace = [] }: RunOptions): SimBoard {
  const data = typeof wanted === "object" ? wanted : boards[named(wanted ?? boardOf(wiring))];
  const board = new SimBoard(data, host);
  if (wiring !== undefined) applyWiring(board, wiring, parts);
  for (const sink of trace) board.addSink(sink);
  return board;
}

/** The board that a wiring is for; the generic one when it leaves that open. */
function boardOf(wiring: Wiring | undefined): BoardName {
  return named(wiring?.board ?? "generic");
}

function named(name: string): BoardName {
  if (isBoardName(name)) return name;
  throw new WiringError(
    `there is no board '${name}', there are ${Object.keys(boards).join(", ")}`,
    "board",
  );
}

function asMain(context: Context, module: ProjectModule): Context {
  module.runName = "__main__";
  context.main = module;
  return context;
}

/** Lets threads, timers and scripted events go on until none is left, or (where a test leads) for ever. */
function* linger(context: Context, forEver: boolean): Waiting {
  const host = context.host as Host;
  const threads = threadsOf(context);
  while (forEver || threads.count > 0 || host.agenda.next !== Number.POSITIVE_INFINITY) {
    const { next } = host.agenda;
    yield new Wait(next === Number.POSITIVE_INFINITY ? null : next);
  }
  return null;
}

/** Prints an exception that nobody caught; the exit code that follows from it. */
function exitCode(thrown: unknown, context: Context, uncaught: RunOptions["uncaught"]): number {
  const host = context.host as Host;
  const previous = enter(context);
  try {
    const error = caught(thrown);
    if (error instanceof SystemExit) return systemExit(error.value, host);
    const code = uncaught?.(error);
    if (code !== undefined) return code;
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
