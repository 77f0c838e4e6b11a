/**
 * The `os` module: files and directories of whatever is mounted, what the board is, its environment.
 * As on the ports, the names of `vfs` are here too.
 */

import type { Port } from "../boards/board-data.js";
import { call, invoke } from "../core/call/call.js";
import { def } from "../core/call/signature.js";
import { attrTuple } from "../core/container/attr-tuple.js";
import { current, perContext } from "../core/context.js";
import { OSError, ValueError } from "../core/exception/exceptions.js";
import { each } from "../core/iteration/iteration.js";
import { PyIterator } from "../core/iteration/py-iterator.js";
import { wherePresent } from "../core/module/port-names.js";
import { index } from "../core/number/numbers.js";
import { getitem } from "../core/operator/items.js";
import { RELEASE, RELEASE_BUILT } from "../core/release.js";
import { Bytes } from "../core/text/bytes.js";
import { asText } from "../core/text/strings.js";
import { type Tuple, tup, type Value } from "../core/values.js";
import type { Host } from "../host/host.js";
import { IOBase } from "../io/io-base.js";
import { nameLike } from "../io/path.js";
import { POLLABLE } from "../io/pollable.js";
import { unsupported } from "../io/stream.js";
import { duplicates } from "../io/terminal.js";
import type { Board } from "../machine/hal.js";
import { type Found, invokeVfs, mountTable } from "../vfs/mount-table.js";
import { DIRECTORY, SYNC } from "../vfs/vfs.js";

export { mount, umount, VfsFat, VfsLfs1, VfsLfs2, VfsPosix } from "./vfs.js";

const EPERM = 1;
const EEXIST = 17;
const ENOSYS = 38;
/** The longest path of the place where file systems are mounted. */
const PATH_MAX = 128;

export const sep = "/";

function board(): Board {
  return current().board as Board;
}

/** An ESP8266 tells the release of what it is built on, an RP2 what it was built with. */
const ESP8266_SDK = "2.2.0-dev(9422289)";
const RP2_TOOLS = " (GNU 14.2.1 MinSizeRel)";

export const uname = def(
  wherePresent("os", "uname", (): Tuple => {
    const { platform, node, machine, port } = board().data;
    return attrTuple({
      sysname: platform,
      nodename: node,
      release: port === "esp8266" ? ESP8266_SDK : RELEASE,
      version: RELEASE_BUILT + (port === "rp2" ? RP2_TOOLS : ""),
      machine,
    });
  }),
  "/",
  "uname",
);

/** How many streams a port can have beside its terminal. */
const DUPLICATES: Partial<Record<Port, number>> = { esp8266: 2, stm32: 3 };

/** Puts a stream beside the terminal, None: nothing; gives what was there before. */
export const dupterm = def(
  wherePresent("os", "dupterm", (stream: Value, index_: Value = 0) => {
    const place = index(index_);
    if (place < 0 || place >= (DUPLICATES[board().data.port] ?? 1)) {
      throw new ValueError("invalid dupterm index");
    }
    const before = duplicates().get(place) ?? null;
    if (stream === null) duplicates().delete(place);
    else if (stream instanceof IOBase || stream?.[POLLABLE] !== undefined) {
      duplicates().set(place, stream);
    } else throw unsupported();
    return before;
  }),
  "stream_object, index=, /",
  "dupterm",
);

/** For an interrupt of such a stream: its input is read when the program asks for some. */
export const dupterm_notify = def((_obj: Value) => null, "obj_in, /", "dupterm_notify");

export function getcwd(): Value {
  const { directory } = mountTable();
  if (directory === "root") return "/";
  const inside: string = asText(invoke(directory.vfs, "getcwd"));
  if (directory.point.length === 1) return inside;
  return directory.point + (inside === "/" ? "" : inside);
}

export function chdir(path: Value): null {
  const table = mountTable();
  const found = table.find(path);
  if (found.mount === "root") {
    // Relative paths within what is mounted at "/" begin at its root then.
    if (table.atRoot !== undefined) invoke(table.atRoot.vfs, "chdir", "/");
    table.directory = "root";
  } else {
    invokeVfs(found, "chdir", found.path);
    if (found.mount !== null) table.directory = found.mount;
  }
  return null;
}

/** The place where file systems are mounted: them, and then what is in the one at "/". */
class RootListing extends PyIterator {
  private at = 0;
  private inRoot: Iterator<Value> | undefined;
  private readonly mounts = mountTable().mounts;

