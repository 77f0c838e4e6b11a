/**
 * One module with its names resolved and its imports linked: what both the whole-program facts and
 * the analysis of a module start from. Also answers what an expression means statically.
 */
import type { Attribute, ClassDef, Expr, Module } from "../parser/ast.js";
import type { Binding, DefNode, ImportInfo, ImportTarget } from "./analysis.js";
import type { StarImports } from "./facts/stars.js";
import { type DefinesGlobal, linkImports, type ResolveImport } from "./imports.js";
import { buildScopes, type ScopeTable, type Surroundings } from "./scopes.js";
import { builtin } from "./tables/builtins.js";
import { runtimeHome } from "./tables/runtime-modules.js";

export interface ModuleView {
  readonly name: string;
  readonly ast: Module;
  readonly table: ScopeTable;
  readonly imports: readonly ImportInfo[];
  readonly resolveImport: ResolveImport;
}

export function viewModule(
  name: string,
  ast: Module,
  resolveImport: ResolveImport,
  surroundings: Surroundings,
  defines: DefinesGlobal,
): ModuleView {
  const table = buildScopes(ast, surroundings);
  const imports = linkImports(ast, table, resolveImport, defines);
  return { name, ast, table, imports, resolveImport };
}

/** What an expression is known to mean before the program runs. */
export type Meaning =
  | {
      readonly kind: "function";
      readonly module: string;
      readonly node: DefNode;
      readonly topLevel: boolean;
    }
  | { readonly kind: "class"; readonly module: string; readonly node: ClassDef }
  | { readonly kind: "builtin"; readonly name: string }
  | { readonly kind: "runtime"; readonly module: string; readonly name: string }
  | { readonly kind: "module"; readonly target: ImportTarget };

export interface Modules {
  /** Modules whose globals exist before they run, and which others set too: any name may be one. */
  readonly openModules: ReadonlySet<string>;
  readonly views: ReadonlyMap<string, ModuleView>;
  /** Attributes that some module stores into a module. */
  readonly moduleStores: ReadonlySet<string>;
  /** Some module puts things into `sys.modules`: no import gives what its name says. */
  readonly replacesModules: boolean;
  /** Some module stores into `builtins` under names that cannot be read off the text. */
  readonly replacesBuiltins: boolean;
  readonly stars: StarImports;
  /** The global is bound whenever the module runs to its end. */
  readonly isSettled: (module: string, name: string) => boolean;
}

export function meaning(node: Expr, view: ModuleView, modules: Modules): Meaning | null {
  if (node.kind === "Name") {
    const binding = view.table.bindingOf.get(node);
    if (binding !== undefined) {
      return bindingMeaning(binding, view, modules, 0);
    }
    if (view.table.scopeOf.get(node)?.isAssembly === true) return null;
    const before = view.name === "main" ? globalMeaning("boot", node.id, modules, 0) : null;
    if (before !== null) return before;
    return isBuiltin(node.id, view, modules) ? { kind: "builtin", name: node.id } : null;
  }
  return node.kind === "Attribute" ? memberMeaning(node, view, modules) : null;
}

function memberMeaning(node: Attribute, view: ModuleView, modules: Modules): Meaning | null {
  const base = meaning(node.value, view, modules);
  if (base?.kind !== "module" || modules.moduleStores.has(node.attr)) {
    return null;
  }
  const { target } = base;
  if (target.kind === "runtime") {
    const submodule = view.resolveImport(`${target.module}.${node.attr}`, 0);
    return submodule.kind === "runtime" && submodule.module !== target.module
      ? { kind: "module", target: submodule }
      : { kind: "runtime", ...runtimeHome(target.module, node.attr) };
  }
  return target.kind === "project" ? globalMeaning(target.module, node.attr, modules, 0) : null;
}

/**
 * The name holds a module at some time, and perhaps other things: alternatives in `try`, a name that
 * is stored again, also from another module (`core.machine = Fake()`).
 */
export function mayBeModule(node: Expr, view: ModuleView, modules: Modules): boolean {
  if (node.kind !== "Name" || meaning(node, view, modules) !== null) return false;
  const binding = view.table.bindingOf.get(node);
  return (
    binding !== undefined &&
    view.imports.some((row) => row.binding === binding && row.name === null)
  );
}

/** What the global `name` of a project module is. */
export function globalMeaning(
  module: string,
  name: string,
  modules: Modules,
  depth: number,
): Meaning | null {
  const view = modules.views.get(module);
  const binding = view?.table.root.bindings.get(name);
  if (view === undefined) {
    return null;
  }
  if (binding !== undefined) {
    return modules.isSettled(module, name) ? bindingMeaning(binding, view, modules, depth) : null;
  }
  const submodule = view.resolveImport(`${module}.${name}`, 0);
  return submodule.kind === "project" ? { kind: "module", target: submodule } : null;
}

/** Until its own statement binds it, a name means what a star import has given it. */
function isGivenOtherwise({ name, imported }: Binding, view: ModuleView, { stars }: Modules) {
  if (!stars.mayBind(view.name, name)) return false;
  const given = stars.origin(view.name, name)?.imported;
  return given?.name !== imported?.name || given?.target.module !== imported?.target.module;
}

export function bindingMeaning(
  binding: Binding,
  view: ModuleView,
  modules: Modules,
  depth: number,
): Meaning | null {
  const topLevel = binding.scope.kind === "module";
  if (topLevel && binding.star === null && isGivenOtherwise(binding, view, modules)) return null;
  if (binding.constantFunction !== null) {
    const node = binding.constantFunction;
    return { kind: "function", module: view.name, node, topLevel };
  }
  if (binding.constantClass !== null) {
    return { kind: "class", module: view.name, node: binding.constantClass };
  }
  const { imported } = binding;
  const isReplaced = topLevel && modules.moduleStores.has(binding.name);
  if (imported === null || modules.replacesModules || isReplaced) {
    return null;
  }
  if (imported.name === null) {
    return { kind: "module", target: imported.target };
  }
  if (imported.target.kind === "runtime") {
    return { kind: "runtime", ...runtimeHome(imported.target.module, imported.name) };
  }
  // Re-exports may run in circles.
  return imported.target.kind === "project" && depth < 20
    ? globalMeaning(imported.target.module, imported.name, modules, depth + 1)
    : null;
}

/** The names that a module reads and does not bind. */
export function* unboundNames({ table }: ModuleView): Generator<string> {
  for (const { node, name } of table.occurrences) {
    if (node.kind === "Name" && table.bindingOf.get(node) === undefined) yield name;
  }
}

/** Whether an unbound name is surely the builtin: no star import or other module gets in between. */
export function isBuiltin(name: string, view: ModuleView, modules: Modules): boolean {
  // MicroPython's compiler knows `super()` by its name.
  if (modules.openModules.has(view.name)) return name === "super";
  return (
    !modules.replacesBuiltins &&
    builtin(name) !== null &&
    !modules.moduleStores.has(name) &&
    !modules.stars.mayBind(view.name, name)
  );
}
