/**
 * Which file system is mounted where, and which one a path means. `open`, `os`, `vfs` and imports at
 * run time go through it; the operations themselves are methods of the mounted objects, which may
 * be Python's.
 */

import type { Port } from "../boards/board-data.js";
import { invoke } from "../core/call/call.js";
import { current, perContext } from "../core/context.js";
import { OSError } from "../core/exception/exceptions.js";
import type { Value } from "../core/values.js";
import { nameLike, pathOf } from "../io/path.js";
import type { Board } from "../machine/hal.js";
import { flash } from "./flash.js";
import type { Vfs } from "./vfs.js";
import { GenericFlash, VfsPosix } from "./vfs-posix.js";

const EPERM = 1;
const ENODEV = 19;

export interface Mount {
  readonly point: string;
  readonly vfs: Value;
}

/** The mounted file system that a path leads to, "root" for the place where all are mounted. */
export interface Found {
  readonly mount: Mount | "root" | null;
  /** The path inside of it; undefined at the root. */
  readonly path: Value;
}

class MountTable {
  /** In the order in which they are searched: what is mounted at "/" comes last. */
  mounts: Mount[];
  /** Where relative paths begin: in a mounted file system, or where all are mounted. */
  directory: Mount | "root";

  constructor() {
    const { port } = (current().board as Board).data;
    const own = { point: "/", vfs: ownFiles(port) };
    this.mounts = [own];
    // A PC's programs start in a directory, a board's at the root.
    this.directory = port === "unix" ? own : "root";
  }

  get atRoot(): Mount | undefined {
    return this.mounts.find(({ point }) => point.length === 1);
  }

  find(path: Value): Found {
    const text = pathOf(path);
    if (!text.startsWith("/") && this.directory !== "root") return { mount: this.directory, path };
    const relative = text.startsWith("/") ? text.slice(1) : text;
    if (relative === "") return { mount: "root", path: undefined };
    for (const mount of this.mounts) {
      const name = mount.point.slice(1);
      if (name === "") return { mount, path };
      if (!relative.startsWith(name)) continue;
      const rest = relative.slice(name.length);
      if (rest === "") return { mount, path: nameLike(path, "/") };
      if (rest.startsWith("/")) return { mount, path: nameLike(path, rest) };
    }
    return { mount: null, path: undefined };
  }

  add(mount: Mount): void {
    const last = this.mounts.findIndex(({ point }) => point.length === 1);
    this.mounts.splice(last < 0 ? this.mounts.length : last, 0, mount);
  }

  remove(mount: Mount): void {
    this.mounts = this.mounts.filter((other) => other !== mount);
    if (this.directory === mount) this.directory = "root";
  }
}

function ownFiles(port: Port): Vfs {
  if (port === "unix") return new VfsPosix();
  return port === "generic" ? new GenericFlash() : flash();
}

export const mountTable = perContext(() => new MountTable());

/** Calls a method of the file system that a path leads to. */
export function invokeVfs({ mount }: Found, method: string, ...args: Value[]): Value {
  if (mount === null) throw new OSError(ENODEV);
  if (mount === "root") throw new OSError(EPERM);
  return invoke(mount.vfs, method, ...args);
}
