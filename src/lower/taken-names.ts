/** The JavaScript names a module's own variables take, which imports must leave alone. */
import type { ModuleContext } from "./frame.js";
import { isDirectImport } from "./import-binding.js";

export function takenNames(module: ModuleContext): ReadonlySet<string> {
  const taken = new Set<string>();
  for (const scope of module.analysis.scopes.values()) {
    for (const binding of scope.bindings.values()) {
      if (!isDirectImport(binding, module)) taken.add(binding.jsName);
    }
  }
  return taken;
}
