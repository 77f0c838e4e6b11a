/**
 * Builtins that a module mentions, be it called or not, and that see or run more than the text shows.
 * Called by `program-facts.ts`.
 */
import { isBuiltin, type Modules, type ModuleView } from "./module-view.js";

/** Builtins that see the names of a module. */
const LOOKING: ReadonlySet<string> = new Set(["dir", "getattr", "globals", "hasattr", "locals"]);

export const looksAtNames = ({ table }: ModuleView): boolean =>
  table.occurrences.some(
    ({ node, name }) =>
      LOOKING.has(name) && node.kind === "Name" && table.bindingOf.get(node) === undefined,
  );

/** `dir` of anything is called, or handed on. */
export function mayCallDir(views: ReadonlyMap<string, ModuleView>): boolean {
  return [...views.values()].some(({ table }) =>
    table.occurrences.some(
      ({ node, name }) =>
        name === "dir" && node.kind === "Name" && table.bindingOf.get(node) === undefined,
    ),
  );
}

const TEXT_BUILTINS: ReadonlySet<string> = new Set(["compile", "eval", "exec", "execfile"]);

/** Text may be compiled. */
export function mayRunText(view: ModuleView, modules: Modules): boolean {
  return view.table.occurrences.some(
    ({ node, name, scope }) =>
      TEXT_BUILTINS.has(name) &&
      !scope.isAssembly &&
      node.kind === "Name" &&
      view.table.bindingOf.get(node) === undefined &&
      isBuiltin(name, view, modules),
  );
}
