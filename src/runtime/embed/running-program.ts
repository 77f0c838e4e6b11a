/**
 * A program that runs inside a TypeScript program: `start()` gives the object that stops it, calls its
 * functions, awaits its coroutines and reaches into it between its steps.
 */

import { cancelAll } from "../asyncio/cancel-all.js";
import { core } from "../asyncio/core.js";
import { create_task } from "../asyncio/create-task.js";
import { CancelledError } from "../asyncio/errors.js";
import { run as runLoop } from "../asyncio/loop.js";
import type { Task } from "../asyncio/task.js";
import { applyWait, type Waiting } from "../core/blocking/blocking.js";
import { isGenerator } from "../core/class/type.js";
import { enter } from "../core/context.js";
import { BaseException, KeyboardInterrupt } from "../core/exception/exceptions.js";
import { caught } from "../core/exception/raise.js";
import { awaiting } from "../core/iteration/generators.js";
import { isTaken } from "../core/module/imports.js";
import { ProjectModule } from "../core/module/module.js";
import type { Value } from "../core/values.js";
import { type Host, Stopped } from "../host/host.js";
import { threadsOf } from "../host/threads.js";
import type { ModuleNamespace } from "../modules/index.js";
import { type Program, type RunOptions, run } from "../run.js";
import { fromHost, hostExports } from "./from-host.js";
import type { OptionNames } from "./known-options.js";
import { PythonError } from "./python-error.js";

export interface StartOptions extends Omit<RunOptions, "started" | "uncaught" | "atOnce"> {
  /** JavaScript objects that Python imports by these names. */
  hostModules?: Readonly<Record<string, object>>;
}

/** Its names, for the hosts that refuse others. */
export const START_OPTIONS: OptionNames<Omit<StartOptions, "host">> = {
  hostModules: true,
  board: true,
  argv: true,
  boot: true,
  modules: true,
  runtimeModules: true,
  extensible: true,
  sysPath: true,
  findSource: true,
  compiler: true,
  wiring: true,
  parts: true,
  trace: true,
  restart: true,
  linger: true,
  finished: true,
};

/** How a program ended. */
export interface Ending {
  /** 0: by its last statement or `sys.exit()`; 1: by an exception; 130: it was stopped. */
  readonly code: number;
  /** The exception that nobody caught. */
  readonly error: PythonError | null;
}

/** What a call gives: the value of a coroutine, or of a plain function. */
export type Result<R> = R extends Generator<unknown, infer V, unknown> ? V : R;

/** How long each attempt to stop a program has (milliseconds). */
const GRACE = 1000;
const STOPPED = 130;
const FAILED = 1;

/**
 * Starts a program; returns when it rests for the first time (what follows needs the host's event
 * loop). A program that never rests and never ends keeps this from returning. Throws a TypeError for
 * what is no emitted module, and an Error for one that runs.
 */
export function start(main: unknown, options: StartOptions): RunningProgram {
  if (!(main instanceof ProjectModule)) {
    throw new TypeError("start() takes the default export of a module that mpy2ts has built");
  }
  return new RunningProgram(main, options);
}

export class RunningProgram {
  /** Resolves when the program has ended; rejects only with what `output` or `errors` has thrown. */
  readonly ended: Promise<Ending>;
  /** For what the methods here do not do; replaced when the board is reset. */
  program!: Program;
  private readonly host: Host;
  private ending: Ending | null = null;
  private error: PythonError | null = null;
  private stopping = false;
  /** Its last statement has run; it lives on for those who call it. */
  private finished = false;
  private readonly calls = new Set<(error: Error) => void>();
  /** Coroutines that are awaited from outside, in a loop of their own where the program runs none. */
  private readonly awaited = new Set<Task>();

  constructor(main: ProjectModule, { hostModules = {}, ...options }: StartOptions) {
    if (isTaken(main, null)) {
      throw new Error(`'${main.name}' runs already; to run it twice, build it twice`);
    }
    this.host = options.host;
    const modules = Object.entries(hostModules).map(
      ([name, exports]): [string, ModuleNamespace] => [name, hostExports(exports)],
    );
    const code = run(main, {
      ...options,
      atOnce: true,
      finished: () => {
        this.finished = true;
        options.finished?.();
      },
      runtimeModules: new Map([...(options.runtimeModules ?? []), ...modules]),
      started: (program) => {
        this.program = program;
      },
      uncaught: (error) => this.uncaught(error),
    });
    this.ended = code.then(
      (value) => this.end(value),
      (error) => {
        this.end(FAILED);
        throw error;
      },
    );
  }

