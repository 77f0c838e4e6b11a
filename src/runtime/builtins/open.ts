/** `open(name, mode)`: a file of whichever file system is mounted there, or one by its number. */

import { def } from "../core/call/signature.js";
import { index } from "../core/number/numbers.js";
import { anyText } from "../core/text/strings.js";
import { isInt, type Value } from "../core/values.js";
import { invokeVfs, mountTable } from "../vfs/mount-table.js";
import { hasFileNumbers, openNumber } from "../vfs/vfs-posix.js";

export const open = def(function open(
  file: Value,
  mode: Value = "r",
  buffering: Value = -1,
  _encoding: Value = null,
): Value {
  index(buffering);
  if (isInt(file) && hasFileNumbers()) return openNumber(Number(file), anyText(mode));
  const found = mountTable().find(file);
  return invokeVfs(found, "open", found.path, mode);
}, "file, mode=, buffering=, encoding=");
