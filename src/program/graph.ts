/**
 * The module graph: every module that the entries can reach (or all files of the tree), parsed,
 * with a name each, and what their imports mean. Called by `program.ts` at each build.
 */
import type { ImportTarget } from "../analyze/analysis.js";
import { diagnostic } from "../diagnostics/catalog.js";
import { decodeSource } from "../diagnostics/decode.js";
import type { Diagnostic } from "../diagnostics/diagnostic.js";
import { SourceFile } from "../diagnostics/source-file.js";
import type { Module } from "../parser/ast.js";
import {
  createResolver,
  type Importer,
  isExtensible,
  isKnownModule,
  type Resolution,
} from "../resolve.js";
import { moduleImports } from "./imports.js";
import { type ReadFiles, Unreadable } from "./read-files.js";
import { replacedNames } from "./replaced-names.js";
import { type SearchPathUse, searchPathUse } from "./search-path.js";

export interface GraphModule extends Importer {
  /** Relative to the project root; of a namespace folder that of the `__init__.py` it lacks. */
  readonly path: string;
  /** Its path as the program finds it, in a folder that it has added to `sys.path` itself. */
  readonly foundAs: string | null;
  readonly source: SourceFile;
  readonly ast: Module;
}

export interface GraphOptions {
  readonly files: ReadFiles;
  /** Relative paths of the files to start with. */
  readonly entries: readonly string[];
  readonly searchPath: readonly string[];
  /** All Python files of the tree belong, whether something imports them or not. */
  readonly whole: boolean;
  /** Computed imports may mean any file of the tree. */
  readonly followDynamic: boolean;
  /** Top-level names that the embedding program answers for. */
  readonly hostModules?: ReadonlySet<string>;
  /** An import that must fail when the program is run is an error, not a warning. */
  readonly strictImports: boolean;
  /** The path of a file as the user would write it. */
  readonly shownPath: (path: string) => string;
  readonly parse: (source: SourceFile) => { module: Module; diagnostics: readonly Diagnostic[] };
}

export interface ModuleGraph {
  /** In the order in which they were found, entries first. */
  readonly modules: readonly GraphModule[];
  /** Names of modules are computed at run time somewhere. */
  readonly hasComputedImports: boolean;
  /** Modules that are not among these may be loaded while the program runs. */
  readonly loadsFiles: boolean;
  readonly diagnostics: readonly Diagnostic[];
  /** What `import name` or `from ..name import` in a module means. */
  readonly target: (importer: Importer, name: string, level: number) => ImportTarget;
}

