/**
 * What is known about all modules of a program together; computed once per build from their trees,
 * before any module is analysed. Called by `program.ts`; a single file is a program of one module.
 */
import type { ClassDef, FunctionNode, Module } from "../parser/ast.js";
import type { ImportTarget } from "./analysis.js";
import { classData } from "./class-data.js";
import { BlockingSource } from "./facts/blocking-source.js";
import { type Colours, colour } from "./facts/colour.js";
import { type Escapes, findEscapes } from "./facts/escapes.js";
import { isMainModule, mainGlobals } from "./facts/main-globals.js";
import { type ModuleScan, type ScannedDef, scanModule } from "./facts/scan.js";
import { settledGlobals } from "./facts/settled.js";
import { sharedNames } from "./facts/shared-names.js";
import { flavourOf } from "./flavour.js";
import { type FunctionEnd, reachability } from "./flow.js";
import { buildHierarchy, type Hierarchy } from "./hierarchy.js";
import { importReachability } from "./import-reach.js";
import type { DefinesGlobal } from "./imports.js";
import { looksAtNames, mayCallDir, mayRunText } from "./mentioned-builtins.js";
import type { Modules, ModuleView } from "./module-view.js";
import { namesOfSubmodules, packageGlobals } from "./packages.js";
import { isPrivateConstant } from "./private-constant.js";
import { type ProgramViews, viewProgram } from "./program-views.js";
import type { Surroundings } from "./scopes.js";
import { suppresses } from "./suppression.js";
import { inferTypes, NOTHING_INFERRED, type ShownTypes, type TypeOf } from "./types/infer.js";

export interface FactsModule {
  readonly name: string;
  readonly isPackage: boolean;
  readonly ast: Module;
  /** See `Modules.openModules`. */
  readonly open?: boolean;
}

export type ResolveFor<M extends FactsModule> = (
  importer: M,
  name: string,
  level: number,
) => ImportTarget;

export interface ProgramFacts extends Modules, Escapes {
  /** All code of the program is in view: nothing else defines classes or stores attributes. */
  readonly closedWorld: boolean;
  /** Text may be compiled while the program runs (`exec`). */
  readonly runsText: boolean;
  /** `builtins.__import__ = f`: the function that import statements call is looked up. */
  readonly replacesImport: boolean;
  /** Likewise `__build_class__` and class statements. */
  readonly replacesClasses: boolean;
  /** Globals may be set and deleted through the `__dict__` of their module. */
  readonly writesModuleDicts: boolean;
  /** `sys.exc_info` is mentioned. */
  readonly asksForException: boolean;
  /** The names of a class may be listed, in an order that shows: `dir(C)`, `C.__dict__`, code as text. */
  readonly showsMembers: boolean;
  readonly scans: ReadonlyMap<string, ModuleScan>;
  /** The `__init__.py` of a package may bind that global itself, beside a submodule of that name. */
  readonly mayDefine: DefinesGlobal;
  readonly surroundings: (module: string) => Surroundings;
  /** `__x__` names that some class of the program defines. */
  readonly dunders: ReadonlySet<string>;
  /** All defs in class bodies, by name. */
  readonly methods: ReadonlyMap<string, readonly ScannedDef[]>;
  /** Stored as an attribute anywhere, or assigned in a class body. */
  readonly plainStores: ReadonlySet<string>;
  /** `plainStores` and the names of decorated methods. */
  readonly storedAttributes: ReadonlySet<string>;
  readonly deletedAttributes: ReadonlySet<string>;
  readonly loadedAttributes: ReadonlySet<string>;
  readonly calledAttributes: ReadonlySet<string>;
  /** What boot.py and main.py look up in each other. */
  readonly sharedNames: ReadonlySet<string>;
  /** The module is boot.py or main.py, and each sees what the other gives to this global of both. */
  readonly isCommon: (module: string, name: string) => boolean;
  /** Some code asks modules for names that it makes, or for all that they have. */
  readonly looksNamesUp: boolean;
  readonly dynamicStores: boolean;
  readonly dynamicShapes: boolean;
  readonly keywordNames: ReadonlySet<string>;
  readonly dynamicKeywords: boolean;
  /** Some `__exit__` may return true. */
  readonly withMaySuppress: boolean;
  readonly hierarchy: Hierarchy;
  /** All names of each class body. */
  readonly bodyNames: ReadonlyMap<ClassDef, ReadonlySet<string>>;
  /** Those of them that hold plain data. */
  readonly classData: ReadonlyMap<ClassDef, ReadonlySet<string>>;
  readonly blocking: BlockingSource;
  readonly colours: Colours;
  /** Modules whose body may suspend. */
  readonly blockingModules: ReadonlySet<string>;
  readonly ends: ReadonlyMap<FunctionNode, FunctionEnd>;
  /** The global is bound once, whenever the module runs to its end, and never changes. */
  readonly stableExport: (module: string, name: string) => boolean;
  /** What values an expression may have; null where that is not known. */
  readonly typeOf: TypeOf;
  readonly elementOf: TypeOf;
  /** The same for the reader, with what annotations say. */
  readonly shown: ShownTypes;
  readonly flavours: ReadonlyMap<FunctionNode, "plain" | "generator" | "coroutine">;
  /** Importing `from` can lead to importing `to`. */
  readonly importsReach: (from: string, to: string) => boolean;
}

