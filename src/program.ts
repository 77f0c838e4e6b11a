/**
 * A whole program: finds the modules from the entries on, analyses them together, and compiles each.
 * Keeps the trees of files that did not change for the next `update()` (watch). What a module
 * becomes depends on facts about all of them, so all are lowered again; they take 5 ms each. Used by
 * `index.ts` and by the commands in `cli/`.
 */
import type { ProgramContext } from "./analyze/analysis.js";
import { type ProgramFacts, programFacts } from "./analyze/program-facts.js";
import { type CompiledModule, compileModule, type Language } from "./compile.js";
import { diagnostic } from "./diagnostics/catalog.js";
import type { Diagnostic } from "./diagnostics/diagnostic.js";
import type { SourceFile } from "./diagnostics/source-file.js";
import { type ParseResult, parse } from "./parser/parse.js";
import { forTracebacks, functionLines } from "./program/function-lines.js";
import { type GraphModule, type ModuleGraph, moduleGraph } from "./program/graph.js";
import { collisions, outputPath, relativeSpecifier } from "./program/outputs.js";
import type { ReadFiles } from "./program/read-files.js";

export interface ProgramOptions {
  readonly files: ReadFiles;
  /** Relative path of the file to start with; null: `boot.py` and `main.py` of the root. */
  readonly entry: string | null;
  /** Search folders after the root. */
  readonly searchPath?: readonly string[];
  /** build: all files, a module that cannot be found is an error. run: what the entry can reach. */
  readonly purpose: "build" | "run";
  readonly facts: boolean;
  /** Nothing else calls its functions: what the program gives them is all that they get. */
  readonly closed?: boolean;
  /** Modules that the program which embeds this one supplies at run time. */
  readonly hostModules?: readonly string[];
  /** What to print: both by default. The texts in other languages are empty. */
  readonly languages?: readonly Language[];
  /** Paths in diagnostics. */
  readonly shownPath?: (path: string) => string;
  /** Paths in tracebacks and in `__file__`. */
  readonly tracePath?: (path: string) => string;
  /** The specifier under which the output finds `mpy2ts/runtime` and its modules. */
  readonly runtimeSpecifier?: (specifier: string) => string;
}

export interface ProgramModule {
  /** As in `sys.modules`. */
  readonly name: string;
  readonly path: string;
  /** Relative path of the output, without extension. */
  readonly output: string;
  readonly source: SourceFile;
  readonly ts: { readonly code: string; readonly map: string };
  readonly js: { readonly code: string; readonly map: string };
}

export interface ProgramResult {
  /** There are errors; no module was made. */
  readonly failed: boolean;
  readonly modules: readonly ProgramModule[];
  /** Outputs to run, in order: boot before main. */
  readonly entries: readonly ProgramModule[];
  /** Names of modules are computed at run time somewhere. */
  readonly hasComputedImports: boolean;
  /** It compiles text while it runs: `exec`, or modules that only the running program finds. */
  readonly runsText: boolean;
  readonly diagnostics: readonly Diagnostic[];
  /** Every source that was read, for code frames. */
  readonly sources: ReadonlyMap<string, SourceFile>;
}

const asIs = (text: string): string => text;

export class Program {
  readonly #options: ProgramOptions;
  readonly #parsed = new Map<string, { readonly text: string; readonly result: ParseResult }>();

  constructor(options: ProgramOptions) {
    this.#options = options;
  }

  /** Reads the files anew and brings the outputs up to date. */
  update(): ProgramResult {
    const { files, searchPath = ["lib"], shownPath = asIs } = this.#options;
    const { purpose, hostModules = [] } = this.#options;
    const entries = entryPaths(this.#options);
    const graph = moduleGraph({
      files,
      entries,
      searchPath,
      whole: purpose === "build" && this.#options.entry === null,
      followDynamic: this.#options.entry === null,
      strictImports: purpose === "build",
      hostModules: new Set(hostModules),
      shownPath,
      parse: (source) => this.#parse(source),
    });
    const sources = new Map(graph.modules.map(({ source }) => [source.path, source]));
    const diagnostics = [...graph.diagnostics];
    if (purpose === "build") diagnostics.push(...collisions(graph.modules, shownPath));
    if (purpose === "run" && entries.length === 0) {
      diagnostics.push(diagnostic("MPY5005", { folder: shownPath("") }, shownPath(""), null));
    }
    const { hasComputedImports } = graph;
    const common = { hasComputedImports, diagnostics, sources };
    const failure = { failed: true, modules: [], entries: [], runsText: false, ...common };
    if (diagnostics.some(isError)) return failure;

    const facts = factsOf(graph, this.#options);
    if (facts === null) {
      const [main] = graph.modules.filter(({ path }) => entries.includes(path));
      const file = main?.source.path ?? shownPath("");
      return { ...failure, diagnostics: [...diagnostics, diagnostic("MPY1005", {}, file, null)] };
    }
    const modules = graph.modules.map((module) => {
      const result = this.#compile(module, graph, facts);
      diagnostics.push(...result.diagnostics);
      const { name, path, source } = module;
      return { name, path, output: outputPath(path), source, ts: result.ts, js: result.js };
    });
    if (diagnostics.some(isError)) return failure;
    const isEntry = ({ path }: ProgramModule): boolean => entries.includes(path);
    return {
      failed: false,
      modules,
      entries: modules.filter(isEntry),
      runsText: facts.runsText || graph.loadsFiles,
      ...common,
    };
  }

  #parse(source: SourceFile): ParseResult {
    const known = this.#parsed.get(source.path);
    if (known?.text === source.text) return known.result;
    const result = parse(source);
    this.#parsed.set(source.path, { text: source.text, result });
    return result;
  }

  #compile(module: GraphModule, graph: ModuleGraph, facts: ProgramFacts): CompiledModule {
    const { runtimeSpecifier = asIs, tracePath = asIs } = this.#options;
    const file = module.foundAs ?? tracePath(module.path);
    const output = outputPath(module.path);
    const outputs = new Map(graph.modules.map(({ name, path }) => [name, outputPath(path)]));
    const context: ProgramContext = {
      module: module.name,
      file: module.source.path,
      isPackage: module.isPackage,
      resolveImport: (name, level) => graph.target(module, name ?? "", level),
      facts,
    };
    const compiled = compileModule({
      source: module.source,
      module: module.ast,
      name: module.name,
      path: file,
      context,
      options: {
        runtime: runtimeSpecifier,
        project: (name) => relativeSpecifier(output, outputs.get(name) ?? name),
        facts: this.#options.facts,
        languages: this.#options.languages ?? ["ts", "js"],
      },
    });
    const { code, map } = compiled.js;
    if (code === "") return compiled;
    const lines = functionLines(module.ast, module.source);
    return { ...compiled, js: { code, map: forTracebacks(map, file, lines) } };
  }
}

/** Null where some expression is nested beyond the host's stack. */
function factsOf(
  graph: ModuleGraph,
  { facts, purpose, closed = purpose === "run" }: ProgramOptions,
): ProgramFacts | null {
  try {
    return programFacts(graph.modules, graph.target, facts && !graph.loadsFiles, !closed);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return null;
  }
}

/** On a board `boot.py` runs before `main.py`; a file named on the command line runs alone. */
function entryPaths({ files, entry }: ProgramOptions): string[] {
  if (entry !== null) return [entry];
  return ["boot.py", "main.py"].filter((path) => files.isFile(path));
}

function isError({ severity }: Diagnostic): boolean {
  return severity === "error";
}
