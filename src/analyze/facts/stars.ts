/**
 * What star imports bind. `mayBind` says no only where that is sure; `origin` names the one thing a
 * name means, which the analysis then treats as if it were imported by name. Built by
 * `program-facts.ts` before names are resolved for good.
 */
import type { Alias, Module } from "../../parser/ast.js";
import type { ImportedName, ImportTarget } from "../analysis.js";
import type { ResolveImport } from "../imports.js";
import type { ModuleView } from "../module-view.js";
import { isPartial, runtimeExport } from "../tables/runtime-modules.js";
import { walk } from "../walk.js";

export interface StarImports {
  /** Some star import of the module may bind the name, again or for the first time. */
  readonly mayBind: (module: string, name: string) => boolean;
  readonly origin: (module: string, name: string) => StarOrigin | null;
}

export interface StarOrigin {
  readonly imported: ImportedName;
  /** The `*` that binds it. */
  readonly alias: Alias;
}

interface Star {
  readonly alias: Alias;
  readonly target: ImportTarget;
  readonly unconditional: boolean;
}

export interface StarModule {
  readonly name: string;
  readonly ast: Module;
  readonly resolveImport: ResolveImport;
}

/** Re-exports of re-exports, which may run in circles. */
const MAX_DEPTH = 8;

/**
 * `viewOf`: the module with its own names resolved, star imports aside. `isStable`: the global is
 * bound once and surely by the end of the module.
 */
export function starImports(
  modules: readonly StarModule[],
  viewOf: (module: string) => ModuleView | undefined,
  isStable: (module: string, name: string) => boolean,
): StarImports {
  const stars = new Map(modules.map((module) => [module.name, starsOf(module)]));

  const provides = (target: ImportTarget, name: string, depth: number): boolean => {
    if (target.kind !== "project") {
      return target.kind === "runtime" && runtimeExport(target.module, name) !== null;
    }
    const view = viewOf(target.module);
    return (
      view === undefined ||
      view.table.root.bindings.has(name) ||
      depth > MAX_DEPTH ||
      (stars.get(target.module) ?? []).some((star) => provides(star.target, name, depth + 1))
    );
  };
  // `__all__` may name anything, private names too.
  const isPublic = (name: string, { target }: Star): boolean =>
    !name.startsWith("_") || (target.kind === "project" && provides(target, "__all__", 0));

  const providers = (module: string, name: string): readonly Star[] =>
    (stars.get(module) ?? []).filter(
      (star) => isPublic(name, star) && provides(star.target, name, 0),
    );

  const originOf = (module: string, name: string, depth: number): StarOrigin | null => {
    const [star, ...others] = providers(module, name);
    const all = stars.get(module) ?? [];
    if (
      star === undefined ||
      others.length > 0 ||
      depth > MAX_DEPTH ||
      !all.every((one) => one.unconditional && one.target.kind !== "unknown")
    ) {
      return null;
    }
    const imported = definition({ target: star.target, name }, depth);
    return imported === null ? null : { imported, alias: star.alias };
  };

  /** Follows re-exports to where the name is bound to something of its own. */
  const definition = ({ target, name }: ImportedName, depth: number): ImportedName | null => {
    if (target.kind !== "project" || name === null) {
      // What only some boards have may be nothing at all.
      const isCertain =
        target.kind !== "runtime" || name === null || !isPartial(target.module, name);
      return target.kind === "unknown" || !isCertain ? null : { target, name };
    }
    const binding = viewOf(target.module)?.table.root.bindings.get(name);
    if (provides(target, "__all__", 0) || depth > MAX_DEPTH) {
      return null;
    }
    if (binding === undefined) {
      return originOf(target.module, name, depth + 1)?.imported ?? null;
    }
    if (!isStable(target.module, name) || providers(target.module, name).length > 0) {
      return null;
    }
    return binding.imported === null ? { target, name } : definition(binding.imported, depth + 1);
  };

  return {
    mayBind: (module, name) => providers(module, name).length > 0,
    origin: (module, name) => originOf(module, name, 0),
  };
}

function starsOf({ ast, resolveImport }: StarModule): readonly Star[] {
  const stars: Star[] = [];
  const topLevel = new Set<unknown>(ast.body);
  walk(ast, (node) => {
    if (node.kind === "ImportFrom") {
      for (const alias of node.names) {
        if (alias.name === "*") {
          const target = resolveImport(node.module, node.level);
          stars.push({ alias, target, unconditional: topLevel.has(node) });
        }
      }
    }
  });
  return stars;
}
