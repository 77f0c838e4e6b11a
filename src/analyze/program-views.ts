/**
 * Resolves the names of all modules of a program. What a star import binds depends on other modules,
 * so those that have one are looked at twice. Called by `program-facts.ts`.
 */
import { settledGlobals } from "./facts/settled.js";
import { type StarImports, type StarModule, starImports } from "./facts/stars.js";
import type { DefinesGlobal } from "./imports.js";
import { type ModuleView, viewModule } from "./module-view.js";
import type { Surroundings } from "./scopes.js";

export interface ProgramViews {
  readonly views: ReadonlyMap<string, ModuleView>;
  readonly stars: StarImports;
  readonly surroundings: (module: string) => Surroundings;
}

export function viewProgram(
  modules: readonly StarModule[],
  storedElsewhere: (module: string, name: string) => boolean,
  defines: DefinesGlobal,
  replacesClasses: boolean,
): ProgramViews {
  const view = ({ name, ast, resolveImport }: StarModule, surroundings: Surroundings) =>
    viewModule(name, ast, resolveImport, surroundings, defines);
  const views = new Map(
    modules.map((module) => [
      module.name,
      view(module, {
        storedElsewhere: (name) => storedElsewhere(module.name, name),
        starOrigin: () => null,
        replacesClasses,
      }),
    ]),
  );
  const first = new Map(views);
  const isSettled = settledGlobals(first);
  const isStable = (module: string, name: string): boolean =>
    first.get(module)?.table.root.bindings.get(name)?.rebound === false && isSettled(module, name);
  const stars = starImports(modules, (module) => first.get(module), isStable);
  const surroundings = (module: string): Surroundings => ({
    storedElsewhere: (name) => storedElsewhere(module, name) || stars.mayBind(module, name),
    starOrigin: (name) => (storedElsewhere(module, name) ? null : stars.origin(module, name)),
    replacesClasses,
  });
  for (const module of modules) {
    if (first.get(module.name)?.imports.some((row) => row.name === "*") === true) {
      views.set(module.name, view(module, surroundings(module.name)));
    }
  }
  return { views, stars, surroundings };
}
