/** What packages bind beside their submodules. Called by `program-facts.ts`. */
import type { DefinesGlobal } from "./imports.js";
import type { FactsModule } from "./program-facts.js";
import { buildScopes } from "./scopes.js";

/** Functions and classes of packages that importing a submodule of that name replaces. */
export function namesOfSubmodules(modules: readonly FactsModule[]): ReadonlySet<string> {
  const packages = new Map(modules.map((module) => [module.name, module]));
  const replaced = new Set<string>();
  for (const { name } of modules) {
    const dot = name.lastIndexOf(".");
    const last = name.slice(dot + 1);
    const body = packages.get(name.slice(0, Math.max(dot, 0)))?.ast.body ?? [];
    if (body.some((statement) => "name" in statement && statement.name === last)) {
      replaced.add(last);
    }
  }
  return replaced;
}

/** Whether the `__init__.py` of a package may bind that global itself. */
export function packageGlobals(modules: readonly FactsModule[]): DefinesGlobal {
  const packages = modules.filter(({ isPackage }) => isPackage);
  const roots = new Map(packages.map(({ name, ast }) => [name, buildScopes(ast).root]));
  return (module, name) => {
    const root = roots.get(module);
    return root !== undefined && (root.usesDynamicNames || root.bindings.has(name));
  };
}
