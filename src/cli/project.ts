/**
 * The `<folder|file>` argument: where the sources are, which file is the entry, and how paths are
 * shown. Every command opens its project here.
 */
import { realpathSync, statSync } from "node:fs";
import { basename, delimiter, dirname, isAbsolute, join, resolve } from "node:path";
import { diagnostic } from "../diagnostics/catalog.js";
import type { Diagnostic } from "../diagnostics/diagnostic.js";
import type { ProgramOptions } from "../program.js";
import { diskFiles } from "./disk-files.js";
import { errorCode, errorReason } from "./system-error.js";

export interface Project
  extends Required<
    Pick<ProgramOptions, "files" | "entry" | "searchPath" | "shownPath" | "tracePath">
  > {
  /** Absolute path of the folder that holds the sources. */
  readonly root: string;
  /** As the user wrote it. */
  readonly target: string;
}

/** A folder, or a file that is the entry of the folder around it. */
export function openProject(target: string): Project | Diagnostic {
  let isFolder: boolean;
  try {
    isFolder = statSync(target).isDirectory();
  } catch (error) {
    const missing = errorCode(error) === "ENOENT" || errorCode(error) === "ENOTDIR";
    return missing
      ? diagnostic("MPY5001", { path: target }, target, null)
      : diagnostic("MPY5002", { path: target, reason: errorReason(error) }, target, null);
  }
  const folder = isFolder ? target : dirname(target);
  const root = realpathSync(folder);
  const entry = isFolder ? null : basename(target);
  return {
    target,
    root,
    entry,
    files: diskFiles(root),
    searchPath: ["lib", ...micropyPath()],
    shownPath: (path) => (isAbsolute(path) ? path : join(folder, path)),
    tracePath: entry === null ? (path) => path : (path) => tracePath(path, entry, target, root),
  };
}

/**
 * As the unix port names files: the program as it was given, what it imports by absolute path. The
 * files of a folder are named as they would be on a board instead, relative to its root.
 */
function tracePath(path: string, entry: string, target: string, root: string): string {
  return path === entry ? target : resolve(root, path);
}

/** Further search folders, by the environment variable that the unix port has for them. */
function micropyPath(): string[] {
  const folders = (process.env.MICROPYPATH ?? "").split(delimiter);
  return folders
    .filter((folder) => folder !== "" && folder !== ".frozen")
    .map((folder) => resolve(folder));
}