export function programFacts<M extends FactsModule>(
  modules: readonly M[],
  resolve: ResolveFor<M>,
  isWhole = true,
  hasOtherCallers = false,
): ProgramFacts {
  const scans = new Map(modules.map((module) => [module.name, scanModule(module.ast)]));
  const all = [...scans.values()];
  const builtinStores = storedBuiltins(all);
  const replacesBuiltins = builtinStores === "any";
  const storesFromOutside = union([
    ...all.map((scan) => scan.moduleStores),
    namesOfSubmodules(modules),
    builtinStores === "any" ? NO_NAMES : builtinStores,
  ]);
  const replacesImport = replacesBuiltins || storesFromOutside.has("__import__");
  const replacesClasses = replacesBuiltins || storesFromOutside.has("__build_class__");
  const replacesModules = replacesImport || all.some((scan) => scan.replacesModules);
  const mayDefine = packageGlobals(modules);
  const openModules = new Set(modules.flatMap(({ name, open }) => (open ? [name] : [])));
  const writesModuleDicts = all.some((scan) => scan.writesModuleDicts);
  const inputs = modules.map((module) => ({
    name: module.name,
    ast: module.ast,
    resolveImport: (name: string | null, level: number) => resolve(module, name ?? "", level),
  }));
  const viewWith = (stores: ReadonlySet<string>): ProgramViews => {
    const storedElsewhere = (module: string, name: string): boolean =>
      writesModuleDicts ||
      openModules.has(module) ||
      scans.get(module)?.rebindsGlobals === true ||
      stores.has(name);
    return viewProgram(inputs, storedElsewhere, mayDefine, replacesClasses);
  };
  const apart = viewWith(storesFromOutside);
  const common = mainGlobals(apart.views);
  const moduleStores = union([storesFromOutside, common]);
  const { views, stars, surroundings } = common.size === 0 ? apart : viewWith(moduleStores);
  const isSettled = settledGlobals(views);
  const methods = new Map<string, ScannedDef[]>();
  const flavours = new Map<FunctionNode, ReturnType<typeof flavourOf>>();
  for (const def of all.flatMap((scan) => scan.defs)) {
    flavours.set(def.node, flavourOf(def.node));
    if (def.class !== null) {
      const list = methods.get(def.node.name);
      if (list === undefined) {
        methods.set(def.node.name, [def]);
      } else {
        list.push(def);
      }
    }
  }
  const storedAttributes = union(all.map((scan) => scan.storedAttributes));
  const isDunder = (name: string): boolean => name.startsWith("__") && name.endsWith("__");
  const modulesSoFar = {
    ...{ views, moduleStores, replacesModules, replacesBuiltins, stars, openModules, isSettled },
  };
  const runsText = [...views.values()].some((view) => mayRunText(view, modulesSoFar));
  const closedWorld = isWhole && !runsText;
  const hierarchy = buildHierarchy(modulesSoFar);
  const withMaySuppress = !closedWorld || suppresses(all, storedAttributes, methods);
  const flows = new Map(
    [...views].map(([name, view]) => [name, reachability(view.ast, view.table, withMaySuppress)]),
  );
  const bodyNames = new Map<ClassDef, ReadonlySet<string>>();
  const data = new Map<ClassDef, ReadonlySet<string>>();
  for (const { node, module } of hierarchy.classes.values()) {
    const view = views.get(module) as ModuleView;
    bodyNames.set(node, new Set(view.table.scopes.get(node)?.bindings.keys() ?? []));
    data.set(node, classData(node, view, modulesSoFar));
  }
  const escapes = findEscapes(modulesSoFar, hierarchy, methods);
  const ends = new Map([...flows.values()].flatMap((flow) => [...flow.ends]));
  const dunders = new Set([...methods.keys(), ...storedAttributes].filter(isDunder));
  const plainStores = union(all.map((scan) => scan.plainStores));
  const loadedAttributes = union(all.map((scan) => scan.loadedAttributes));
  const dynamicStores = all.some((scan) => scan.dynamicStores);
  const dynamicShapes = all.some((scan) => scan.dynamicShapes);
  const dynamicLoads = all.some((scan) => scan.dynamicLoads);
  const shared = sharedNames(modulesSoFar);
  const { typeOf, elementOf, shown } = closedWorld
    ? inferTypes({
        ...modulesSoFar,
        scans,
        methods,
        flavours,
        hierarchy,
        dunders,
        ends,
        escapes,
        dynamicStores,
        dynamicLoads,
        sharedNames: shared,
        hasOtherCallers,
        storedElsewhere: (module, name) => surroundings(module).storedElsewhere(name),
        storedAsAttribute: (name) => dynamicStores || plainStores.has(name),
      })
    : NOTHING_INFERRED;
  const blocking = new BlockingSource({ scans, replacesModules, hierarchy });
  const colours = colour({
    ...{ ...modulesSoFar, scans, methods, closedWorld, hierarchy, blocking, typeOf },
  });
  return {
    closedWorld,
    runsText,
    openModules,
    isSettled,
    mayDefine,
    surroundings,
    stars,
    views,
    moduleStores,
    replacesModules,
    replacesBuiltins,
    replacesImport,
    replacesClasses,
    writesModuleDicts,
    showsMembers: runsText || loadedAttributes.has("__dict__") || mayCallDir(views),
    asksForException:
      loadedAttributes.has("exc_info") ||
      all.some((scan) => scan.calledAttributes.has("exc_info")) ||
      [...views.values()].some(({ imports }) => imports.some(({ name }) => name === "exc_info")),
    scans,
    methods,
    flavours,
    dunders,
    plainStores,
    storedAttributes,
    deletedAttributes: union(all.map((scan) => scan.deletedAttributes)),
    loadedAttributes,
    calledAttributes: union(all.map((scan) => scan.calledAttributes)),
    sharedNames: shared,
    isCommon: (module, name) => common.has(name) && isMainModule(module),
    looksNamesUp: dynamicLoads || [...views.values()].some(looksAtNames),
    dynamicStores,
    dynamicShapes,
    keywordNames: union(all.map((scan) => scan.keywordNames)),
    dynamicKeywords: all.some((scan) => scan.dynamicKeywords),
    ...escapes,
    typeOf,
    elementOf,
    shown,
    withMaySuppress,
    hierarchy,
    bodyNames,
    classData: data,
    blocking,
    colours,
    blockingModules: colours.modules,
    ends,
    stableExport: (module, name) => {
      const binding = views.get(module)?.table.root.bindings.get(name);
      return (
        binding !== undefined &&
        !binding.rebound &&
        !isPrivateConstant(binding) &&
        flows.get(module)?.boundAtEnd.has(binding) === true
      );
    },
    importsReach: importReachability(views),
  };
}

const NO_NAMES: ReadonlySet<string> = new Set();

/** Names that a module which the program hands on, `builtins`, may be given anywhere. */
function storedBuiltins(scans: readonly ModuleScan[]): ReadonlySet<string> | "any" {
  if (scans.some((scan) => scan.replacesAnyBuiltin)) return "any";
  if (!scans.some((scan) => scan.builtinsEscape)) return NO_NAMES;
  return scans.some((scan) => scan.dynamicStores)
    ? "any"
    : union(scans.map((scan) => scan.plainStores));
}

function union(sets: readonly ReadonlySet<string>[]): ReadonlySet<string> {
  const result = new Set<string>();
  for (const set of sets) {
    for (const name of set) {
      result.add(name);
    }
  }
  return result;
}
