/**
 * Brings compiled modules into this process. Node loads ES modules from files alone, so they pass
 * through a temporary folder that is gone again before the program starts. Used by `run`.
 */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import type { ProgramModule, ProgramResult } from "../program.js";
import { registerSourceMap } from "../runtime/core/exception/traceback.js";
import type { ProjectModule } from "../runtime/core/module/module.js";

export interface LoadedProgram {
  /** What is run, in order. */
  readonly entries: readonly ProjectModule[];
  /** All of them: packages are found here when a submodule is imported. */
  readonly modules: readonly ProjectModule[];
}

/** Where this package's own runtime is, for modules that lie outside of any package. */
export function ownRuntime(specifier: string): string {
  const path = specifier
    .replace(/^mpy2ts\/runtime$/, "runtime/index")
    .replace(/^mpy2ts\/modules/, "runtime/modules");
  return new URL(`../${path}.js`, import.meta.url).href;
}

export async function loadProgram(result: ProgramResult): Promise<LoadedProgram> {
  const folder = mkdtempSync(join(tmpdir(), "mpy2ts-"));
  try {
    writeFileSync(join(folder, "package.json"), '{ "type": "module" }');
    const urls = new Map(result.modules.map((module) => [module, place(module, folder)]));
    const loaded = new Map<ProgramModule, ProjectModule>();
    // One after the other: Jest's loader is confused by imports that share what they import.
    for (const [module, url] of urls) loaded.set(module, (await import(url)).default);
    const entries = result.entries.map((entry) => loaded.get(entry) as ProjectModule);
    return { entries, modules: [...loaded.values()] };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Writes a module; its URL. */
function place({ output, js }: ProgramModule, folder: string): string {
  const file = join(folder, `${output}.js`);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, js.code);
  const { href } = pathToFileURL(file);
  registerSourceMap(href, js.map);
  return href;
}
