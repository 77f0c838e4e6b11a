/** `open(name, mode)`: a file of the board. */

import { def } from "../core/signature.js";
import type { Value } from "../core/values.js";
import { openFile } from "../io/file.js";

export const open = def(function open(file: Value, mode: Value = "r", ..._options: Value[]): Value {
  return openFile(file, mode);
}, "file, mode=, buffering=, encoding=");
