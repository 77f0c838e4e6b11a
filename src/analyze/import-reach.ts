/** Which modules the import of another one can lead to. Called by `program-facts.ts`. */
import type { ModuleView } from "./module-view.js";

export function importReachability(
  views: ReadonlyMap<string, ModuleView>,
): (from: string, to: string) => boolean {
  const direct = new Map<string, Set<string>>();
  for (const view of views.values()) {
    const targets = new Set<string>();
    for (const { target, binding } of view.imports) {
      for (const one of [target, binding?.imported?.target]) {
        if (one?.kind === "project") {
          // A module brings its packages with it.
          const parts = one.module.split(".");
          for (let n = 1; n <= parts.length; n++) {
            targets.add(parts.slice(0, n).join("."));
          }
        }
      }
    }
    direct.set(view.name, targets);
  }
  const reached = new Map<string, ReadonlySet<string>>();
  const from = (start: string): ReadonlySet<string> => {
    const known = reached.get(start);
    if (known !== undefined) {
      return known;
    }
    const seen = new Set([start]);
    const stack = [start];
    for (let at = stack.pop(); at !== undefined; at = stack.pop()) {
      for (const next of direct.get(at) ?? []) {
        if (!seen.has(next)) {
          seen.add(next);
          stack.push(next);
        }
      }
    }
    reached.set(start, seen);
    return seen;
  };
  return (start, to) => from(start).has(to);
}
