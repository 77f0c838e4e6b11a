/** `collections.namedtuple`: types whose instances are tuples with named items. */

import { type Callable, def } from "../call/signature.js";
import { nativeType } from "../class/builtin-types.js";
import { isDetailed } from "../exception/error-detail.js";
import { TypeError } from "../exception/exceptions.js";
import { asArray } from "../iteration/iteration.js";
import { asText } from "../text/strings.js";
import { asTuple, NAMED, type Tuple, type Value } from "../values.js";
import type { Dict } from "./dict.js";
import { tuple } from "./tuple.js";

/** A type made by `namedtuple`; repr.ts reads its fields. */
export interface NamedTupleType extends Callable {
  fields: readonly string[];
}

/** `namedtuple(name, fields)` */
export function namedtuple(typeName: Value, fieldNames: Value): NamedTupleType {
  const name = asText(typeName);
  const given = typeof fieldNames === "string" ? fieldNames.split(/\s+/) : asArray(fieldNames);
  const fields = given.filter((field) => field !== "").map(asText);
  const make: Value = (args: Tuple, keywords?: Dict): Tuple => {
    const items = asTuple(bindFields(name, fields, args, keywords));
    (items as Value)[NAMED] = make;
    return items;
  };
  make.fields = fields;
  return nativeType(make, name, "*args, **keywords", {
    bases: [tuple],
    attributes: Object.fromEntries(fields.map((field, at) => [field, (self: Tuple) => self[at]])),
  });
}
def(namedtuple, "typename, fields, /");

function bindFields(
  name: string,
  fields: readonly string[],
  args: readonly Value[],
  keywords: Dict | undefined,
): Value[] {
  const count = args.length + (keywords?.size ?? 0);
  if (count !== fields.length) {
    const named = isDetailed() ? `${name}()` : "function";
    throw new TypeError(
      `${named} takes ${fields.length} positional arguments but ${count} were given`,
    );
  }
  const items: Value[] = [...args];
  for (const [field, value] of keywords?.entries() ?? []) {
    const at = fields.indexOf(field);
    if (at < 0) throw new TypeError(`unexpected keyword argument '${field}'`);
    if (items[at] !== undefined) {
      throw new TypeError(`function got multiple values for argument '${field}'`);
    }
    items[at] = value;
  }
  return items;
}
