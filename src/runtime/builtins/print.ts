/** `print`. Emitted code calls `print` for plain values and `printTo` when it gives keywords itself. */

import { REPEATED } from "../core/call/arguments.js";
import { def, optioned } from "../core/call/signature.js";
import { TypeError } from "../core/exception/exceptions.js";
import { printed } from "../core/repr.js";
import { anyText } from "../core/text/strings.js";
import type { Value } from "../core/values.js";
import { writeTerminal } from "../io/terminal.js";
import { writeText } from "../io/write-text.js";

export interface PrintOptions {
  sep?: Value;
  end?: Value;
  file?: Value;
}

const OPTIONS: ReadonlySet<string> = new Set<keyof PrintOptions>(["sep", "end", "file"]);

export const print = optioned(
  def(function print(...values: Value[]): null {
    writeTerminal(`${joined(values, " ")}\n`);
    return null;
  }, "*values"),
  (kwargs, values) => {
    const isUnknown = (name: string): boolean => !OPTIONS.has(name);
    if (kwargs[REPEATED] !== undefined || Object.keys(kwargs).some(isUnknown)) {
      throw new TypeError("extra keyword arguments given");
    }
    return printTo(kwargs, ...values);
  },
);

export function printTo({ sep = " ", end = "\n", file }: PrintOptions, ...values: Value[]): null {
  const [separator, ending] = [anyText(sep), anyText(end)];
  if (file === undefined) {
    writeTerminal(joined(values, separator) + ending);
    return null;
  }
  // Each value, separator and end reaches the file by a call of its own.
  values.forEach((value, at) => {
    if (at > 0) writeText(file, separator);
    writeText(file, printed(value, "str"));
  });
  writeText(file, ending);
  return null;
}

function joined(values: readonly Value[], separator: string): string {
  let result = "";
  for (let at = 0; at < values.length; at++) {
    if (at > 0) result += separator;
    result += printed(values[at], "str");
  }
  return result;
}
