/** Maps the name of a Python builtin to the runtime's export; called by `expressions/name.ts`. */
import { BUILTINS } from "../analyze/tables/builtins.js";
import type * as Runtime from "../runtime/index.js";

/** Builtins whose Python name cannot be an identifier of an ES module or means another thing there. */
const RENAMED: Readonly<Record<string, keyof typeof Runtime>> = {
  object: "PyObject",
  super: "superOf",
};

/** Builtins that are other functions in each module: as values the runtime makes them. */
const PLACED: ReadonlySet<string> = new Set(["exec", "eval", "execfile", "globals", "locals"]);

/** The export of the runtime that is this builtin, or null where it has none. */
export function runtimeName(name: string): keyof typeof Runtime | null {
  if (PLACED.has(name)) return null;
  if (Object.hasOwn(RENAMED, name)) return RENAMED[name] as keyof typeof Runtime;
  return Object.hasOwn(BUILTINS, name) ? (name as keyof typeof Runtime) : null;
}
