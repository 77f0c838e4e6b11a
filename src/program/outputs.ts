/**
 * Where the modules go: output paths, the specifiers by which one imports another, and collisions
 * between them. Called by `program.ts` for builds and by `cli/` for the files it writes.
 */
import { diagnostic } from "../diagnostics/catalog.js";
import type { Diagnostic } from "../diagnostics/diagnostic.js";
import type { GraphModule } from "./graph.js";

/** Path of a module's output without extension: the tree is mirrored, `__init__` becomes `index`. */
export function outputPath(path: string): string {
  // A module from a search folder outside the project keeps its own folder name only.
  const inside = path.startsWith("/") ? `path${path}` : path;
  return inside.replace(/__init__\.py$/, "index").replace(/\.py$/, "");
}

/** How the module at `from` imports the module at `to`, both output paths; without extension. */
export function relativeSpecifier(from: string, to: string): string {
  const base = from.split("/").slice(0, -1);
  const target = to.split("/");
  let shared = 0;
  while (shared < base.length && base[shared] === target[shared]) shared++;
  const up = "../".repeat(base.length - shared);
  return `${up === "" ? "./" : up}${target.slice(shared).join("/")}`;
}

/** Modules that could not stand beside each other once written, also where case does not count. */
export function collisions(
  modules: readonly GraphModule[],
  shownPath: (path: string) => string,
): Diagnostic[] {
  const found: Diagnostic[] = [];
  const byOutput = new Map<string, string>();
  const packages = new Map<string, string>();
  for (const { path, isPackage, name } of modules) if (isPackage) packages.set(name, path);
  for (const { path, isPackage, name } of modules) {
    const output = outputPath(path);
    const key = output.toLowerCase();
    const first = byOutput.get(key);
    const folder = isPackage ? undefined : packages.get(name);
    if (first !== undefined) {
      const args = { first: shownPath(first), second: shownPath(path), output: `${output}.ts` };
      found.push(diagnostic("MPY3002", args, shownPath(path), null));
    } else if (folder !== undefined) {
      const args = { file: shownPath(path), package: shownPath(folder), module: name };
      found.push(diagnostic("MPY3006", args, shownPath(path), null));
    }
    byOutput.set(key, path);
  }
  return found;
}
