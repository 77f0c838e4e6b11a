/** Checks where a build shall write before anything is compiled. Used by `build` and `watch`. */
import { realpathSync, statSync } from "node:fs";
import { basename, dirname, join, resolve, sep } from "node:path";
import { diagnostic } from "../diagnostics/catalog.js";
import type { Diagnostic } from "../diagnostics/diagnostic.js";
import type { Project } from "./project.js";

/** The reason why `out` cannot take the outputs of the project, or null. */
export function outputProblem(project: Project, out: string): Diagnostic | null {
  const place = realPath(resolve(out));
  // Only a folder is searched for sources; outputs beside a single program are in nobody's way.
  if (project.entry === null && `${place}${sep}`.startsWith(`${project.root}${sep}`)) {
    return diagnostic("MPY3003", { output: out, source: project.target }, project.target, null);
  }
  return isSomethingElse(place) ? diagnostic("MPY5006", { path: out }, out, null) : null;
}

/** There is something that is no folder; what stands in the way further up shows when writing. */
function isSomethingElse(path: string): boolean {
  try {
    return !statSync(path).isDirectory();
  } catch {
    return false;
  }
}

/** With all links resolved, also of a path whose last parts do not exist yet. */
function realPath(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    const parent = dirname(path);
    return parent === path ? path : join(realPath(parent), basename(path));
  }
}
