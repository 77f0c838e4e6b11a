/** Whether some `with` of the program may swallow an exception. Called by `program-facts.ts`. */
import type { Expr } from "../parser/ast.js";
import type { ModuleScan, ScannedDef } from "./facts/scan.js";
import { walk } from "./walk.js";

/** Modules whose context managers swallow exceptions. */
const SUPPRESSING: ReadonlySet<string> = new Set(["contextlib", "ucontextlib", "unittest"]);

export function suppresses(
  scans: readonly ModuleScan[],
  stored: ReadonlySet<string>,
  methods: ReadonlyMap<string, readonly ScannedDef[]>,
): boolean {
  const exits = ["__exit__", "__aexit__"];
  return (
    exits.some((name) => stored.has(name) || methods.get(name)?.some(mayReturnTrue) === true) ||
    scans.some((scan) => [...scan.importedModules].some((name) => SUPPRESSING.has(name)))
  );
}

/** `return` of anything but nothing, None or False; in nested defs too, which costs little. */
function mayReturnTrue({ node }: ScannedDef): boolean {
  const isFalse = (value: Expr): boolean =>
    value.kind === "Constant" &&
    (value.value.type === "None" || (value.value.type === "bool" && !value.value.value));
  let found = false;
  walk(node, (at) => {
    found ||= at.kind === "Return" && at.value !== null && !isFalse(at.value);
  });
  return found;
}
