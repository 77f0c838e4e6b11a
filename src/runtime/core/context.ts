/**
 * The running program: its host, its board and the state that Python keeps in `sys`.
 * `run()` enters a context; everything that needs the outside world asks `current()`.
 */

import type { Wait } from "./blocking/wait.js";
import type { Dict } from "./container/dict.js";
import type { SnippetCompiler } from "./module/code.js";
import type { ModuleSource } from "./module/file-module.js";
import type { PyModule } from "./module/module.js";
import type { PortNames } from "./module/port-names.js";
import type { FloatPrecision } from "./number/single-format.js";
import type { Value } from "./values.js";

export interface Context {
  // biome-ignore lint/suspicious/noExplicitAny: the host layer declares its own, richer type.
  host: any;
  // biome-ignore lint/suspicious/noExplicitAny: likewise the board.
  board: any;
  argv: readonly string[];
  /** How floats are shown. */
  floats: FloatPrecision;
  /** `sys.modules`, by Python name. */
  modules: Dict;
  /** `sys.path`: a list, or whatever the program has put there. */
  sysPath: Value;
  /** Waits at once, without returning to the host's event loop; false when that cannot be. */
  block(wait: Wait): boolean;
  /** What the modules of the runtime offer on the board's port. */
  names: PortNames;
  /** Whether this board has a runtime module of that name. */
  hasModule(name: string): boolean;
  /** The program's module of that name, for imports that are known at run time only. */
  findModule?(name: string): Value | undefined;
  /** The runtime's module of that name, for the same. */
  findBuiltin?(name: string): Value | undefined;
  /** The module that runs as `__main__`; as in MicroPython `sys.modules` does not have it. */
  main?: PyModule;
  /** The modules that run as `__main__`, one after the other. */
  mainModules?: readonly PyModule[];
  /** What `__main__` has of that name from what ran there before: boot.py, the port's own start. */
  mainName?(name: string, booted?: Readonly<Record<string, Value>>): Value | undefined;
  /** A file on `sys.path` comes before the runtime's module of that name. */
  isExtensible?(name: string): boolean;
  /** Where the text of such a module is, if it is not among those that were compiled before. */
  findSource?(name: string): ModuleSource | undefined;
  /** Compiles the text that `exec`, `eval` and `compile` are given. */
  compiler?: SnippetCompiler | undefined;
  /** The instructions of an assembler (`rp2.asm_pio`), while it runs a function of the program. */
  assembler?: ReadonlyMap<string, Value> | undefined;
  /** What `sys.atexit` was given. */
  atExit?: Value;
  /** The names of what runs at the outermost level: a module, or text given to `exec`. */
  locals?: Dict | undefined;
  /** The program has ended: others may use its modules. */
  ended?: boolean;
  /** Per-context state of runtime modules (the asyncio loop, machine's pins ...), by key. */
  state: Map<unknown, unknown>;
}

let active: Context | null = null;

export function current(): Context {
  if (active === null) {
    throw new Error("no program is running: start one with run(), or enter a context first");
  }
  return active;
}

/** Whether a program is running. */
export function hasContext(): boolean {
  return active !== null;
}

/** Makes `context` the current one; returns the one before, to be entered again afterwards. */
export function enter(context: Context | null): Context | null {
  const previous = active;
  active = context;
  return previous;
}

/** State that belongs to one run: made at the first request in each context. */
export function perContext<T>(make: () => T): () => T {
  const key = {};
  return () => {
    const { state } = current();
    let value = state.get(key) as T | undefined;
    if (value === undefined) {
      value = make();
      state.set(key, value);
    }
    return value;
  };
}
