/**
 * The names that boot.py and main.py find in each other: both run in `__main__`, so that each sees the globals
 * of the other which it does not bind itself. Called by `program-facts.ts`.
 */

import { type Modules, unboundNames } from "../module-view.js";

const NONE: ReadonlySet<string> = new Set();

export function sharedNames({ views }: Pick<Modules, "views">): ReadonlySet<string> {
  const [boot, main] = [views.get("boot"), views.get("main")];
  if (boot === undefined || main === undefined) return NONE;
  return new Set([...unboundNames(boot), ...unboundNames(main)]);
}
