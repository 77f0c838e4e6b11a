/**
 * `vfs.VfsPosix`: a folder of the board's own files, which are the host's (a folder of the machine,
 * or memory) and never anything outside of them. The unix port mounts one at "/".
 */

import { define } from "../core/class/class.js";
import { current, perContext } from "../core/context.js";
import { type BaseException, OSError, ValueError } from "../core/exception/exceptions.js";
import { truth } from "../core/operator/unary.js";
import { PRINT } from "../core/slots.js";
import { type Tuple, tup, type Value } from "../core/values.js";
import { FileError, type OpenFile, type OpenMode } from "../host/files.js";
import { File, type FileTypes, fileObject, parseMode } from "../io/file.js";
import { fileSystem } from "../io/file-system.js";
import { pathOf } from "../io/path.js";
import { POLLABLE, POLLIN, POLLOUT, type Pollable } from "../io/pollable.js";
import { standardStreams } from "../io/standard-streams.js";
import type { Board } from "../machine/hal.js";
import { CheckedFile } from "./checked-file.js";
import { DIRECTORY, REGULAR, Vfs } from "./vfs.js";
import type { Volume, VolumeEntry, VolumeSpace, VolumeStat } from "./volume.js";

const EPERM = 1;
const ENOENT = 2;
const EBADF = 9;
const EROFS = 30;

/** The host's files below a folder; all such volumes share one current directory. */
class PosixVolume implements Volume {
  readonly = false;

  /** `root`: absolute, without a slash at its end, or null for the whole. */
  constructor(private readonly root: string | null) {}

  private place(path: string): string {
    const whole = this.root !== null && path.startsWith("/") ? this.root + path : path;
    return fileSystem().absolute(whole);
  }

  private writable(): void {
    if (this.readonly) throw new FileError(EROFS);
  }

  open(path: string, mode: OpenMode): OpenFile {
    if (mode.write) this.writable();
    if (path === "") throw new FileError(ENOENT);
    return new PosixFile(fileSystem().system.open(this.place(path), mode), mode, EBADF);
  }

  list(path: string): Iterator<VolumeEntry> {
    return fileSystem().system.list(this.place(path)).values();
  }

  stat(path: string): VolumeStat {
    const found = fileSystem().system.stat(this.place(path));
    return { ...found, modified: Math.floor(found.modified / 1000) };
  }

  remove(path: string): void {
    this.writable();
    fileSystem().system.remove(this.place(path));
  }

  removeDirectory(path: string): void {
    this.writable();
    fileSystem().system.removeDirectory(this.place(path));
  }

  makeDirectory(path: string): void {
    this.writable();
    fileSystem().system.makeDirectory(this.place(path));
  }

  rename(from: string, to: string): void {
    this.writable();
    fileSystem().system.rename(this.place(from), this.place(to));
  }

  enter(path: string): void {
    fileSystem().enter(this.place(path));
  }

  get cwd(): string {
    return fileSystem().cwd.slice(this.root?.length ?? 0);
  }

  space(): VolumeSpace {
    return fileSystem().system.space();
  }
}

/** A file of the host, which has a number. */
class PosixFile extends CheckedFile {
  private known: number | null = null;

  /** Its number, from 3 on: given when somebody asks. */
  get number(): number {
    if (this.known === null) {
      const open = numbered();
      let number = 3;
      while (open.has(number)) number++;
      this.known = number;
      open.set(number, this);
    }
    return this.known;
  }

  override close(): void {
    if (this.known !== null) numbered().delete(this.known);
    super.close();
  }
}

/** The open files that have a number. */
const numbered = perContext(() => new Map<number, PosixFile>());

abstract class NumberedFile extends File {
  declare protected $file: PosixFile | null;

  fileno(): number {
    return (this.$open() as PosixFile).number;
  }

  protected override $closedError(): BaseException {
    return new ValueError("I/O operation on closed file");
  }

  get [POLLABLE](): Pollable {
    return { poll: (flags) => flags & (POLLIN | POLLOUT), watch: () => () => {} };
  }

  protected $printed(name: string): string {
    return `<io.${name} ${this.$file?.number ?? -1}>`;
  }
}
define(NumberedFile, { builtin: true, methods: { fileno: "" } });

class FileIO extends NumberedFile {
  [PRINT](): string {
    return this.$printed("FileIO");
  }
}
define(FileIO, { builtin: true });

class TextIOWrapper extends NumberedFile {
  [PRINT](): string {
    return this.$printed("TextIOWrapper");
  }
}
define(TextIOWrapper, { builtin: true });

const posixFiles = { FileIO, TextIOWrapper };

/** Files have numbers where they are an operating system's, and on the board that has all there is. */
export function hasFileNumbers(): boolean {
  const { port } = (current().board as Board).data;
  return port === "unix" || port === "generic";
}

/** `open(2)`: the file of a number; the standard streams have 0 to 2. */
export function openNumber(number: number, mode: string): Value {
  const { stdin, stdout, stderr } = standardStreams();
  const { text } = parseMode(mode);
  const standard = [stdin, stdout, stderr][number];
  if (standard !== undefined) return text ? standard : standard.buffer;
  const file = numbered().get(number);
  if (file === undefined) throw new OSError(EBADF);
  return fileObject(posixFiles, file, text);
}

export class VfsPosix extends Vfs {
  declare protected $volume: PosixVolume;

  override __init__(root?: Value): Value {
    const path = root === undefined ? "" : pathOf(root);
    const { cwd } = path.startsWith("/") ? { cwd: "/" } : fileSystem();
    const place = fileSystem().absolute(path === "" ? "/" : `${cwd}/${path}`);
    this.$volume = new PosixVolume(path === "" ? null : place === "/" ? "" : place);
    return null;
  }

  protected override get $files(): FileTypes {
    return posixFiles;
  }

  override mount(readonly: Value, mkfs: Value): null {
    if (truth(readonly)) this.$volume.readonly = true;
    if (truth(mkfs)) throw new OSError(EPERM);
    return null;
  }

  protected override $entry(name: Value, { directory, inode }: VolumeEntry): Tuple {
    return tup(name, directory ? DIRECTORY : REGULAR, inode ?? 0);
  }
}
define(VfsPosix, {
  builtin: true,
  methods: { __init__: "root=, /", mount: "readonly, mkfs, /", ilistdir: "path, /" },
});

/** What the generic board has at "/": as on unix, but listed with sizes, as flash memories do. */
export class GenericFlash extends VfsPosix {
  protected override $entry(name: Value, { directory, size }: VolumeEntry): Tuple {
    return tup(name, directory ? DIRECTORY : REGULAR, 0, size);
  }
}
define(GenericFlash, { name: "VfsPosix", builtin: true });
