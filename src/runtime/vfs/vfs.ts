/**
 * What the VFS classes have in common: the methods of MicroPython's VFS protocol over a Volume.
 * VfsPosix, VfsFat, VfsLfs1, VfsLfs2 and VfsRom extend it.
 */

import { define } from "../core/class/class.js";
import { PyObject } from "../core/class/object.js";
import { current } from "../core/context.js";
import { OSError } from "../core/exception/exceptions.js";
import { PyIterator } from "../core/iteration/py-iterator.js";
import { allocate } from "../core/memory/heap-locks.js";
import { anyText } from "../core/text/strings.js";
import { type Tuple, tup, type Value } from "../core/values.js";
import { FileError } from "../host/files.js";
import { type FileTypes, fileObject, parseMode } from "../io/file.js";
import { withErrno } from "../io/file-system.js";
import { nameLike, pathOf } from "../io/path.js";
import type { Board } from "../machine/hal.js";
import { EPOCH_OFFSET } from "../time/calendar.js";
import type { Volume, VolumeEntry } from "./volume.js";

export const DIRECTORY = 0x4000;
export const REGULAR = 0x8000;

/** The method by which imports ask a file system of the runtime. */
export const IMPORT_STAT: unique symbol = Symbol("import stat");

export abstract class Vfs extends PyObject {
  declare protected $volume: Volume;

  protected abstract get $files(): FileTypes;

  /** Called by `vfs.mount`. */
  mount(_readonly: Value, _mkfs: Value): null {
    return null;
  }

  umount(): null {
    return null;
  }

  open(path: Value, mode: Value): Value {
    const access = parseMode(anyText(mode));
    const name = pathOf(path);
    allocate();
    const file = withErrno(() => this.$volume.open(name, access));
    return fileObject(this.$files, file, access.text);
  }

  chdir(path: Value): null {
    const name = pathOf(path);
    withErrno(() => this.$volume.enter(name));
    return null;
  }

  getcwd(): Value {
    return withErrno(() => this.$volume.cwd);
  }

  ilistdir(path: Value = ""): Value {
    const name = pathOf(path);
    return new Listing(
      withErrno(() => this.$volume.list(name)),
      (entry) => this.$entry(nameLike(path, entry.name), entry),
    );
  }

  /** What a listing tells about an entry: name, type, inode (there is none), size. */
  protected $entry(name: Value, { directory, size }: VolumeEntry): Tuple {
    return tup(name, directory ? DIRECTORY : REGULAR, 0, size);
  }

  mkdir(path: Value): null {
    const name = pathOf(path);
    withErrno(() => this.$volume.makeDirectory(name));
    return null;
  }

  remove(path: Value): null {
    const name = pathOf(path);
    withErrno(() => this.$volume.remove(name));
    return null;
  }

  rename(oldPath: Value, newPath: Value): null {
    const from = pathOf(oldPath);
    const to = pathOf(newPath);
    withErrno(() => this.$volume.rename(from, to));
    return null;
  }

  rmdir(path: Value): null {
    const name = pathOf(path);
    withErrno(() => this.$volume.removeDirectory(name));
    return null;
  }

  stat(path: Value): Tuple {
    const name = pathOf(path);
    const { directory, size, modified } = withErrno(() => this.$volume.stat(name));
    const time = modified - epoch();
    return tup(directory ? DIRECTORY : REGULAR, 0, 0, 0, 0, 0, size, time, time, time);
  }

  statvfs(_path: Value): Tuple {
    const { blockSize, blocks, free, nameMax } = withErrno(() => this.$volume.space());
    return tup(blockSize, blockSize, blocks, free, free, 0, 0, 0, 0, nameMax);
  }

  /** Whether a path is a file or a directory, for imports. */
  [IMPORT_STAT](path: string): "file" | "directory" | null {
    try {
      return this.$volume.stat(path).directory ? "directory" : "file";
    } catch (error) {
      if (error instanceof FileError || error instanceof OSError) return null;
      throw error;
    }
  }
}

/** The method of those that keep something back until it is asked for. */
export const SYNC: unique symbol = Symbol("sync");

/** Seconds from 1970 to the year in which the board's time starts. */
export function epoch(): number {
  return EPOCH_OFFSET[(current().board as Board).data.epoch];
}

class Listing extends PyIterator {
  constructor(
    private readonly entries: Iterator<VolumeEntry>,
    private readonly shown: (entry: VolumeEntry) => Value,
  ) {
    super();
  }

  override next(): IteratorResult<Value> {
    const step = withErrno(() => this.entries.next());
    if (step.done) return { done: true, value: null };
    return { done: false, value: this.shown(step.value) };
  }
}

export const vfsMethods = {
  mount: "readonly, mkfs, /",
  umount: "",
  open: "path, mode, /",
  chdir: "path, /",
  getcwd: "",
  ilistdir: "path=, /",
  mkdir: "path, /",
  remove: "path, /",
  rename: "old_path, new_path, /",
  rmdir: "path, /",
  stat: "path, /",
  statvfs: "path, /",
};
define(Vfs, { builtin: true, methods: vfsMethods });
