/**
 * The board's own file system as one program sees it: the host's files with the current directory of
 * this run. `VfsPosix` shows it to Python.
 */

import { current, perContext } from "../core/context.js";
import { OSError } from "../core/exception/exceptions.js";
import { FileError, type Files } from "../host/files.js";
import type { Host } from "../host/host.js";

const ENODEV = 19;
const ENOTDIR = 20;

class FileSystem {
  private directory = "/";

  constructor(readonly files: Files | null) {}

  get system(): Files {
    if (this.files === null) throw new OSError(ENODEV);
    return this.files;
  }

  /** The absolute path of `path`, without "." and ".."; nothing is above "/". */
  absolute(path: string): string {
    const parts: string[] = [];
    for (const part of (path.startsWith("/") ? path : `${this.directory}/${path}`).split("/")) {
      if (part === "..") parts.pop();
      else if (part !== "" && part !== ".") parts.push(part);
    }
    return `/${parts.join("/")}`;
  }

  /** The current directory; raises ENOENT when it has been removed. */
  get cwd(): string {
    const { directory } = this;
    if (directory !== "/") withErrno(() => this.system.stat(directory));
    return directory;
  }

  /** Changes the current directory to an absolute path. */
  enter(directory: string): void {
    if (directory !== "/" && !withErrno(() => this.system.stat(directory)).directory) {
      throw new OSError(ENOTDIR);
    }
    this.directory = directory;
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
