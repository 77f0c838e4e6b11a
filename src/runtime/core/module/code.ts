/**
 * Compiled text: what `compile()` gives and `exec` and `eval` run. The compiler is no part of the
 * runtime; whoever starts the program supplies one (`RunOptions.compiler`).
 */

import type { Waiting } from "../blocking/blocking.js";
import type { TypeInfo } from "../class/type.js";
import { current } from "../context.js";
import { isDetailed } from "../exception/error-detail.js";
import {
  type BaseException,
  IndentationError,
  NotImplementedError,
  SyntaxError,
} from "../exception/exceptions.js";
import { registerSourceMap, unregisterSourceMap } from "../exception/source-map.js";
import { addFrame } from "../exception/traceback.js";
import { LOAD, TYPE, type Value } from "../values.js";
import { names, type Scope } from "./scope.js";

export type CodeMode = "exec" | "eval" | "single";

/** What a compiler makes of a text. */
export interface CompiledText {
  /** Body of a function of `$runtime`, `$globals` and `$locals` that returns a generator function. */
  readonly code: string;
  readonly map: string;
  /** It makes functions or classes, which may outlive its run. */
  readonly defines: boolean;
}

export interface CompileFailure {
  readonly type: "SyntaxError" | "IndentationError" | "NotImplementedError";
  readonly message: string;
  /** The message of builds for boards, where it is another. */
  readonly brief?: string;
  readonly line: number;
  /** The function that could not be compiled; null where the text could not be read at all. */
  readonly block: string | null;
}

export interface SnippetCompiler {
  compile(
    text: string,
    mode: CodeMode,
    file: string,
  ): { readonly snippet: CompiledText } | { readonly error: CompileFailure };
  /** The exports of the runtime's index, which compiled text calls. */
  readonly runtime: Readonly<Record<string, unknown>>;
}

type Body = (runtime: unknown, globals: object, locals: object) => () => Waiting;

/** A compiled text as a function of the host. */
interface Loaded {
  readonly body: Body;
  /** Under which the host's stack traces show it. */
  readonly url: string;
  running: number;
}

/** The compiler gives the same object for a text that it has seen lately. */
const loaded = new WeakMap<CompiledText, Loaded>();
let count = 0;

function load(text: CompiledText): Loaded {
  const known = loaded.get(text);
  if (known !== undefined) return known;
  const url = `mpy2ts:///snippet/${++count}`;
  const code = `${text.code}\n//# sourceURL=${url}`;
  const body = new Function("$runtime", "$globals", "$locals", code) as Body;
  const made = { body, url, running: 0 };
  loaded.set(text, made);
  return made;
}

export class Code {
  static [TYPE]: TypeInfo = { name: "code", bases: [], abstract: true };

  private readonly loaded: Loaded;

  constructor(
    private readonly text: CompiledText,
    private readonly file: string,
    private readonly runtime: unknown,
  ) {
    this.loaded = load(text);
  }

  /** Runs it; what it returns is the value of an expression. */
  *run(scope: Scope): Waiting {
    const { loaded, text } = this;
    const context = current();
    const { locals } = context;
    const inner = names(scope);
    const outer =
      scope.locals === scope.globals
        ? inner
        : names({ globals: scope.globals, locals: scope.globals });
    // A function made by `new Function` begins with two lines of its own.
    registerSourceMap(loaded.url, () => shifted(text.map), this.file);
    loaded.running++;
    context.locals = scope.locals;
    let result: Value;
    try {
      result = yield* loaded.body(this.runtime, outer, inner)();
    } finally {
      context.locals = locals;
      loaded.running--;
    }
    // An exception that left would still need the map for its traceback.
    if (!text.defines && loaded.running === 0) unregisterSourceMap(loaded.url);
    return result === undefined ? null : result;
  }

  [LOAD](name: string): Value | undefined {
    if (name === "co_filename") return this.file;
    return name === "co_name" ? "<module>" : undefined;
  }
}

function shifted(map: string): string {
  return map.replace('"mappings":"', '"mappings":";;');
}

/** Compiles a text; raises SyntaxError as MicroPython would. */
export function compileText(text: string, mode: CodeMode, file: string): Code {
  const { compiler } = current();
  if (compiler === undefined) {
    throw new NotImplementedError(
      "no compiler: start the program with one (option compiler, from mpy2ts/snippet-compiler)",
    );
  }
  const result = compiler.compile(text, mode, file);
  if ("error" in result) throw failure(result.error, file);
  return new Code(result.snippet, file, compiler.runtime);
}

const FAILURES = { SyntaxError, IndentationError, NotImplementedError } as const;

function failure(
  { type, message, brief = message, line, block }: CompileFailure,
  file: string,
): BaseException {
  const error = new FAILURES[type](isDetailed() ? message : brief);
  addFrame(error, { file, line, name: block });
  return error;
}
