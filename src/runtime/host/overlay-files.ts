/**
 * A file system whose writes leave what is below untouched: files that a program changes are copied first,
 * into memory or wherever else, and names that it removes are remembered as gone. So `mpy2ts run` and
 * `simulate` show a project's folder as the board's flash, and no program can harm its sources.
 */

import {
  type FileEntry,
  FileError,
  type FileStat,
  type Files,
  type OpenFile,
  type OpenMode,
} from "./files.js";
import { MemoryFiles } from "./memory-files.js";

const ENOENT = 2;
const EEXIST = 17;
const ENOTDIR = 20;
const EISDIR = 21;
const EINVAL = 22;
const ENOTEMPTY = 39;
const PIECE = 65_536;

const READ: OpenMode = {
  read: true,
  write: false,
  create: false,
  truncate: false,
  append: false,
  exclusive: false,
};
const WRITE: OpenMode = { ...READ, write: true, create: true, truncate: true };

export class OverlayFiles implements Files {
  /** Paths of which nothing below counts any more, nor below them. */
  private readonly gone = new Set<string>();

  /** `below` is only read; `upper` takes what is written. */
  constructor(
    private readonly below: Files,
    private readonly upper: Files = new MemoryFiles(),
  ) {}

  open(path: string, mode: OpenMode): OpenFile {
    const found = this.find(path);
    if (found?.stat.directory) throw new FileError(EISDIR);
    if (found !== undefined && mode.exclusive) throw new FileError(EEXIST);
    if (found === undefined) {
      this.checkParent(path);
      if (!mode.create) throw new FileError(ENOENT);
      this.raiseFolder(parentOf(path));
    } else if (!mode.write) {
      return found.files.open(path, mode);
    } else if (found.files === this.below) {
      this.raiseFile(path, mode.truncate);
    }
    return this.upper.open(path, mode);
  }

  stat(path: string): FileStat {
    const found = this.find(path);
    if (found !== undefined) return found.stat;
    this.checkParent(path);
    throw new FileError(ENOENT);
  }

  list(path: string): FileEntry[] {
    if (!this.stat(path).directory) throw new FileError(ENOTDIR);
    const entries = new Map<string, FileEntry>();
    if (this.shows(path) && statOf(this.below, path)?.directory) {
      for (const entry of this.below.list(path)) {
        if (!this.gone.has(join(path, entry.name))) entries.set(entry.name, entry);
      }
    }
    if (statOf(this.upper, path)?.directory) {
      for (const entry of this.upper.list(path)) entries.set(entry.name, entry);
    }
    return [...entries.values()];
  }

  remove(path: string): void {
    if (this.stat(path).directory) throw new FileError(EISDIR);
    if (statOf(this.upper, path) !== undefined) this.upper.remove(path);
    this.gone.add(key(path));
  }

  rename(from: string, to: string): void {
    for (const path of [from, to]) this.checkParent(path);
    const source = this.stat(from);
    const target = this.find(to)?.stat;
    if (key(from) === key(to)) return;
    if (target?.directory) {
      if (!source.directory) throw new FileError(EISDIR);
      throw new FileError(this.list(to).length > 0 ? ENOTEMPTY : EISDIR);
    }
    if (target !== undefined && source.directory) throw new FileError(ENOTDIR);
    if (`${key(to)}/`.startsWith(`${key(from)}/`)) throw new FileError(EINVAL);
    this.raise(from);
    this.raiseFolder(parentOf(to));
    this.upper.rename(from, to);
    this.gone.add(key(from));
    this.gone.add(key(to));
  }

  makeDirectory(path: string): void {
    if (this.find(path) !== undefined) throw new FileError(EEXIST);
    this.checkParent(path);
    this.raiseFolder(parentOf(path));
    this.upper.makeDirectory(path);
  }

  removeDirectory(path: string): void {
    if (!this.stat(path).directory) throw new FileError(ENOTDIR);
    if (this.list(path).length > 0) throw new FileError(ENOTEMPTY);
    if (statOf(this.upper, path) !== undefined) this.upper.removeDirectory(path);
    this.gone.add(key(path));
  }

  space(): ReturnType<Files["space"]> {
    return this.upper.space();
  }

  /** Which of the two has the path. */
  private find(path: string): { files: Files; stat: FileStat } | undefined {
    const above = statOf(this.upper, path);
    if (above !== undefined) return { files: this.upper, stat: above };
    const stat = this.shows(path) ? statOf(this.below, path) : undefined;
    return stat && { files: this.below, stat };
  }

  /** Whether what is below counts at this path. */
  private shows(path: string): boolean {
    for (let at = key(path); at !== ""; at = at.slice(0, at.lastIndexOf("/"))) {
      if (this.gone.has(at)) return false;
      // A file above hides a folder below.
      if (at !== key(path) && statOf(this.upper, at)?.directory === false) return false;
    }
    return true;
  }

  private checkParent(path: string): void {
    const parent = parentOf(path);
    if (parent === "") return;
    const found = this.find(parent);
    if (found === undefined) {
      this.checkParent(parent);
      throw new FileError(ENOENT);
    }
    if (!found.stat.directory) throw new FileError(ENOTDIR);
  }

  /** Makes the path one of those above, with all that is below it. */
  private raise(path: string): void {
    const found = this.find(path);
    if (found === undefined) return;
    if (!found.stat.directory) {
      if (found.files === this.below) this.raiseFile(path, false);
      return;
    }
    this.raiseFolder(path);
    for (const { name } of this.list(path)) this.raise(join(path, name));
  }

  private raiseFolder(path: string): void {
    if (key(path) === "" || statOf(this.upper, path) !== undefined) return;
    this.raiseFolder(parentOf(path));
    this.upper.makeDirectory(path);
  }

  private raiseFile(path: string, empty: boolean): void {
    this.raiseFolder(parentOf(path));
    const target = this.upper.open(path, WRITE);
    if (!empty) {
      const source = this.below.open(path, READ);
      const piece = new Uint8Array(PIECE);
      for (let count = source.read(piece); count > 0; count = source.read(piece)) {
        target.write(piece.subarray(0, count));
      }
      source.close();
    }
    target.close();
  }
}

/** A path without needless slashes; the root is "". */
function key(path: string): string {
  const names = path.split("/").filter((name) => name !== "" && name !== ".");
  return names.map((name) => `/${name}`).join("");
}

function parentOf(path: string): string {
  const whole = key(path);
  return whole.slice(0, Math.max(0, whole.lastIndexOf("/")));
}

function join(folder: string, name: string): string {
  return `${key(folder)}/${name}`;
}

function statOf(files: Files, path: string): FileStat | undefined {
  try {
    return files.stat(path === "" ? "/" : path);
  } catch (error) {
    if (error instanceof FileError) return undefined;
    throw error;
  }
}
