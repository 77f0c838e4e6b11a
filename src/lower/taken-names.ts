/** The JavaScript names that imports must leave alone: what a module's own variables take, and words. */
import { RESERVED } from "../analyze/js-names.js";
import type { ModuleContext } from "./frame.js";
import { isDirectImport } from "./import-binding.js";

export function takenNames(module: ModuleContext): ReadonlySet<string> {
  const taken = new Set<string>(RESERVED);
  for (const scope of module.analysis.scopes.values()) {
    for (const binding of scope.bindings.values()) {
      if (!isDirectImport(binding, module)) taken.add(binding.jsName);
    }
  }
  return taken;
}
