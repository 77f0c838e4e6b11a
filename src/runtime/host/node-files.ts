/**
 * The board's file system over a folder of the host, and never outside of it: a path that leaves the
 * folder through a symbolic link does not exist.
 */

import {
  closeSync,
  constants,
  fstatSync,
  fsyncSync,
  ftruncateSync,
  mkdirSync,
  openSync,
  readdirSync,
  readSync,
  realpathSync,
  renameSync,
  rmdirSync,
  statfsSync,
  statSync,
  unlinkSync,
  writeSync,
} from "node:fs";
import { basename, dirname, join, sep } from "node:path";
import {
  type FileEntry,
  FileError,
  type FileStat,
  type Files,
  type OpenFile,
  type OpenMode,
} from "./files.js";

const ENOENT = 2;
const EINVAL = 22;
const EIO = 5;

/** MicroPython's errno is Linux's; Node says it as a negative number on POSIX and by name everywhere. */
const BY_NAME: Readonly<Record<string, number>> = {
  EPERM: 1,
  ENOENT,
  EIO,
  EBADF: 9,
  EACCES: 13,
  EEXIST: 17,
  ENOTDIR: 20,
  EISDIR: 21,
  EINVAL,
  ENOSPC: 28,
  EROFS: 30,
  ENAMETOOLONG: 36,
  ENOTEMPTY: 39,
};

function attempt<T>(operation: () => T): T {
  try {
    return operation();
  } catch (error) {
    if (error instanceof FileError) throw error;
    const { code } = error as NodeJS.ErrnoException;
    if (code === undefined) throw error;
    throw new FileError(BY_NAME[code] ?? EIO);
  }
}

class NodeFile implements OpenFile {
  private position = 0;

  constructor(
    private readonly fd: number,
    private readonly append: boolean,
  ) {
    if (append) this.position = fstatSync(fd).size;
  }

  read(buffer: Uint8Array): number {
    const count = attempt(() => readSync(this.fd, buffer, 0, buffer.length, this.position));
    this.position += count;
    return count;
  }

  write(data: Uint8Array): number {
    if (this.append) this.position = fstatSync(this.fd).size;
    let written = 0;
    while (written < data.length) {
      const at = this.append ? null : this.position;
      const count = attempt(() => writeSync(this.fd, data, written, data.length - written, at));
      written += count;
      this.position += count;
    }
    return written;
  }

  seek(offset: number, whence: 0 | 1 | 2): number {
    const base = whence === 0 ? 0 : whence === 1 ? this.position : fstatSync(this.fd).size;
    if (base + offset < 0) throw new FileError(EINVAL);
    this.position = base + offset;
    return this.position;
  }

  truncate(size: number): void {
    attempt(() => ftruncateSync(this.fd, size));
  }

  flush(): void {
    attempt(() => fsyncSync(this.fd));
  }

  close(): void {
    attempt(() => closeSync(this.fd));
  }
}

export class NodeFiles implements Files {
  private readonly root: string;

  constructor(root: string) {
    this.root = realpathSync(root);
  }

  open(path: string, mode: OpenMode): OpenFile {
    const access = mode.write ? (mode.read ? constants.O_RDWR : constants.O_WRONLY) : 0;
    const flags =
      access |
      (mode.create ? constants.O_CREAT : 0) |
      (mode.truncate ? constants.O_TRUNC : 0) |
      (mode.append ? constants.O_APPEND : 0) |
      (mode.exclusive ? constants.O_EXCL : 0);
    const fd = attempt(() => openSync(this.place(path), flags, 0o644));
    if (fstatSync(fd).isDirectory()) {
      closeSync(fd);
      throw new FileError(BY_NAME.EISDIR as number);
    }
    return new NodeFile(fd, mode.append);
  }

  stat(path: string): FileStat {
    const found = attempt(() => statSync(this.place(path)));
    const directory = found.isDirectory();
    return {
      directory,
      size: directory ? 0 : found.size,
      modified: found.mtimeMs,
      inode: found.ino,
    };
  }

  list(path: string): FileEntry[] {
    const folder = this.place(path);
    return attempt(() =>
      readdirSync(folder, { withFileTypes: true }).map((entry) => {
        const directory = entry.isDirectory();
        const size = directory ? 0 : (statSync(join(folder, entry.name), quiet)?.size ?? 0);
        return { name: entry.name, directory, size };
      }),
    );
  }

  remove(path: string): void {
    attempt(() => {
      const place = this.place(path);
      if (statSync(place).isDirectory()) throw new FileError(BY_NAME.EISDIR as number);
      unlinkSync(place);
    });
  }

  rename(from: string, to: string): void {
    attempt(() => renameSync(this.place(from), this.place(to)));
  }

  makeDirectory(path: string): void {
    attempt(() => mkdirSync(this.place(path)));
  }

  removeDirectory(path: string): void {
    attempt(() => rmdirSync(this.place(path)));
  }

  space(): { blockSize: number; blocks: number; free: number; nameMax: number } {
    const { bsize, blocks, bavail } = attempt(() => statfsSync(this.root));
    return { blockSize: bsize, blocks, free: bavail, nameMax: 255 };
  }

  /** Where a path of the board is on the host. */
  private place(path: string): string {
    const place = join(this.root, ...path.split("/"));
    if (place === this.root || place === `${this.root}${sep}`) return this.root;
    const folder = attempt(() => realpathSync(dirname(place)));
    const whole = resolved(join(folder, basename(place)));
    if (whole !== this.root && !whole.startsWith(this.root + sep)) throw new FileError(ENOENT);
    return whole;
  }
}

const quiet = { throwIfNoEntry: false } as const;

/** The real path of a file that need not exist. */
function resolved(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return path;
  }
}
