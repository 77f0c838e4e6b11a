/**
 * The compiler as a library: texts in, texts and diagnostics out; it touches no files. The command
 * line is built on the same `Program`. Emitted code needs `mpy2ts/runtime`, which is apart.
 */
import type { Diagnostic } from "./diagnostics/diagnostic.js";
import { formatLine } from "./diagnostics/format.js";
import type { SourceFile } from "./diagnostics/source-file.js";
import { filesFrom, type ReadFiles } from "./program/read-files.js";
import { Program, type ProgramModule } from "./program.js";

export type { Diagnostic, Severity } from "./diagnostics/diagnostic.js";
export { formatFrame, formatJson, formatLine } from "./diagnostics/format.js";
export type { SourceFile } from "./diagnostics/source-file.js";
export { filesFrom, type ReadFiles, Unreadable } from "./program/read-files.js";
export { Program, type ProgramModule, type ProgramOptions, type ProgramResult } from "./program.js";

export interface CompileOptions {
  /** Name of the program in diagnostics, tracebacks and source maps. */
  readonly file?: string;
  /** Whether inferred facts may choose native operators; the result behaves the same without. */
  readonly facts?: boolean;
}

export interface CompileResult {
  /** The TypeScript; null when there are errors. */
  readonly ts: string | null;
  /** The same as JavaScript. */
  readonly js: string | null;
  /** Source map of `js` to the Python text. */
  readonly map: string | null;
  readonly diagnostics: readonly Diagnostic[];
}

/** Compiles the text of one module. */
export function compile(code: string, options: CompileOptions = {}): CompileResult {
  const { file = "main.py", facts = true } = options;
  const files = filesFrom({ [file]: code });
  const { modules, diagnostics } = new Program({
    files,
    entry: file,
    purpose: "run",
    facts,
  }).update();
  const [module] = modules;
  if (!module) return { ts: null, js: null, map: null, diagnostics };
  return { ts: module.ts.code, js: module.js.code, map: module.js.map, diagnostics };
}

export interface BuildOptions {
  /** Relative path of the file to start with; `boot.py` and `main.py` where it is not given. */
  readonly entry?: string;
  readonly facts?: boolean;
}

export interface BuildResult {
  /** Empty when there are errors. */
  readonly modules: readonly ProgramModule[];
  readonly diagnostics: readonly Diagnostic[];
  readonly sources: ReadonlyMap<string, SourceFile>;
  /** The diagnostics as tsc prints its own, one a line. */
  readonly report: string;
}

/** Compiles a tree of modules: texts by path, or anything that files can be read from. */
export function build(
  files: Readonly<Record<string, string>> | ReadFiles,
  { entry, facts = true }: BuildOptions = {},
): BuildResult {
  const tree = isReadFiles(files) ? files : filesFrom(files);
  const program = new Program({ files: tree, entry: entry ?? null, purpose: "build", facts });
  const { modules, diagnostics, sources } = program.update();
  const lines = diagnostics.map((found) => `${formatLine(found, sources.get(found.file))}\n`);
  return { modules, diagnostics, sources, report: lines.join("") };
}

function isReadFiles(files: Readonly<Record<string, string>> | ReadFiles): files is ReadFiles {
  return typeof (files as ReadFiles).pythonFiles === "function";
}