  /** Whether the program has not ended. */
  get running(): boolean {
    return this.ending === null;
  }

  /**
   * Calls a function of the program with JavaScript values. It runs between two steps of the program;
   * one that blocks lets the program go on meanwhile, a coroutine runs as a task of the program's loop.
   * Gives the Python value; rejects with a PythonError.
   */
  call<A extends Value[], R>(fn: (...args: A) => R, ...args: A): Promise<Result<R>> {
    return new Promise((resolve, reject) => {
      if (!this.running) throw new Error("the program has ended");
      this.calls.add(reject);
      const settle = (end: () => void): void => {
        this.calls.delete(reject);
        end();
      };
      this.within(() => {
        const body = this.calling(fn, args.map(fromHost), {
          resolve: (value) => settle(() => resolve(value)),
          reject: (error) => settle(() => reject(error)),
        });
        threadsOf(this.program.context).start(this.waking(body));
      });
    });
  }

  /**
   * Does something inside the program, now, and gives what it gives: reads its globals, sets an Event,
   * calls functions that do not block. The program looks afterwards whether that woke a task.
   */
  within<T>(action: () => T): T {
    const { context, interrupts } = this.program;
    const previous = enter(context);
    try {
      return action();
    } catch (error) {
      throw error instanceof BaseException ? new PythonError(caught(error)) : error;
    } finally {
      interrupts.post(() => {});
      enter(previous);
    }
  }

  /**
   * Stops the program and waits until it has ended. Tasks are cancelled first, so that their `finally`
   * blocks run and may await; what goes on after `grace` milliseconds, and every other program, gets
   * KeyboardInterrupt; what catches that for as long again is ended without being asked.
   */
  async stop(grace = GRACE): Promise<Ending> {
    if (!this.running || this.stopping) return this.ended;
    this.stopping = true;
    const { agenda } = this.host;
    const interrupt = (): void => {
      this.program.interrupts.interrupt(new KeyboardInterrupt());
      book(() => this.program.interrupts.interrupt(new Stopped()));
    };
    const book = (action: () => void): void => {
      const alarm = agenda.at(this.host.now() + grace, action);
      void this.ended.then(() => alarm.cancel());
    };
    if (!this.within(cancelAll)) interrupt();
    else if (this.finished) agenda.at(this.host.now(), interrupt);
    else book(interrupt);
    return this.ended;
  }

  /** The body of a call; the program looks after each of its steps whether that woke a task. */
  private *waking(body: Waiting): Waiting {
    for (;;) {
      const step = body.next();
      this.program.interrupts.post(() => {});
      if (step.done === true) return step.value;
      yield step.value;
    }
  }

  private *calling(
    fn: Value,
    args: Value[],
    { resolve, reject }: { resolve: (value: Value) => void; reject: (error: unknown) => void },
  ): Waiting {
    function* settled(work: Generator<Value, Value, Value>): Generator<Value, Value, Value> {
      try {
        resolve(yield* work);
      } catch (thrown) {
        reject(new PythonError(caught(thrown)));
      }
      return null;
    }
    let value: Value;
    try {
      value = yield* applyWait(fn, args);
    } catch (thrown) {
      reject(new PythonError(caught(thrown)));
      return null;
    }
    if (!isGenerator(value)) resolve(value);
    else yield* this.awaiting(settled(awaiting(value) as Generator<Value, Value, Value>));
    return null;
  }

  /** Runs a coroutine as a task: of the loop that runs, or of one for all that are awaited so. */
  private *awaiting(coroutine: Generator<Value, Value, Value>): Waiting {
    const { loops } = core();
    const { awaited } = this;
    const task = create_task(coroutine);
    if (loops.length > 0) {
      if (awaited.size > 0) awaited.add(task);
      return null;
    }
    awaited.add(task);
    function* all(): Generator<Value, Value, Value> {
      for (const one of awaited) {
        yield* one;
        awaited.delete(one);
      }
      return null;
    }
    return yield* runLoop.wait(all());
  }

  private uncaught(error: BaseException): number | undefined {
    const isOurs =
      this.stopping && (error instanceof KeyboardInterrupt || error instanceof CancelledError);
    if (isOurs) return STOPPED;
    this.error = new PythonError(error);
    return undefined;
  }

  private end(code: number): Ending {
    this.ending = { code, error: this.error };
    for (const reject of this.calls) reject(new Error("the program has ended"));
    this.calls.clear();
    return this.ending;
  }
}