export function moduleGraph(options: GraphOptions): ModuleGraph {
  const { files, shownPath } = options;
  const diagnostics: Diagnostic[] = [];
  const byPath = new Map<string, GraphModule | null>();
  const pending: GraphModule[] = [];
  let hasComputedImports = false;
  let loadsFiles = false;
  let hidesBuiltins = false;
  const replaced = new Set<string>();
  let replacesAny = false;
  const searchPath = [...options.searchPath];
  const added = new Map<string, string>();
  const resolver = createResolver(files, searchPath);

  /** Adds a file to the graph; the first name that it is found by is its name. */
  function add(path: string, name: string, isPackage: boolean): void {
    if (byPath.has(path)) return;
    byPath.set(path, null);
    const source = readSource(path);
    if (source === null) return;
    const parsed = options.parse(source);
    diagnostics.push(...parsed.diagnostics);
    const module = { name, isPackage, path, foundAs: foundAs(path), source, ast: parsed.module };
    search(searchPathUse(parsed.module));
    const { names, isOpen } = replacedNames(parsed.module);
    for (const name of names) replaced.add(name);
    replacesAny ||= isOpen;
    byPath.set(path, module);
    pending.push(module);
  }

  function foundAs(path: string): string | null {
    for (const [folder, written] of added) {
      if (path.startsWith(`${folder}/`)) {
        return `${written.replace(/\/$/, "")}${path.slice(folder.length)}`;
      }
    }
    return null;
  }

  function search(use: SearchPathUse): void {
    for (const { folder, written } of use.folders) {
      if (searchPath.includes(folder)) continue;
      searchPath.push(folder);
      added.set(folder, written);
    }
    loadsFiles ||= use.isOpen;
    hidesBuiltins ||= use.hidesBuiltins;
  }

  function readSource(path: string): SourceFile | null {
    const shown = shownPath(path);
    const content = files.read(path);
    // A namespace folder: a package without code.
    if (content === null) return new SourceFile(shown, "");
    if (content instanceof Unreadable) {
      diagnostics.push(diagnostic("MPY5002", { path: shown, reason: content.reason }, shown, null));
      return null;
    }
    if (typeof content === "string") return new SourceFile(shown, content);
    const decoded = decodeSource(content, shown);
    if (decoded.diagnostic) diagnostics.push(decoded.diagnostic);
    return decoded.text === null ? null : new SourceFile(shown, decoded.text);
  }

  /** Adds what a dotted name means, and the packages around it. */
  function load(name: string): Resolution {
    const parts = name.split(".");
    let found: Resolution = { kind: "missing", name };
    for (let n = 1; n <= parts.length; n++) {
      found = resolver.resolve(parts.slice(0, n).join("."));
      if (found.kind === "project") add(found.path, found.name, found.isPackage);
      if (found.kind === "namespace") add(namespacePath(found.path), found.name, true);
    }
    return found;
  }

  function follow(module: GraphModule, strictImports: boolean): void {
    const { imports, isDynamic } = moduleImports(module.ast);
    for (const written of imports) {
      const name = resolver.absolute(written.name, written.level, module);
      const found = name === null ? null : load(name);
      if (name === null || found === null || found.kind === "missing") {
        if (written.level === 0 && options.hostModules?.has(topOf(written.name))) continue;
        const shown = ".".repeat(written.level) + written.name;
        const code = isKnownModule(shown)
          ? "MPY3007"
          : strictImports && written.isCertain
            ? "MPY3005"
            : "MPY3001";
        diagnostics.push(diagnostic(code, { name: shown }, module.source.path, written.span));
      } else if (found.kind === "runtime") {
        hasComputedImports ||= written.isCall;
      } else {
        for (const part of written.names) load(`${name}.${part}`);
      }
    }
    if (!isDynamic) return;
    hasComputedImports = true;
    if (options.followDynamic) addAll();
    else loadsFiles = true;
  }

  function addAll(): void {
    for (const path of files.pythonFiles()) {
      add(path, moduleName(path, searchPath), isPackageFile(path));
    }
  }

  for (const path of options.entries) add(path, moduleName(path, searchPath), isPackageFile(path));
  const followAll = (strictImports: boolean): void => {
    for (let next = pending.shift(); next !== undefined; next = pending.shift())
      follow(next, strictImports);
  };
  followAll(options.strictImports);
  if (options.whole) {
    addAll();
    // The entries do not reach these: drivers for other boards, examples, tests.
    followAll(false);
  }

  const modules = [...byPath.values()].filter((module) => module !== null);
  return {
    modules,
    hasComputedImports: hasComputedImports || hidesBuiltins || replacesAny || replaced.size > 0,
    loadsFiles,
    diagnostics,
    target(importer, written, level) {
      const name = resolver.absolute(written, level, importer);
      if (name === null) return { kind: "unknown", module: ".".repeat(level) + written };
      // A file that is on `sys.path` by then comes before the module of MicroPython.
      if (hidesBuiltins && isExtensible(name)) return { kind: "unknown", module: name };
      const found = resolver.resolve(name);
      // `uhashlib` is `hashlib` unless the program has put something else there.
      if (found.kind === "runtime" && found.name !== name && (replacesAny || replaced.has(name)))
        return { kind: "unknown", module: name };
      if (found.kind === "runtime") return { kind: "runtime", module: found.name };
      if (found.kind === "missing") return { kind: "unknown", module: name };
      const path = found.kind === "project" ? found.path : namespacePath(found.path);
      const module = byPath.get(path);
      return module ? { kind: "project", module: module.name } : { kind: "unknown", module: name };
    },
  };
}

function topOf(name: string): string {
  return name.split(".", 1)[0] ?? "";
}

function namespacePath(folder: string): string {
  return folder === "" ? "__init__.py" : `${folder}/__init__.py`;
}

function isPackageFile(path: string): boolean {
  return path.endsWith("__init__.py");
}

/** The name by which a program would import the file at `path`. */
function moduleName(path: string, searchPath: readonly string[]): string {
  const folder = searchPath.find((entry) => path.startsWith(`${entry}/`));
  const inside = folder === undefined ? path : path.slice(folder.length + 1);
  return inside.replace(/\/__init__\.py$|\.py$/, "").replaceAll("/", ".");
}
