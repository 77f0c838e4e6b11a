/**
 * The board's file system as one program sees it: the host's files with the current directory of this
 * run. Used by `open` and `os`.
 */

import { current, perContext } from "../core/context.js";
import { OSError } from "../core/exceptions.js";
import { FileError, type Files } from "../host/files.js";
import type { Host } from "../host/host.js";

const ENODEV = 19;

class FileSystem {
  directory = "/";

  constructor(readonly files: Files | null) {}

  get system(): Files {
    if (this.files === null) throw new OSError(ENODEV);
    return this.files;
  }

  /** The absolute path of `path`, without "." and "..". */
  absolute(path: string): string {
    const parts: string[] = [];
    for (const part of (path.startsWith("/") ? path : `${this.directory}/${path}`).split("/")) {
      if (part === "..") parts.pop();
      else if (part !== "" && part !== ".") parts.push(part);
    }
    return `/${parts.join("/")}`;
  }
}

export const fileSystem = perContext(() => new FileSystem((current().host as Host).files));

/** Runs an operation; its FileError becomes Python's OSError. */
export function withErrno<T>(operation: () => T): T {
  try {
    return operation();
  } catch (error) {
    if (error instanceof FileError) throw new OSError(error.errno);
    throw error;
  }
}
