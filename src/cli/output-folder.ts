/**
 * Writes the outputs of a build so that a reader never meets a half-written or a left-over one: all
 * contents go to temporary files first, then each is renamed into place, and what an earlier build
 * made and this one did not is removed. Used by `build` and `watch`.
 */
import { mkdirSync, readFileSync, renameSync, rmdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { diagnostic } from "../diagnostics/catalog.js";
import type { Diagnostic } from "../diagnostics/diagnostic.js";
import { errorReason } from "./system-error.js";

/** Lists the outputs of the last build, so that only those are ever removed. */
const MANIFEST = ".mpy2ts.json";

export interface Outputs {
  /** By path relative to the output folder. */
  readonly files: ReadonlyMap<string, string>;
  /** Written only where there is none: they are the user's from then on. */
  readonly once: ReadonlyMap<string, string>;
}

/** Brings the folder up to date; returns the error that stopped it, if any. */
export function writeOutputs(folder: string, outputs: Outputs): Diagnostic | null {
  const changed = new Map<string, string>();
  for (const [path, text] of outputs.files)
    if (read(join(folder, path)) !== text) changed.set(path, text);
  for (const [path, text] of outputs.once)
    if (read(join(folder, path)) === null) changed.set(path, text);
  const old = manifest(folder);
  const kept = [...outputs.files.keys()].sort();
  if (kept.join() !== old.join())
    changed.set(MANIFEST, `${JSON.stringify({ outputs: kept }, null, 2)}\n`);

  const temporary = new Map<string, string>();
  let current = folder;
  try {
    for (const [path, text] of changed) {
      current = join(folder, path);
      mkdirSync(dirname(current), { recursive: true });
      const scratch = `${current}.${process.pid}.tmp`;
      temporary.set(scratch, current);
      writeFileSync(scratch, text);
    }
    for (const [scratch, path] of temporary) {
      current = path;
      renameSync(scratch, path);
      temporary.delete(scratch);
    }
    for (const path of old.filter((other) => !outputs.files.has(other))) {
      current = join(folder, path);
      rmSync(current, { force: true });
      removeEmptyFolders(folder, dirname(path));
    }
    return null;
  } catch (error) {
    for (const scratch of temporary.keys()) rmSync(scratch, { force: true });
    return diagnostic("MPY5004", { path: current, reason: errorReason(error) }, current, null);
  }
}

function read(path: string): string | null {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return null;
  }
}

function manifest(folder: string): string[] {
  try {
    const { outputs } = JSON.parse(read(join(folder, MANIFEST)) ?? "{}") as { outputs?: unknown };
    return Array.isArray(outputs) ? outputs.filter((path) => isInside(path)) : [];
  } catch {
    return [];
  }
}

/** A manifest that was tampered with must not remove files elsewhere. */
function isInside(path: unknown): path is string {
  return typeof path === "string" && !path.startsWith("/") && !path.split("/").includes("..");
}

function removeEmptyFolders(folder: string, path: string): void {
  for (let at = path; at !== "."; at = dirname(at)) {
    try {
      rmdirSync(join(folder, at));
    } catch {
      return;
    }
  }
}
