/** The `json` module. */

import { bufferOf, requireBuffer } from "../core/buffer.js";
import { invoke } from "../core/call.js";
import { ValueError } from "../core/exceptions.js";
import { asArray } from "../core/iteration.js";
import { def } from "../core/signature.js";
import { anyText } from "../core/strings.js";
import { decodeUtf8 } from "../core/utf8.js";
import type { Value } from "../core/values.js";
import { parseJson } from "../json/parse.js";
import { printJson, type Separators } from "../json/print.js";

function separatorsOf(value: Value): Separators {
  if (value === null) return { item: ", ", key: ": " };
  const items = asArray(value);
  if (items.length !== 2) {
    throw new ValueError(`requested length 2 but object has length ${items.length}`);
  }
  return { item: anyText(items[0]), key: anyText(items[1]) };
}

export const dumps = def(function dumps(value: Value, separators: Value = null): string {
  return printJson(value, separatorsOf(separators));
}, "obj, *, separators=");

export const dump = def(function dump(value: Value, stream: Value, separators: Value = null): null {
  invoke(stream, "write", printJson(value, separatorsOf(separators)));
  return null;
}, "obj, stream, *, separators=");

/** A str, or UTF-8 in memory. */
export const loads = def(function loads(source: Value): Value {
  if (typeof source === "string") return parseJson(source);
  return parseJson(decodeUtf8(requireBuffer(source).bytes));
}, "s, /");

export const load = def(function load(stream: Value): Value {
  const content = invoke(stream, "read");
  return bufferOf(content) === null ? parseJson("") : loads(content);
}, "stream, /");
