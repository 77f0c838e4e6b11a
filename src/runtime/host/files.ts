/**
 * The file system as `open` and `os` need it: paths are absolute, with "/", inside the board's root.
 * Failures are thrown as FileError with MicroPython's errno. Implemented in memory
 * (memory-files.ts) and over a folder of the host (node-files.ts).
 */

export class FileError extends Error {
  constructor(readonly errno: number) {
    super(`file error ${errno}`);
  }
}

export interface FileStat {
  directory: boolean;
  size: number;
  /** Milliseconds since 1970. */
  modified: number;
  inode: number;
}

export interface FileEntry {
  name: string;
  directory: boolean;
  size: number;
  inode?: number;
}

/** How a file is opened: as the letters of Python's mode say, without "b" and "t". */
export interface OpenMode {
  read: boolean;
  write: boolean;
  /** Create it when missing. */
  create: boolean;
  /** Empty it first. */
  truncate: boolean;
  /** Every write goes to the end. */
  append: boolean;
  /** Fail when it exists. */
  exclusive: boolean;
}

export interface OpenFile {
  /** What is written may stay in memory until flush() or close(). */
  readonly keepsBack?: true;
  read(buffer: Uint8Array): number;
  /** Some of the bytes that read() would give, to look at; null where there are none to hand. */
  readonly ahead?: (() => Uint8Array | null) | undefined;
  write(data: Uint8Array): number;
  seek(offset: number, whence: 0 | 1 | 2): number;
  truncate?(size: number): void;
  flush(): void;
  close(): void;
}

export interface Files {
  open(path: string, mode: OpenMode): OpenFile;
  stat(path: string): FileStat;
  list(path: string): FileEntry[];
  remove(path: string): void;
  rename(from: string, to: string): void;
  makeDirectory(path: string): void;
  removeDirectory(path: string): void;
  /** Block size, blocks, free blocks, longest name. */
  space(): { blockSize: number; blocks: number; free: number; nameMax: number };
}
