/**
 * `vfs.VfsRom`: a read-only file system in memory, as `mpremote romfs build` makes it. It consists of
 * records (kind, length, payload), which nest; files can be used as buffers without being copied.
 */

import { define } from "../core/class/class.js";
import { without } from "../core/class/varying.js";
import { OSError, ValueError } from "../core/exception/exceptions.js";
import { requireBuffer } from "../core/memory/buffer.js";
import { allocate } from "../core/memory/heap-locks.js";
import { truth } from "../core/operator/unary.js";
import { BUFFER, type Buffer, PRINT } from "../core/slots.js";
import { asText } from "../core/text/strings.js";
import { decodeUtf8 } from "../core/text/utf8.js";
import { type Tuple, tup, type Value } from "../core/values.js";
import { FileError, type OpenFile } from "../host/files.js";
import { File, type FileTypes, fileObject, parseMode } from "../io/file.js";
import { withErrno } from "../io/file-system.js";
import { pathOf } from "../io/path.js";
import { unsupported } from "../io/stream.js";
import { Vfs } from "./vfs.js";
import type { Volume, VolumeEntry, VolumeSpace, VolumeStat } from "./volume.js";

const EPERM = 1;
const ENOENT = 2;
const EIO = 5;
const ENODEV = 19;
const EISDIR = 21;
const EINVAL = 22;
const EROFS = 30;
const EOPNOTSUPP = 95;

/** Kinds of records. */
const UNUSED = 0;
const VERBATIM = 2;
const POINTER = 3;
const FOLDER = 4;
const FILE = 5;
const FILE_SYSTEM = 0x14a6b1;
const NAME_MAX = 32767;

interface Record {
  readonly kind: number;
  readonly start: number;
  readonly end: number;
}

/** A file or folder: where its data, or its entries, are. */
interface Found {
  readonly directory: boolean;
  readonly start: number;
  readonly end: number;
}

class RomVolume implements Volume {
  readonly cwd = "";
  private readonly top: Record;

  constructor(private readonly bytes: Uint8Array) {
    const isRom = bytes.length >= 4 && bytes[0] === 0xd2 && bytes[1] === 0xcd && bytes[2] === 0x31;
    const top = isRom ? this.record(0, bytes.length) : null;
    if (top === null || top.kind !== FILE_SYSTEM || top.end > bytes.length) {
      throw new FileError(ENODEV);
    }
    this.top = top;
  }

  /** A number of seven bits a byte, the highest first; null when it does not end before `end`. */
  private number(at: number, end: number): { value: number; next: number } | null {
    let value = 0;
    for (let next = at; next < end; ) {
      const byte = this.bytes[next++] as number;
      value = value * 128 + (byte & 0x7f);
      if (byte < 0x80) return { value, next };
    }
    return null;
  }

  private record(at: number, end: number): Record | null {
    const kind = this.number(at, end);
    const length = kind && this.number(kind.next, end);
    if (kind === null || length === null || kind.value === UNUSED) return null;
    return { kind: kind.value, start: length.next, end: length.next + length.value };
  }

  /** The records in a range; an unused or broken one ends them. */
  private *records(start: number, end: number): Generator<Record> {
    for (let at = start; at < end; ) {
      const record = this.record(at, end);
      if (record === null) return;
      yield record;
      at = record.end;
    }
  }

  /** The files and folders in a range. */
  private *entries(start: number, end: number): Generator<Found & { name: string }> {
    for (const record of this.records(start, end)) {
      if (record.kind !== FOLDER && record.kind !== FILE) continue;
      const length = this.number(record.start, record.end);
      if (length === null) return;
      const after = length.next + length.value;
      const name = decodeUtf8(this.bytes.subarray(length.next, after));
      const found = { directory: true, start: after, end: record.end };
      if (record.kind === FOLDER) {
        yield { name, ...found };
      } else {
        const data = this.data(after, record.end);
        if (data === null) return;
        yield { name, ...data };
      }
    }
  }

  /** The data of a file: in its record, or where a pointer says. */
  private data(start: number, end: number): Found | null {
    for (const record of this.records(start, end)) {
      if (record.kind === VERBATIM) {
        return { directory: false, start: record.start, end: record.end };
      }
      if (record.kind !== POINTER) continue;
      const size = this.number(record.start, record.end);
      const offset = size && this.number(size.next, record.end);
      if (size === null || offset === null) return null;
      const from = this.top.start + offset.value;
      return { directory: false, start: from, end: from + size.value };
    }
    return null;
  }

