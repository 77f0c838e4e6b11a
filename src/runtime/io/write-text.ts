/**
 * Writes text to whatever Python uses as a file: a stream of the runtime, or one written in Python.
 * Called by `print(file=...)`, `json.dump` and `sys.print_exception`.
 */

import { invoke } from "../core/call/call.js";
import { load } from "../core/class/attributes.js";
import { infoOf, typeOf } from "../core/class/type.js";
import { encodeUtf8 } from "../core/text/utf8.js";
import type { Value } from "../core/values.js";
import { IOBase } from "./io-base.js";
import { writeStream } from "./python-stream.js";
import { unsupported } from "./stream.js";

export function writeText(file: Value, text: string): void {
  if (file instanceof IOBase) writeStream(file, encodeUtf8(text));
  else if (isNative(file)) invoke(file, "write", text);
  else throw unsupported();
}

/** Classes of a program are streams only as heirs of one. */
function isNative(file: Value): boolean {
  if (load(file, "write") === undefined) return false;
  for (let info = infoOf(typeOf(file)); info !== undefined; info = infoOf(info.bases[0])) {
    if (info.builtin && info.name !== "object") return true;
  }
  return false;
}
