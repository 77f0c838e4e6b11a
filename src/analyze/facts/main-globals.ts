/**
 * The globals that boot.py and main.py both set and of which one sees what the other has given them: both
 * run in `__main__`, where there is one of each name. Called by `program-facts.ts`; `lower/variable.ts` keeps
 * them in one place.
 */

import type { ImportedName } from "../analysis.js";
import { reachability } from "../flow.js";
import type { ModuleView } from "../module-view.js";
import type { BindingRecord } from "../records.js";

const NONE: ReadonlySet<string> = new Set();

export const isMainModule = (module: string): boolean => module === "boot" || module === "main";

export function mainGlobals(views: ReadonlyMap<string, ModuleView>): ReadonlySet<string> {
  const [boot, main] = [views.get("boot"), views.get("main")];
  if (boot === undefined || main === undefined) return NONE;
  const common = [...main.table.root.bindings.values()].filter(isCommon(boot, main));
  return new Set(common.map(({ name }) => name));
}

function isCommon(boot: ModuleView, main: ModuleView): (binding: BindingRecord) => boolean {
  const { unbound } = reachability(main.ast, main.table, true);
  return ({ name, imported, loads, deletes }) => {
    const before = boot.table.root.bindings.get(name);
    if (before === undefined || isSame(before.imported, imported)) return false;
    return before.captured || deletes.length > 0 || loads.some((load) => unbound.has(load));
  };
}

/** Both import the same thing, and it makes no difference whose it is. */
function isSame(one: ImportedName | null, other: ImportedName | null): boolean {
  if (one === null || other === null || one.name !== other.name) return false;
  const [a, b] = [one.target, other.target];
  return a.kind !== "unknown" && a.kind === b.kind && a.module === b.module;
}
