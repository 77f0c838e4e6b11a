/**
 * The names that boot.py and main.py find in each other: both run in `__main__`, so that each sees the globals
 * of the other which it does not bind itself. Called by `program-facts.ts`.
 */

import type { Modules } from "../module-view.js";

const ENTRIES = ["boot", "main"];
const NONE: ReadonlySet<string> = new Set();

export function sharedNames({ views }: Pick<Modules, "views">): ReadonlySet<string> {
  const entries = ENTRIES.map((name) => views.get(name));
  if (entries.includes(undefined)) return NONE;
  const names = new Set<string>();
  for (const view of entries) {
    for (const { node, name } of view?.table.occurrences ?? []) {
      if (node.kind === "Name" && view?.table.bindingOf.get(node) === undefined) names.add(name);
    }
  }
  return names;
}
