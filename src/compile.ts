/**
 * Compiles one module: analyze -> lower -> link -> print. Pure: text and facts in, texts and
 * diagnostics out. Called by `program.ts` for every module of a program; parsing came before.
 */

import type { ClassInfo, ImportTarget, ProgramContext } from "./analyze/analysis.js";
import { analyze } from "./analyze/analyze.js";
import { classInfos, isLiftable } from "./analyze/classes.js";
import { functionInfos } from "./analyze/functions.js";
import { stableExport } from "./analyze/stable-export.js";
import { runtimeExport, runtimeKind } from "./analyze/tables/runtime-modules.js";
import { diagnostic } from "./diagnostics/catalog.js";
import type { Diagnostic } from "./diagnostics/diagnostic.js";
import type { SourceFile } from "./diagnostics/source-file.js";
import { eraseTypes } from "./emit/erase-types.js";
import { inline } from "./emit/inline/inline.js";
import { link } from "./emit/link.js";
import { type EmittedModule, print } from "./emit/print.js";
import type { TargetNode } from "./emit/tree.js";
import { attachComments } from "./lower/comments.js";
import type { ModuleContext } from "./lower/frame.js";
import { lowerModule } from "./lower/module.js";
import { takenNames } from "./lower/taken-names.js";
import type { ClassDef, Module } from "./parser/ast.js";

export interface CompileInput {
  readonly source: SourceFile;
  readonly module: Module;
  /** Dotted Python name. */
  readonly name: string;
  /** File name shown in tracebacks. */
  readonly path: string;
  readonly context: ProgramContext;
  readonly options: {
    /** The specifier of `mpy2ts/runtime` or `mpy2ts/modules/NAME` as the output finds it. */
    readonly runtime: (specifier: string) => string;
    /** The specifier of another module of the program, without extension. */
    readonly project: (module: string) => string;
    /** Whether facts may choose native operators and accesses. */
    readonly facts: boolean;
    /** What is printed; the texts in other languages are empty. */
    readonly languages: readonly Language[];
  };
}

export type Language = "ts" | "js";

export interface CompiledModule {
  readonly ts: EmittedModule;
  readonly js: EmittedModule;
  readonly diagnostics: readonly Diagnostic[];
}

const NOTHING: EmittedModule = { code: "", map: "" };

export function compileModule(input: CompileInput): CompiledModule {
  try {
    return compilePhases(input);
  } catch (error) {
    // The phases walk trees recursively: expressions nested beyond the host's stack end here.
    if (!(error instanceof RangeError)) throw error;
    const tooDeep = diagnostic("MPY1005", {}, input.source.path, null);
    return { ts: NOTHING, js: NOTHING, diagnostics: [tooDeep] };
  }
}

function compilePhases(input: CompileInput): CompiledModule {
  const { source, module, options } = input;
  const analysis = analyze(module, input.context);
  const context = lowering(input, analysis);
  const { comments, statements: body } = lowerModule(module, context);
  const emit = (language: Language): EmittedModule => {
    if (!options.languages.includes(language)) return NOTHING;
    const tree = language === "ts" ? body : inline(eraseTypes(body));
    const imports = link(tree, {
      taken: takenNames(context),
      specifier: (symbolic) => specifier(symbolic, options),
    });
    const [first, ...rest] = [...imports, ...tree];
    const program: TargetNode = {
      type: "Program",
      sourceType: "module",
      body: first === undefined ? [] : [attachComments({ ...first }, comments, "first"), ...rest],
    };
    return print(program, {
      source: source.path,
      sourceText: source.text,
      layout: language === "ts",
    });
  };
  const diagnostics = [...analysis.diagnostics, ...context.diagnostics];
  return { ts: emit("ts"), js: emit("js"), diagnostics };
}

function lowering(input: CompileInput, analysis: ReturnType<typeof analyze>): ModuleContext {
  const { context, source, module, name, path, options } = input;
  const { facts, isPackage } = context;
  const others = new Map<string, ReadonlyMap<ClassDef, ClassInfo>>();
  return {
    source,
    analysis,
    name,
    path,
    isPackage,
    facts: options.facts,
    snippet: null,
    diagnostics: [],
    comments: [...module.comments],
    besides: new Map(),
    hasExport: (target: ImportTarget, exported: string) =>
      target.kind === "runtime"
        ? runtimeExport(target.module, exported) !== null
        : stableExport(facts, name, target.module, exported),
    exportName: (from, global) => {
      const binding = facts.views.get(from)?.table.root.bindings.get(global);
      return binding?.imported === null ? binding.jsName : null;
    },
    classExport: (node) => {
      const own = facts.hierarchy.classes.get(node)?.module;
      const view = own === undefined ? undefined : facts.views.get(own);
      const binding = view?.table.bindingOf.get(node);
      return view && binding && isLiftable(node, view, facts)
        ? { module: view.name, name: binding.jsName }
        : null;
    },
    classInfo: (node) => {
      const own = analysis.classes.get(node);
      const home = facts.hierarchy.classes.get(node)?.module;
      const view = home === undefined ? undefined : facts.views.get(home);
      if (own !== undefined || view === undefined) return own ?? null;
      let infos = others.get(view.name);
      if (infos === undefined) {
        infos = classInfos(view, facts, functionInfos(view, facts));
        others.set(view.name, infos);
      }
      return infos.get(node) ?? null;
    },
    kindOf: runtimeKind,
    blocks: (project) => facts.colours.modules.has(project),
  };
}

/** As TypeScript wants it too: the name of the JavaScript, which every compiler and bundler resolves. */
function specifier(symbolic: string, options: CompileInput["options"]): string {
  const [kind, name] = [
    symbolic.slice(0, symbolic.indexOf(":")),
    symbolic.slice(symbolic.indexOf(":") + 1),
  ];
  if (kind === "module") return options.runtime(`mpy2ts/modules/${name.replace(".", "/")}`);
  if (kind === "project") return `${options.project(name)}.js`;
  return options.runtime("mpy2ts/runtime");
}
