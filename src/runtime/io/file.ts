/** Files: what `open()` gives, over the host's file system. */

import { define } from "../core/class.js";
import { OSError, TypeError, ValueError } from "../core/exceptions.js";
import { identity } from "../core/identity.js";
import { PRINT } from "../core/slots.js";
import { typeName } from "../core/type.js";
import { decodeUtf8 } from "../core/utf8.js";
import type { Value } from "../core/values.js";
import type { OpenFile, OpenMode } from "../host/files.js";
import { fileSystem, withErrno } from "./file-system.js";
import { Stream, unsupported } from "./stream.js";

const EINVAL = 22;

abstract class HostFile extends Stream {
  declare private file: OpenFile | null;
  declare private access: OpenMode;

  override __init__(file: OpenFile, access: OpenMode): null {
    this.file = file;
    this.access = access;
    return null;
  }

  private open(): OpenFile {
    if (this.file === null) throw new ValueError("I/O operation on closed file");
    return this.file;
  }

  override readRaw(buffer: Uint8Array): number {
    const file = this.open();
    if (!this.access.read) throw unsupported();
    return withErrno(() => file.read(buffer));
  }

  override writeRaw(data: Uint8Array): number {
    const file = this.open();
    if (!this.access.write) throw unsupported();
    return withErrno(() => file.write(data));
  }

  override seekRaw(offset: number, whence: 0 | 1 | 2): number {
    const file = this.open();
    return withErrno(() => file.seek(offset, whence));
  }

  override flushRaw(): void {
    const file = this.open();
    withErrno(() => file.flush());
  }

  override closeRaw(): void {
    const { file } = this;
    this.file = null;
    if (file !== null) withErrno(() => file.close());
  }

  fileno(): number {
    this.open();
    throw new OSError(EINVAL);
  }
}
define(HostFile, { builtin: true, methods: { __init__: "file, mode", fileno: "" } });

export class FileIO extends HostFile {
  override get isText(): boolean {
    return false;
  }

  [PRINT](): string {
    return `<io.FileIO ${identity(this).toString(16)}>`;
  }
}
define(FileIO, { builtin: true });

export class TextIOWrapper extends HostFile {
  override get isText(): boolean {
    return true;
  }

  [PRINT](): string {
    return `<io.TextIOWrapper ${identity(this).toString(16)}>`;
  }
}
define(TextIOWrapper, { builtin: true });

/** Opens a file as `open(name, mode)` does. */
export function openFile(name: Value, mode: Value = "r"): FileIO | TextIOWrapper {
  const path = pathOf(name);
  if (typeof mode !== "string") {
    throw new TypeError(`can't convert '${typeName(mode)}' object to str implicitly`);
  }
  const access = parseMode(mode);
  const files = fileSystem();
  const file = withErrno(() => files.system.open(files.absolute(path), access));
  return new (mode.includes("b") ? FileIO : TextIOWrapper)(file, access);
}

/** A path argument: str, or bytes of one. */
export function pathOf(name: Value): string {
  if (typeof name === "string") return name;
  if (name instanceof Uint8Array) return decodeUtf8(name);
  throw new TypeError(`can't convert '${typeName(name)}' object to str implicitly`);
}

function parseMode(mode: string): OpenMode {
  const access: OpenMode = {
    read: false,
    write: false,
    create: false,
    truncate: false,
    append: false,
    exclusive: false,
  };
  for (const letter of mode) {
    if (letter === "r") access.read = true;
    else if (letter === "w") access.write = access.create = access.truncate = true;
    else if (letter === "a") access.write = access.create = access.append = true;
    else if (letter === "x") access.write = access.create = access.exclusive = true;
    else if (letter === "+") access.read = access.write = true;
    else if (letter !== "b" && letter !== "t") throw new ValueError("invalid mode");
  }
  if (!access.read && !access.write) access.read = true;
  return access;
}
