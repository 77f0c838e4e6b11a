/** `json.dumps`: values that JSON does not know are printed as Python prints them. */

import { Dict } from "../core/container/dict.js";
import { BaseException } from "../core/exception/exceptions.js";
import { bytesOf } from "../core/memory/buffer.js";
import { printed } from "../core/repr.js";
import { NATIVE } from "../core/slots.js";
import { Bytes } from "../core/text/bytes.js";
import { decodeUtf8 } from "../core/text/utf8.js";
import { INSTANCE, NAMED, type Value } from "../core/values.js";

export interface Separators {
  item: string;
  key: string;
}

export function printJson(value: Value, separators: Separators): string {
  if (value === null) return "null";
  if (typeof value === "boolean") return String(value);
  if (typeof value === "string") return quoteJson(value);
  if (typeof value !== "object") return printed(value, "json");
  if (Array.isArray(value) && (value as Value)[NAMED] === undefined) {
    return `[${value.map((item) => printJson(item, separators)).join(separators.item)}]`;
  }
  if (value instanceof Dict) return printDict(value, separators);
  if (value instanceof BaseException) return printJson(value.args, separators);
  if (value instanceof Bytes) return quoteJson(decodeUtf8(bytesOf(value)));
  if (value[INSTANCE] === true && value[NATIVE] !== undefined && value.__repr__ === undefined) {
    return printJson(value[NATIVE], separators);
  }
  return printed(value, "json");
}

/** Keys that are no strings get quotes around whatever they are. */
function printDict(dict: Dict, separators: Separators): string {
  const parts: string[] = [];
  for (const [key, value] of dict.entries()) {
    const name = printJson(key, separators);
    const quoted = typeof key === "string" || key instanceof Bytes ? name : `"${name}"`;
    parts.push(quoted + separators.key + printJson(value, separators));
  }
  return `{${parts.join(separators.item)}}`;
}

const NAMED_ESCAPES: Record<string, string> = {
  '"': '\\"',
  "\\": "\\\\",
  "\n": "\\n",
  "\r": "\\r",
  "\t": "\\t",
};

function quoteJson(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is escaped.
  const escaped = text.replace(/["\\\0-\x1f]/g, (character) => {
    const code = character.charCodeAt(0).toString(16).padStart(4, "0");
    return NAMED_ESCAPES[character] ?? `\\u${code}`;
  });
  return `"${escaped}"`;
}
