/**
 * Which globals are bound whenever their module runs to its end, as others find them then. Built by
 * `program-facts.ts`, before anything is known of what may raise or swallow exceptions.
 */

import type { StoreNode } from "../analysis.js";
import { boundAtEnd } from "../flow.js";
import type { ModuleView } from "../module-view.js";
import type { BindingRecord } from "../records.js";

export function settledGlobals(
  views: ReadonlyMap<string, ModuleView>,
): (module: string, name: string) => boolean {
  const ends = new Map<string, ReadonlySet<BindingRecord>>();
  const known = new Map<BindingRecord, boolean>();
  const isSettled = (binding: BindingRecord, view: ModuleView): boolean => {
    if (binding.deletes.length === 0 && isBoundByBody(binding, view)) return true;
    const end = ends.get(view.name) ?? boundAtEnd(view.ast, view.table);
    ends.set(view.name, end);
    return end.has(binding);
  };
  // Asked for every use of a global.
  return (module, name) => {
    const view = views.get(module);
    const binding = view?.table.root.bindings.get(name);
    if (view === undefined || binding === undefined) return false;
    const answer = known.get(binding) ?? isSettled(binding, view);
    known.set(binding, answer);
    return answer;
  };
}

/** An import or a definition of it stands in the body itself, also where the body never ends. */
function isBoundByBody({ stores }: BindingRecord, { ast }: ModuleView): boolean {
  return ast.body.some((statement) => {
    if (statement.kind === "Import" || statement.kind === "ImportFrom") {
      return statement.names.some((alias) => stores.includes(alias));
    }
    return stores.includes(statement as StoreNode);
  });
}
