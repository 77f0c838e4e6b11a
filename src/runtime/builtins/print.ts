/** `print`. Emitted code calls `print` for plain values and `printTo` when keywords are given. */

import { invoke } from "../core/call.js";
import { current } from "../core/context.js";
import { printed } from "../core/repr.js";
import { def } from "../core/signature.js";
import { asText } from "../core/strings.js";
import type { Value } from "../core/values.js";

export interface PrintOptions {
  sep?: Value;
  end?: Value;
  file?: Value;
}

export const print = def(function print(...values: Value[]): null {
  current().host.write(`${joined(values, " ")}\n`);
  return null;
}, "*values");

export function printTo({ sep = " ", end = "\n", file }: PrintOptions, ...values: Value[]): null {
  const text = joined(values, asText(sep)) + asText(end);
  if (file === undefined) current().host.write(text);
  else invoke(file, "write", text);
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
