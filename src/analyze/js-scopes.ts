/**
 * Chooses JavaScript names so that no variable hides another one that code inside its scope needs
 * (`global x` below a local `x`). Called by `scopes.ts` once all occurrences have bindings.
 */
import { propertyName, variableName } from "./js-names.js";
import type { BindingRecord, ScopeRecord } from "./records.js";

export function assignJsNames(root: ScopeRecord): void {
  const needed = outerBindings(root);
  const visit = (scope: ScopeRecord): void => {
    const taken = new Set<string>();
    for (const binding of needed.get(scope) ?? []) {
      taken.add(binding.jsName);
    }
    for (const binding of scope.bindings.values()) {
      if (scope.kind === "class") {
        binding.jsName = propertyName(binding.name);
        continue;
      }
      const base = variableName(binding.name);
      let name = base;
      for (let n = 1; taken.has(name); n++) {
        name = `${base}$${n}`;
      }
      taken.add(name);
      binding.jsName = name;
    }
    scope.children.forEach(visit);
  };
  visit(root);
}

/** For each scope the bindings of outer scopes that it or a scope within it refers to. */
function outerBindings(root: ScopeRecord): ReadonlyMap<ScopeRecord, Set<BindingRecord>> {
  const needed = new Map<ScopeRecord, Set<BindingRecord>>();
  const visit = (owner: ScopeRecord): void => {
    for (const binding of owner.bindings.values()) {
      for (const occurrence of binding.occurrences) {
        for (let at = occurrence.scope; at !== owner && at.parent !== null; at = at.parent) {
          const set = needed.get(at) ?? new Set();
          needed.set(at, set.add(binding));
        }
      }
    }
    owner.children.forEach(visit);
  };
  visit(root);
  return needed;
}
