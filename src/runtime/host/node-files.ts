/**
 * The board's file system over a folder of the host, and never outside of it: a path that leaves the
 * folder through a symbolic link does not exist.
 */

import {
  closeSync,
  constants,
  fstatSync,
  fsyncSync,
  lstatSync,
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
import { join, sep } from "node:path";
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
  ELOOP: 40,
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

/** Small reads are served from a piece of this size. */
const PIECE = 4096;

/** What the files of one folder share. */
interface Shared {
  /** Counts writes, after which what was read before may be old. */
  writes: number;
  /** Closes the files that a program forgot to close. */
  readonly dropped: FinalizationRegistry<number>;
}

class NodeFile implements OpenFile {
  private position = 0;
  private piece = { start: 0, bytes: new Uint8Array(0), writes: 0 };

  constructor(
    private readonly fd: number,
    private readonly append: boolean,
    private readonly shared: Shared,
  ) {
    shared.dropped.register(this, fd, this);
  }

  read(buffer: Uint8Array): number {
    if (buffer.length >= PIECE) return this.readInto(buffer);
    const ahead = this.ahead();
    const count = Math.min(ahead.length, buffer.length);
    buffer.set(ahead.subarray(0, count));
    this.position += count;
    return count;
  }

  private readInto(buffer: Uint8Array): number {
    const count = attempt(() => readSync(this.fd, buffer, 0, buffer.length, this.position));
    this.position += count;
    return count;
  }

  ahead = (): Uint8Array => {
    const { piece, position, shared } = this;
    const at = position - piece.start;
    if (piece.writes === shared.writes && at >= 0 && at < piece.bytes.length) {
      return piece.bytes.subarray(at);
    }
    const bytes = new Uint8Array(PIECE);
    const count = this.readInto(bytes);
    this.position = position;
    this.piece = { start: position, bytes: bytes.subarray(0, count), writes: shared.writes };
    return this.piece.bytes;
  };

  write(data: Uint8Array): number {
    this.shared.writes += 1;
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

  flush(): void {
    attempt(() => fsyncSync(this.fd));
  }

  close(): void {
    this.shared.dropped.unregister(this);
    attempt(() => closeSync(this.fd));
  }
}

export class NodeFiles implements Files {
  private readonly root: string;
  private readonly shared: Shared = { writes: 0, dropped: new FinalizationRegistry(closeSync) };

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
    if (mode.truncate) this.shared.writes += 1;
    return new NodeFile(fd, mode.append, this.shared);
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
    const entries = attempt(() => readdirSync(folder, { withFileTypes: true }));
    return entries.map(({ name }) => {
      try {
        const { directory, size, inode } = this.stat(`${path}/${name}`);
        return { name, directory, size, inode };
      } catch (error) {
        // A link to nowhere, or out of the folder.
        if (error instanceof FileError) return { name, directory: false, size: 0 };
        throw error;
      }
    });
  }

  remove(path: string): void {
    const entry = this.entry(path);
    attempt(() => {
      if (lstatSync(entry).isDirectory()) throw new FileError(BY_NAME.EISDIR as number);
      unlinkSync(entry);
    });
  }

  rename(from: string, to: string): void {
    attempt(() => renameSync(this.entry(from), this.entry(to)));
  }

  makeDirectory(path: string): void {
    attempt(() => mkdirSync(this.entry(path)));
  }

  removeDirectory(path: string): void {
    attempt(() => rmdirSync(this.entry(path)));
  }

  space(): { blockSize: number; blocks: number; free: number; nameMax: number } {
    const { bsize, blocks, bavail } = attempt(() => statfsSync(this.root));
    return { blockSize: bsize, blocks, free: bavail, nameMax: 255 };
  }

  /** Where a path of the board is on the host, once links are followed. */
  private place(path: string): string {
    const entry = this.entry(path);
    if (entry === this.root) return entry;
    const found = attempt(() => lstatSync(entry, quiet));
    // A link to what does not exist might create it, and outside of the folder.
    return found?.isSymbolicLink() ? this.inside(attempt(() => realpathSync(entry))) : entry;
  }

  /** The same without following the last name, where that is a link. */
  private entry(path: string): string {
    const names = path.split("/").filter((name) => name !== "" && name !== ".");
    if (names.some((name) => name === ".." || FOREIGN.test(name))) throw new FileError(ENOENT);
    const name = names.pop();
    if (name === undefined) return this.root;
    const folder = attempt(() => realpathSync(join(this.root, ...names)));
    return join(this.inside(folder), name);
  }

  private inside(place: string): string {
    if (place === this.root || place.startsWith(this.root + sep)) return place;
    throw new FileError(ENOENT);
  }
}

const quiet = { throwIfNoEntry: false } as const;

/** What no name of a board's file can have: it would mean another place on the host. */
const FOREIGN = sep === "\\" ? /[\0\\:]/ : /\0/;
