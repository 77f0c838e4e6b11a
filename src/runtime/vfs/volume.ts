/**
 * A file system without Python: what FAT, littlefs and the host's files offer alike. `Vfs` shows one
 * to Python; failures are FileErrors with MicroPython's errno. Paths are as the program wrote them:
 * relative ones begin at the volume's current directory.
 */

import type { OpenFile, OpenMode } from "../host/files.js";

export interface VolumeEntry {
  name: string;
  directory: boolean;
  size: number;
  inode?: number;
}

export interface VolumeStat {
  directory: boolean;
  size: number;
  /** Seconds since 1970, as the file system keeps them. */
  modified: number;
}

export interface VolumeSpace {
  blockSize: number;
  blocks: number;
  free: number;
  nameMax: number;
}

export interface Volume {
  open(path: string, mode: OpenMode): OpenFile;
  /** Raises at once where there is no such directory; reads on while it is iterated over. */
  list(path: string): Iterator<VolumeEntry>;
  stat(path: string): VolumeStat;
  remove(path: string): void;
  removeDirectory(path: string): void;
  makeDirectory(path: string): void;
  rename(from: string, to: string): void;
  enter(path: string): void;
  readonly cwd: string;
  space(): VolumeSpace;
}
