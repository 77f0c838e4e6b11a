/** Python files on the board's file system, for imports that are known at run time only. */

import type { ModuleSource } from "../core/file-module.js";
import { decodeUtf8 } from "../core/utf8.js";
import type { Value } from "../core/values.js";
import { FileError, type FileStat } from "../host/files.js";
import { openFile } from "./file.js";
import { fileSystem } from "./file-system.js";

/** The package or module at a path without extension; a folder wins over a file of its name. */
export function sourceAt(path: string): ModuleSource | undefined {
  const init = `${path}/__init__.py`;
  if (stat(path)?.directory) return source(isFile(init) ? init : null, path);
  return isFile(`${path}.py`) ? source(`${path}.py`, null) : undefined;
}

function source(file: string | null, folder: string | null): ModuleSource {
  return { file, folder, read: () => decodeUtf8((openFile(file, "rb") as Value).read()) };
}

const isFile = (path: string): boolean => stat(path)?.directory === false;

function stat(path: string): FileStat | undefined {
  const system = fileSystem();
  try {
    return system.files?.stat(system.absolute(path));
  } catch (error) {
    if (error instanceof FileError) return undefined;
    throw error;
  }
}
