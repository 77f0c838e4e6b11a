/** Path arguments of Python: str, or bytes of one. */

import { typeName } from "../core/class/type.js";
import { TypeError } from "../core/exception/exceptions.js";
import { toBytes } from "../core/text/bytes.js";
import { decodeUtf8, encodeUtf8 } from "../core/text/utf8.js";
import type { Value } from "../core/values.js";

export function pathOf(path: Value): string {
  if (typeof path === "string") return path;
  if (path instanceof Uint8Array) return decodeUtf8(path);
  throw new TypeError(`can't convert '${typeName(path)}' object to str implicitly`);
}

/** A name as the caller wants it: bytes where the path that he gave was bytes. */
export function nameLike(path: Value, name: string): Value {
  return path instanceof Uint8Array ? toBytes(encodeUtf8(name)) : name;
}