  constructor(private readonly path: Value) {
    super();
  }

  override next(): IteratorResult<Value> {
    if (this.inRoot !== undefined) return this.inRoot.next();
    const mount = this.mounts[this.at++];
    if (mount === undefined) return { done: true, value: null };
    if (mount.point.length > 1) {
      return { done: false, value: tup(nameLike(this.path, mount.point.slice(1)), DIRECTORY, 0) };
    }
    this.inRoot = each(invoke(mount.vfs, "ilistdir", "/"))[Symbol.iterator]();
    return this.inRoot.next();
  }
}

/** Tuples of (name, type, inode) and, on most file systems, the size. */
export const ilistdir = def(
  (path: Value = "") => {
    const found = mountTable().find(path);
    if (found.mount === "root") return new RootListing(path);
    return invokeVfs(found, "ilistdir", found.path);
  },
  "path=, /",
  "ilistdir",
);

export const listdir = def(
  (path: Value = "") => {
    const names: Value[] = [];
    for (const entry of each(call(ilistdir, path))) names.push(getitem(entry, 0));
    return names;
  },
  "path=, /",
  "listdir",
);

export function mkdir(path: Value): Value {
  const found = mountTable().find(path);
  if (found.mount === "root" || found.path === "/") throw new OSError(EEXIST);
  return invokeVfs(found, "mkdir", found.path);
}

function onPath(method: string): (path: Value) => Value {
  return (path) => {
    const found = mountTable().find(path);
    return invokeVfs(found, method, found.path);
  };
}

export const remove = def(onPath("remove"), "path, /", "remove");
export const unlink = def(onPath("remove"), "path, /", "unlink");
export const rmdir = def(onPath("rmdir"), "path, /", "rmdir");

export function rename(old_path: Value, new_path: Value): Value {
  const table = mountTable();
  const from = table.find(old_path);
  const to = table.find(new_path);
  if (from.mount !== to.mount) throw new OSError(EPERM);
  return invokeVfs(from, "rename", from.path, to.path);
}

/** A tuple of ten: mode, four zeros and more, size, three times. */
export function stat(path: Value): Value {
  const found = mountTable().find(path);
  if (found.mount === "root") return tup(DIRECTORY, 0, 0, 0, 0, 0, 0, 0, 0, 0);
  return invokeVfs(found, "stat", found.path);
}

export function statvfs(path: Value): Value {
  const table = mountTable();
  let found: Found = table.find(path);
  if (found.mount === "root") {
    if (table.atRoot === undefined) return tup(0, 0, 0, 0, 0, 0, 0, 0, 0, PATH_MAX);
    found = { mount: table.atRoot, path: "/" };
  }
  return invokeVfs(found, "statvfs", found.path);
}

export function urandom(n: Value): Bytes {
  const count = index(n);
  if (count < 0) throw new ValueError();
  const bytes = new Bytes(count);
  (current().host as Host).random(bytes);
  return bytes;
}

/** What the program has changed of the host's environment; null: removed. */
const changed = perContext(() => new Map<string, string | null>());

export const getenv = def(
  (key: Value, fallback: Value = null) => {
    const name = asText(key);
    const own = changed().get(name);
    const value = own === undefined ? (current().host as Host).environment[name] : own;
    return value ?? fallback;
  },
  "key, default=, /",
  "getenv",
);

export function putenv(key: Value, value: Value): null {
  changed().set(asText(key), asText(value));
  return null;
}

export function unsetenv(key: Value): null {
  changed().set(asText(key), null);
  return null;
}

/** `system(command)`: the host's shell runs it; ENOSYS where the host has none. */
export function system(command: Value): number {
  const text = asText(command);
  const { shell } = current().host as Host;
  if (shell === undefined) throw new OSError(ENOSYS);
  return shell(text, Object.fromEntries(changed()));
}

const lastError = perContext(() => ({ number: 0 }));

/** `errno()` gives the number that `errno(n)` has set. */
export const errno = def(
  (number?: Value) => {
    if (number === undefined) return lastError().number;
    lastError().number = index(number);
    return null;
  },
  "number=, /",
  "errno",
);

export const sync = def(
  wherePresent("os", "sync", (): null => {
    for (const { vfs } of mountTable().mounts) vfs?.[SYNC]?.();
    return null;
  }),
  "/",
  "sync",
);
