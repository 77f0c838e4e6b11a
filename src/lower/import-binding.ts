/**
 * Decides which imported names are plain ES imports. Called by `expressions/name.ts` for reads, by
 * `statements/import.ts` for the import itself and by `module.ts` for declarations.
 *
 * ES imports only load code and cannot be rebound, so a name is one only where Python's import
 * cannot leave it unbound or give it another value; otherwise it is a variable set by the import.
 */
import type { Binding } from "../analyze/analysis.js";
import { runtimeHome } from "../analyze/tables/runtime-modules.js";
import * as js from "../emit/build.js";
import type { Expression } from "../emit/tree.js";
import type { Frame, ModuleContext } from "./frame.js";

/** The ES import behind a name, or null where the name is a variable. */
export function importedValue(binding: Binding, frame: Frame): Expression | null {
  if (!isDirectImport(binding, frame.module)) return null;
  const { target, name } = binding.imported as NonNullable<Binding["imported"]>;
  if (name !== null && target.kind === "runtime") {
    const home = runtimeHome(target.module, name);
    return js.imported(`module:${home.module}`, home.name, binding.jsName);
  }
  const from = `${target.kind === "runtime" ? "module" : "project"}:${target.module}`;
  if (name !== null) {
    const exported = frame.module.exportName(target.module, name);
    return exported === null ? null : js.imported(from, exported, binding.jsName);
  }
  return target.kind === "runtime"
    ? js.rtCall("asModule", js.imported(from, "*"), js.literal(target.module))
    : js.imported(from, "default");
}

export function isDirectImport(binding: Binding, module: ModuleContext): boolean {
  const { imported } = binding;
  if (imported === null || binding.mayBeUnbound || binding.deletes.length > 0) return false;
  if (binding.kind === "class") return false;
  if (module.snippet !== null || isStoredElsewhere(binding, module)) return false;
  if (module.analysis.context.facts.replacesModules) return false;
  const { target, name } = imported;
  if (target.kind === "unknown" || isSeenUnbound(binding, module)) return false;
  if (name === null) return true;
  return module.hasExport(target, name);
}

/** The import may not have run when others look at the module. */
function isSeenUnbound({ kind, name }: Binding, module: ModuleContext): boolean {
  const { facts } = module.analysis.context;
  if (kind !== "global" || facts.isSettled(module.name, name)) return false;
  return mayBeLookedUp(name, module);
}

/** Whether some code may ask the module for a name that it has imported. */
export function mayBeLookedUp(name: string, module: ModuleContext): boolean {
  const { facts } = module.analysis.context;
  return (
    !module.facts ||
    !facts.closedWorld ||
    facts.modulesEscape ||
    facts.loadedAttributes.has(name) ||
    facts.loadedAttributes.has("__dict__") ||
    module.analysis.moduleScope.usesDynamicNames ||
    facts.looksNamesUp ||
    facts.calledAttributes.has(name) ||
    facts.sharedNames.has(name) ||
    [...facts.views.values()].some((view) =>
      view.imports.some(
        (row) => row.target.module === module.name && (row.name === "*" || row.name === name),
      ),
    )
  );
}

/** Other modules, or text given to `exec`, may give the name another value. */
function isStoredElsewhere(
  { kind, name }: Binding,
  { analysis, name: module }: ModuleContext,
): boolean {
  return kind === "global" && analysis.context.facts.surroundings(module).storedElsewhere(name);
}
