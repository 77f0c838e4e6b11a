/**
 * What a board has mounted at "/": the host's files, which fail, list and print as those on the flash of
 * such a board do: with littlefs, or FAT on a pyboard. `mount-table.ts` mounts it.
 */

import { define } from "../core/class/class.js";
import { current } from "../core/context.js";
import type { Value } from "../core/values.js";
import { FileError, type FileStat, type OpenFile, type OpenMode } from "../host/files.js";
import type { FileTypes } from "../io/file.js";
import { fileSystem } from "../io/file-system.js";
import type { Board } from "../machine/hal.js";
import { CheckedFile } from "./checked-file.js";
import { Vfs } from "./vfs.js";
import type { Volume, VolumeEntry, VolumeSpace, VolumeStat } from "./volume.js";
import { checkOneAccess, fatFiles, lfs2Files } from "./volume-files.js";

const ENOENT = 2;
const EACCES = 13;
const ENOTDIR = 20;
const EISDIR = 21;
const EINVAL = 22;
const ENAMETOOLONG = 36;
const ENOTEMPTY = 39;
const LONGEST_NAME = 255;

/** What one file system does otherwise than the host. */
interface FlashRules {
  readonly files: FileTypes;
  /** Its error for one of the host's. */
  errno(errno: number, mode?: OpenMode): number;
  readonly tooLong: number;
  /** `remove` takes empty directories, `rmdir` files. */
  readonly removesAny: boolean;
  /** The file that is opened. */
  opened(file: OpenFile, mode: OpenMode): OpenFile;
  readonly datesDirectories: boolean;
}

/** lib/littlefs/lfs2.c, extmod/vfs_lfsx.c */
const littlefs: FlashRules = {
  files: lfs2Files,
  errno: (errno) => errno,
  tooLong: ENAMETOOLONG,
  removesAny: true,
  opened: (file) => file,
  datesDirectories: false,
};

/** lib/oofatfs/ff.c, `fresult_to_errno_table` in extmod/vfs_fat.c */
const fat: FlashRules = {
  files: fatFiles,
  errno(errno, mode) {
    if (errno === EISDIR && mode !== undefined) return mode.write ? EACCES : ENOENT;
    return errno === ENOTDIR ? ENOENT : errno === ENOTEMPTY ? EACCES : errno;
  },
  tooLong: EINVAL,
  removesAny: false,
  opened(file, mode) {
    if (mode.append) file.seek(0, 2);
    return new CheckedFile(file, mode, EACCES);
  },
  datesDirectories: true,
};

class FlashVolume implements Volume {
  constructor(private readonly rules: FlashRules) {}

  open(path: string, mode: OpenMode): OpenFile {
    const place = this.place(path, mode.create);
    this.requireFolder(path, place);
    const file = this.as(() => fileSystem().system.open(place, mode), mode);
    return this.rules.opened(file, mode);
  }

  list(path: string): Iterator<VolumeEntry> {
    return this.as(() => fileSystem().system.list(this.place(path)).values());
  }

  stat(path: string): VolumeStat {
    const place = this.place(path);
    this.requireFolder(path, place);
    const found = this.as(() => fileSystem().system.stat(place));
    const hasDate = !found.directory || this.rules.datesDirectories;
    return { ...found, modified: hasDate ? Math.floor(found.modified / 1000) : 0 };
  }

  remove(path: string): void {
    const place = this.place(path);
    const isFolder = this.rules.removesAny && this.isFolder(place);
    this.as(() => this.removed(place, isFolder));
  }

  removeDirectory(path: string): void {
    const place = this.place(path);
    const isFolder = !this.rules.removesAny || this.isFolder(place);
    this.as(() => this.removed(place, isFolder));
  }

  makeDirectory(path: string): void {
    const place = this.place(path, true);
    this.as(() => fileSystem().system.makeDirectory(place));
  }

  rename(from: string, to: string): void {
    const target = this.place(to, true);
    this.as(() => fileSystem().system.rename(this.place(from), target));
  }

  enter(path: string): void {
    const place = this.place(path);
    if (place !== "/" && !this.isFolder(place)) throw new FileError(ENOENT);
    fileSystem().enter(place);
  }

  get cwd(): string {
    return fileSystem().cwd;
  }

  space(): VolumeSpace {
    return fileSystem().system.space();
  }

  private removed(place: string, isFolder: boolean): void {
    const { system } = fileSystem();
    if (isFolder) system.removeDirectory(place);
    else system.remove(place);
  }

  private place(path: string, isNew = false): string {
    const place = fileSystem().absolute(path);
    const hasLong = place.split("/").some((name) => name.length > LONGEST_NAME);
    if (hasLong) throw new FileError(isNew ? this.rules.tooLong : ENOENT);
    return place;
  }

  /** A path with a slash at its end leads to no file. */
  private requireFolder(path: string, place: string): void {
    if (!path.endsWith("/") || place === "/") return;
    const found = this.find(place);
    if (found?.directory) return;
    throw new FileError(this.rules.errno(found === null ? ENOENT : ENOTDIR));
  }

  private isFolder(place: string): boolean {
    return this.find(place)?.directory === true;
  }

  private find(place: string): FileStat | null {
    try {
      return fileSystem().system.stat(place);
    } catch (error) {
      if (error instanceof FileError) return null;
      throw error;
    }
  }

  /** Does something on the host's files; it fails with the error of this file system. */
  private as<T>(operation: () => T, mode?: OpenMode): T {
    try {
      return operation();
    } catch (error) {
      if (!(error instanceof FileError)) throw error;
      throw new FileError(this.rules.errno(error.errno, mode));
    }
  }
}

abstract class Flash extends Vfs {
  declare protected $volume: FlashVolume;
  protected abstract get $rules(): FlashRules;

  override __init__(): Value {
    this.$volume = new FlashVolume(this.$rules);
    return null;
  }

  protected override get $files(): FileTypes {
    return this.$rules.files;
  }
}
define(Flash, { builtin: true, methods: { __init__: "" } });

class LittlefsFlash extends Flash {
  protected override get $rules(): FlashRules {
    return littlefs;
  }

  override open(path: Value, mode: Value): Value {
    checkOneAccess(mode);
    return super.open(path, mode);
  }
}
define(LittlefsFlash, { name: "VfsLfs2", builtin: true, methods: { open: "path, mode, /" } });

class FatFlash extends Flash {
  protected override get $rules(): FlashRules {
    return fat;
  }
}
define(FatFlash, { name: "VfsFat", builtin: true });

/** The flash of this run's board. */
export function flash(): Vfs {
  const { port } = (current().board as Board).data;
  return port === "stm32" ? new FatFlash() : new LittlefsFlash();
}
