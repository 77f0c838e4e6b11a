/**
 * `print`, `min` and `max` as values: as emitted code passes them around, with keyword arguments.
 * Direct calls use the plain functions and `printTo`, `minBy`, `maxBy` instead.
 */

import type { Dict } from "../core/dict.js";
import { TypeError } from "../core/exceptions.js";
import { def } from "../core/signature.js";
import type { Value } from "../core/values.js";
import { maxBy, minBy } from "./extremes.js";
import { printTo } from "./print.js";

function options(keywords: Dict | undefined, names: readonly string[]): Record<string, Value> {
  const found: Record<string, Value> = {};
  for (const [name, value] of keywords?.entries() ?? []) {
    if (!names.includes(name)) throw new TypeError("extra keyword arguments given");
    found[name] = value;
  }
  return found;
}

export const print = def(
  (values: Value[], keywords?: Dict) =>
    printTo(options(keywords, ["sep", "end", "file"]), ...values),
  "*values, **keywords",
  "print",
);

export const min = def(
  (values: Value[], keywords?: Dict) => minBy(options(keywords, ["key", "default"]), ...values),
  "*values, **keywords",
  "min",
);

export const max = def(
  (values: Value[], keywords?: Dict) => maxBy(options(keywords, ["key", "default"]), ...values),
  "*values, **keywords",
  "max",
);