  find(path: string): Found {
    let found: Found = { directory: true, start: this.top.start, end: this.top.end };
    const names = path.replace(/^\//, "").replace(/\/$/, "");
    for (const name of names === "" ? [] : names.split("/")) {
      const { start, end, directory } = found;
      const next = directory
        ? [...this.entries(start, end)].find((entry) => entry.name === name)
        : undefined;
      if (next === undefined) throw new FileError(ENOENT);
      found = next;
    }
    if (found.end > this.bytes.length) throw new FileError(EIO);
    return found;
  }

  open(path: string): OpenFile & { bytes: Uint8Array } {
    const { directory, start, end } = this.find(path);
    if (directory) throw new FileError(EISDIR);
    return new RomFile(this.bytes.subarray(start, end));
  }

  list(path: string): Iterator<VolumeEntry> {
    const { directory, start, end } = this.find(path);
    if (!directory) throw new FileError(ENOENT);
    return this.listing(start, end);
  }

  private *listing(start: number, end: number): Generator<VolumeEntry> {
    for (const entry of this.entries(start, end)) {
      yield { name: entry.name, directory: entry.directory, size: entry.end - entry.start };
    }
  }

  stat(path: string): VolumeStat {
    const { directory, start, end } = this.find(path);
    return { directory, size: end - start, modified: 0 };
  }

  enter(path: string): void {
    if (path !== "/") throw new FileError(EOPNOTSUPP);
  }

  space(): VolumeSpace {
    return { blockSize: 1, blocks: this.top.end - this.top.start, free: 0, nameMax: NAME_MAX };
  }

  remove(): void {
    throw new FileError(EROFS);
  }
  removeDirectory = this.remove;
  makeDirectory = this.remove;
  rename = this.remove;
}

class RomFile implements OpenFile {
  private position = 0;

  constructor(readonly bytes: Uint8Array) {}

  read(buffer: Uint8Array): number {
    const piece = this.bytes.subarray(this.position, this.position + buffer.length);
    buffer.set(piece);
    this.position += piece.length;
    return piece.length;
  }

  ahead = (): Uint8Array => this.bytes.subarray(this.position);

  write(): number {
    throw unsupported();
  }

  seek(offset: number, whence: 0 | 1 | 2): number {
    const base = whence === 0 ? 0 : whence === 1 ? this.position : this.bytes.length;
    if (base + offset < 0) throw new FileError(EINVAL);
    this.position = Math.min(base + offset, this.bytes.length);
    return this.position;
  }

  flush(): void {}
  close(): void {}
}

abstract class RomFileObject extends File {
  protected override $closedError(): ValueError {
    return new ValueError("I/O operation on closed file");
  }

  [BUFFER](write: boolean): Buffer | null {
    return write ? null : { bytes: (this.$open() as RomFile).bytes, typecode: "B" };
  }
}
define(RomFileObject, { builtin: true });

class FileIO extends RomFileObject {
  [PRINT](): string {
    return "<FileIO>";
  }
}
define(FileIO, { builtin: true });

class TextIOWrapper extends RomFileObject {
  [PRINT](): string {
    return "<TextIOWrapper>";
  }
}
define(TextIOWrapper, { builtin: true });

const romFiles = { FileIO, TextIOWrapper };

export class VfsRom extends Vfs {
  declare protected $volume: RomVolume;

  override __init__(memory: Value): Value {
    const { bytes } = requireBuffer(memory);
    this.$volume = withErrno(() => new RomVolume(bytes));
    return null;
  }

  protected override get $files(): FileTypes {
    return romFiles;
  }

  override mount(_readonly: Value, mkfs: Value): null {
    if (truth(mkfs)) throw new OSError(EPERM);
    return null;
  }

  override open(path: Value, mode: Value): Value {
    const letters = asText(mode);
    if (/[wa+]/.test(letters)) throw new OSError(EROFS);
    const name = pathOf(path);
    allocate();
    return fileObject(
      romFiles,
      withErrno(() => this.$volume.open(name)),
      parseMode(letters).text,
    );
  }

  override statvfs(path: Value): Tuple {
    const [blockSize, , ...rest] = super.statvfs(path);
    return tup(blockSize, 0, ...rest);
  }
}
define(VfsRom, {
  builtin: true,
  methods: {
    __init__: "memory, /",
    mount: "readonly, mkfs, /",
    open: "path, mode, /",
    ilistdir: "path, /",
    statvfs: "path, /",
  },
});
without(VfsRom, ["mkdir", "remove", "rename", "rmdir"]);
