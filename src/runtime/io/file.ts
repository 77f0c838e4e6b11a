/**
 * Files: what `open()` gives, over a file of whichever file system it is on. As in MicroPython each
 * file system has a FileIO and a TextIOWrapper of its own, which print and fail differently.
 */

import { define } from "../core/class/class.js";
import { perContext } from "../core/context.js";
import type { BaseException } from "../core/exception/exceptions.js";
import { PRINT } from "../core/slots.js";
import type { Value } from "../core/values.js";
import type { OpenFile, OpenMode } from "../host/files.js";
import { withErrno } from "./file-system.js";
import { Stream } from "./stream.js";

/** Files that were written and neither flushed nor closed since. */
const unflushed = perContext(() => new Set<OpenFile>());

/**
 * Writes what files keep back. A board closes the files that its garbage collector finds; a host
 * cannot tell which those are, so that a collection flushes all.
 */
export function flushAll(): void {
  const files = [...unflushed()];
  unflushed().clear();
  for (const file of files) withErrno(() => file.flush());
}

export abstract class File extends Stream {
  /** null when closed. */
  declare protected $file: OpenFile | null;
  declare private $text: boolean;

  override __init__(file: OpenFile, text: boolean): Value {
    this.$file = file;
    this.$text = text;
    return null;
  }

  override get $isText(): boolean {
    return this.$text;
  }

  /** The file; raises when it is closed. */
  protected $open(): OpenFile {
    if (this.$file === null) throw this.$closedError();
    return this.$file;
  }

  protected abstract $closedError(): BaseException;

  override $readRaw(buffer: Uint8Array): number {
    const file = this.$open();
    return withErrno(() => file.read(buffer));
  }

  override $ahead(): Uint8Array | null {
    const file = this.$open();
    return file.ahead === undefined ? null : withErrno(() => file.ahead?.() ?? null);
  }

  override $writeRaw(data: Uint8Array): number {
    const file = this.$open();
    if (file.keepsBack) unflushed().add(file);
    return withErrno(() => file.write(data));
  }

  override $seekRaw(offset: number, whence: 0 | 1 | 2): number {
    const file = this.$open();
    return withErrno(() => file.seek(offset, whence));
  }

  override $flushRaw(): void {
    const file = this.$open();
    withErrno(() => file.flush());
  }

  readlines(): Value {
    const lines: Value[] = [];
    for (let line = this.readline(); line !== null && line.length > 0; line = this.readline()) {
      lines.push(line);
    }
    return lines;
  }

  override $closeRaw(): void {
    const { $file: file } = this;
    this.$file = null;
    if (file?.keepsBack) unflushed().delete(file);
    if (file !== null) withErrno(() => file.close());
  }
}
define(File, { builtin: true, methods: { __init__: "file, text", readlines: "" } });

/** The two types of files of one file system. */
export interface FileTypes {
  FileIO: FileType;
  TextIOWrapper: FileType;
}

type FileType = new (file: OpenFile, text: boolean) => File;

/** Makes them; `printed` is how one prints, `closed` what raises when it is used after close(). */
export function fileTypes(
  printed: (name: string, file: File) => string,
  closed: () => BaseException,
): FileTypes {
  const made = (name: string): FileType => {
    class VolumeFile extends File {
      protected override $closedError(): BaseException {
        return closed();
      }

      [PRINT](): string {
        return printed(name, this);
      }
    }
    define(VolumeFile, { name, builtin: true });
    return VolumeFile;
  };
  return { FileIO: made("FileIO"), TextIOWrapper: made("TextIOWrapper") };
}

/** Python's file object for an open file. */
export function fileObject(types: FileTypes, file: OpenFile, text: boolean): File {
  return new (text ? types.TextIOWrapper : types.FileIO)(file, text);
}

/** What the letters of a mode say; as on a board, letters that mean nothing are ignored. */
export function parseMode(mode: string): OpenMode & { text: boolean } {
  const access = {
    read: false,
    write: false,
    create: false,
    truncate: false,
    append: false,
    exclusive: false,
    text: true,
  };
  for (const letter of mode) {
    if (letter === "r") access.read = true;
    else if (letter === "w") access.write = access.create = access.truncate = true;
    else if (letter === "a") access.write = access.create = access.append = true;
    else if (letter === "x") access.write = access.create = access.exclusive = true;
    else if (letter === "+") access.read = access.write = true;
    else if (letter === "b") access.text = false;
    else if (letter === "t") access.text = true;
  }
  if (!access.read && !access.write) access.read = true;
  return access;
}
