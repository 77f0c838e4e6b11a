/**
 * Python files on whatever is mounted, for imports that are known at run time only. Files are found
 * and read as MicroPython does it, which file systems written in Python can watch.
 */

import { open } from "../builtins/open.js";
import { call } from "../core/call/call.js";
import { BaseException, ValueError } from "../core/exception/exceptions.js";
import type { ModuleSource } from "../core/module/file-module.js";
import { index } from "../core/number/numbers.js";
import { getitem } from "../core/operator/items.js";
import { decodeUtf8 } from "../core/text/utf8.js";
import type { Value } from "../core/values.js";
import { readStream } from "../io/python-stream.js";
import { Stream } from "../io/stream.js";
import { invokeVfs, mountTable } from "./mount-table.js";
import { DIRECTORY, IMPORT_STAT } from "./vfs.js";

/** The package or module at a path without extension; a folder wins over a file of its name. */
export function sourceAt(path: string): ModuleSource | undefined {
  if (importStat(path) === "directory") {
    const init = fileAt(`${path}/__init__`);
    return source(init ?? null, path);
  }
  const file = fileAt(path);
  return file === undefined ? undefined : source(file, null);
}

function fileAt(path: string): string | undefined {
  return [`${path}.py`, `${path}.mpy`].find((file) => importStat(file) === "file");
}

function source(file: string | null, folder: string | null): ModuleSource {
  return {
    file,
    folder,
    read() {
      const bytes = readFile(file as string);
      // Compiled for another machine than this one, whatever is in it.
      if (file?.endsWith(".mpy")) throw new ValueError("incompatible .mpy file");
      return decodeUtf8(bytes);
    },
  };
}

/** All of a file, through the stream that its file system opens. */
export function readFile(path: string): Uint8Array {
  const file: Value = call(open, path, "rb");
  if (!(file instanceof Stream)) return readStream(file);
  try {
    return file.read() as Value;
  } finally {
    file.close();
  }
}

function importStat(path: string): "file" | "directory" | null {
  const found = mountTable().find(path);
  const { mount } = found;
  if (mount === null || mount === "root") return null;
  const own = mount.vfs?.[IMPORT_STAT];
  if (own !== undefined) return own.call(mount.vfs, found.path);
  try {
    const mode = index(getitem(invokeVfs(found, "stat", found.path), 0));
    return mode & DIRECTORY ? "directory" : "file";
  } catch (error) {
    // Whatever is raised means that there is no such file.
    if (error instanceof BaseException) return null;
    throw error;
  }
}
