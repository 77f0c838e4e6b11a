/**
 * `mpy2ts watch`: builds again whenever a Python file changes, and with `--run` starts the program
 * anew. Speaks tsc's phrases, so that editors know when it is busy. A file saved half-way is an
 * error like any other: the last good outputs stay until the next good build.
 */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { basename, join } from "node:path";
import { watch as watchFiles } from "chokidar";
import { diagnostic } from "../diagnostics/catalog.js";
import { type BuilderOptions, createBuilder } from "./builder.js";
import { packageRoot } from "./package.js";
import { count, createReporter } from "./reporter.js";
import { errorReason } from "./system-error.js";

export interface WatchOptions extends BuilderOptions {
  readonly run?: true;
  readonly virtual?: true;
  readonly trace?: true;
  readonly board?: string;
  readonly json?: true;
}

/** Editors save in several steps; changes closer together than this are one. */
const QUIET_MS = 60;
/** How long a program may take to end after Ctrl-C before it is killed. */
const PATIENCE_MS = 1000;

export async function watch(target: string, options: WatchOptions): Promise<number> {
  const stream = process.stdout;
  const json = options.json === true;
  const first = createReporter({ json, stream });
  const created = createBuilder(target, options);
  if ("code" in created) {
    first.report([created]);
    return 1;
  }
  const builder = created;
  let program: ChildProcess | null = null;

  async function rebuild(phrase: string): Promise<void> {
    const reporter = createReporter({ json, stream });
    reporter.say(`${time()} ${phrase}`);
    if (builder.build(reporter) !== null && options.run) {
      await stop(program);
      program = start(target, options);
    }
    reporter.say(`${time()} Found ${count(reporter.errors, "error")}. Watching for file changes.`);
  }

  const { root } = builder.project;
  const watcher = watchFiles(root, {
    ignoreInitial: true,
    ignored: (path, stats) =>
      isIgnored(path, root) || (stats?.isFile() === true && !path.endsWith(".py")),
  });
  const changes = new Changes(() =>
    rebuild("File change detected. Starting incremental compilation..."),
  );
  watcher.on("all", () => changes.add());
  watcher.on("error", (error) => {
    const found = diagnostic("MPY5011", { path: target, reason: errorReason(error) }, target, null);
    createReporter({ json, stream }).report([found]);
  });
  await once(watcher, "ready");
  await changes.run(() => rebuild("Starting compilation in watch mode..."));

  await Promise.race([once(process, "SIGINT"), once(process, "SIGTERM")]);
  await watcher.close();
  await stop(program);
  return 0;
}

/** Calls `work` once for all changes that come close together, and never twice at a time. */
class Changes {
  #timer: NodeJS.Timeout | undefined;
  #running: Promise<void> = Promise.resolve();

  constructor(private readonly work: () => Promise<void>) {}

  add(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.run(this.work), QUIET_MS);
  }

  run(work: () => Promise<void>): Promise<void> {
    this.#running = this.#running.then(work);
    return this.#running;
  }
}

function isIgnored(path: string, root: string): boolean {
  const name = basename(path);
  return (
    path !== root && (name.startsWith(".") || name === "node_modules" || name === "__pycache__")
  );
}

function start(target: string, { virtual, trace, board, facts }: WatchOptions): ChildProcess {
  const bin = join(packageRoot(), "bin/mpy2ts.js");
  const flags = [
    ...(virtual ? ["--virtual"] : []),
    ...(trace ? ["--trace"] : []),
    ...(board === undefined ? [] : ["--board", board]),
    ...(facts ? [] : ["--no-facts"]),
  ];
  return spawn(process.execPath, [bin, "run", ...flags, target], { stdio: "inherit" });
}

/** Ctrl-C first, so that the program's `finally` blocks run. */
async function stop(program: ChildProcess | null): Promise<void> {
  if (program === null || program.exitCode !== null || program.signalCode !== null) return;
  const ended = once(program, "exit");
  program.kill("SIGINT");
  const timer = setTimeout(() => program.kill("SIGKILL"), PATIENCE_MS);
  await ended;
  clearTimeout(timer);
}

/** `[12:00:00]`, as tsc prints it. */
function time(): string {
  return `[${new Date().toTimeString().slice(0, 8)}]`;
}
