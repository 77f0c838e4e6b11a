/** The sources of a program in a folder on disk. Made by `project.ts` for every command. */
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join, resolve } from "node:path";
import { type ReadFiles, Unreadable } from "../program/read-files.js";
import { errorCode, errorReason } from "./system-error.js";

/** Folders that hold no firmware. */
const SKIPPED = new Set(["node_modules", "__pycache__"]);

/** Error codes that mean that there is no such file. */
const ABSENT = new Set(["ENOENT", "ENOTDIR", "EISDIR"]);

export function diskFiles(root: string): ReadFiles {
  const stat = (path: string) => statSync(resolve(root, path), { throwIfNoEntry: false });
  const quietly = <T>(look: () => T): T | undefined => {
    try {
      return look();
    } catch {
      return undefined;
    }
  };
  const isFile = (path: string) => quietly(() => stat(path)?.isFile()) ?? false;
  return {
    isFile,
    isFolder: (path) => quietly(() => stat(path)?.isDirectory()) ?? false,
    read(path) {
      try {
        return readFileSync(resolve(root, path));
      } catch (error) {
        return ABSENT.has(errorCode(error)) ? null : new Unreadable(errorReason(error));
      }
    },
    // A link may lead nowhere, or to a folder.
    pythonFiles: () => [...walk(root, "")].filter(isFile).sort(),
  };
}

/** Links to folders are not followed: they may lead back. */
function* walk(root: string, folder: string): Iterable<string> {
  for (const entry of readdirSync(join(root, folder), { withFileTypes: true })) {
    const path = folder === "" ? entry.name : `${folder}/${entry.name}`;
    if (entry.name.startsWith(".") || SKIPPED.has(entry.name)) continue;
    if (entry.isDirectory()) yield* walk(root, path);
    else if (entry.name.endsWith(".py")) yield path;
  }
}
