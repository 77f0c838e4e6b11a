/** The `os` module: the board's file system and what the board is. */

import { attrTuple } from "../core/attr-tuple.js";
import { Bytes } from "../core/bytes.js";
import { current } from "../core/context.js";
import { OSError, ValueError } from "../core/exceptions.js";
import { index } from "../core/numbers.js";
import { PyIterator } from "../core/py-iterator.js";
import { def } from "../core/signature.js";
import { type Tuple, tup, type Value } from "../core/values.js";
import type { FileEntry } from "../host/files.js";
import type { Host } from "../host/host.js";
import { pathOf } from "../io/file.js";
import { fileSystem, withErrno } from "../io/file-system.js";
import type { Board } from "../machine/hal.js";
import { EPOCH_OFFSET } from "../time/calendar.js";
import { VERSION } from "./sys.js";

export { open } from "../builtins/open.js";

const ENOENT = 2;
const DIRECTORY = 0x4000;
const REGULAR = 0x8000;

export const sep = "/";

function board(): Board {
  return current().board as Board;
}

function absolute(path: Value): string {
  return fileSystem().absolute(pathOf(path));
}

export function uname(): Tuple {
  const { platform, node, machine } = board().data;
  const release = VERSION.slice(0, 3).join(".");
  return attrTuple({
    sysname: platform,
    nodename: node,
    release,
    version: `v${release}`,
    machine,
  });
}

export function getcwd(): string {
  return fileSystem().directory;
}

export function chdir(path: Value): null {
  const target = absolute(path);
  const { system } = fileSystem();
  if (target !== "/" && !withErrno(() => system.stat(target)).directory) throw new OSError(ENOENT);
  fileSystem().directory = target;
  return null;
}

function entries(path: Value): FileEntry[] {
  const target = path === undefined ? fileSystem().directory : absolute(path);
  return withErrno(() => fileSystem().system.list(target));
}

export const listdir = def(
  (path?: Value) => entries(path).map((entry) => entry.name),
  "path=, /",
  "listdir",
);

class DirectoryIterator extends PyIterator {
  constructor(private readonly found: Iterator<FileEntry>) {
    super();
  }

  override next(): IteratorResult<Value> {
    const step = this.found.next();
    if (step.done) return { done: true, value: null };
    const { name, directory, size } = step.value;
    return { done: false, value: tup(name, directory ? DIRECTORY : REGULAR, 0, size) };
  }
}

/** Tuples of (name, type, inode, size). */
export const ilistdir = def(
  (path?: Value) => new DirectoryIterator(entries(path)[Symbol.iterator]()),
  "path=, /",
  "ilistdir",
);

export function stat(path: Value): Tuple {
  const target = absolute(path);
  const found = withErrno(() => fileSystem().system.stat(target));
  const time = Math.floor(found.modified / 1000) - EPOCH_OFFSET[board().data.epoch];
  const mode = found.directory ? DIRECTORY : REGULAR;
  return tup(mode, 0, 0, 0, 0, 0, found.size, time, time, time);
}

export function statvfs(_path: Value): Tuple {
  const { blockSize, blocks, free, nameMax } = fileSystem().system.space();
  return tup(blockSize, blockSize, blocks, free, free, 0, 0, 0, 0, nameMax);
}

export function mkdir(path: Value): null {
  const target = absolute(path);
  withErrno(() => fileSystem().system.makeDirectory(target));
  return null;
}

export function rmdir(path: Value): null {
  const target = absolute(path);
  withErrno(() => fileSystem().system.removeDirectory(target));
  return null;
}

export function remove(path: Value): null {
  const target = absolute(path);
  withErrno(() => fileSystem().system.remove(target));
  return null;
}

export const unlink = def((path: Value) => remove(path), "path, /", "unlink");

export function rename(old_path: Value, new_path: Value): null {
  const from = absolute(old_path);
  const to = absolute(new_path);
  withErrno(() => fileSystem().system.rename(from, to));
  return null;
}

export function urandom(n: Value): Bytes {
  const count = index(n);
  if (count < 0) throw new ValueError();
  const bytes = new Bytes(count);
  (current().host as Host).random(bytes);
  return bytes;
}

export const getenv = def(
  (key: Value, fallback: Value = null) => (current().host as Host).environment[key] ?? fallback,
  "key, default=, /",
  "getenv",
);

export function sync(): null {
  return null;
}

/** Duplicates of the terminal are accepted and ignored: output goes to the host. */
export const dupterm = def(
  (_stream: Value, _index?: Value) => null,
  "stream, index=, /",
  "dupterm",
);
