/** Tuples whose items have names, without a type of their own: `sys.implementation`, `os.uname()`. */

import { tuple } from "../class/builtin-types.js";
import { asTuple, NAMED, type Tuple, TYPE, type Value } from "../values.js";

export function attrTuple(fields: Readonly<Record<string, Value>>): Tuple {
  const names = Object.keys(fields);
  const items: Value = asTuple(Object.values(fields));
  const attributes = Object.fromEntries(names.map((name, at) => [name, (self: Value) => self[at]]));
  const type: Value = (): never => {
    throw new Error("tuples with named items are made by the runtime only");
  };
  type.fields = names;
  type.nameless = true;
  // It is a type beside `tuple`, and called the same.
  type[TYPE] = { name: "tuple", bases: [tuple], abstract: true, attributes };
  items[NAMED] = type;
  return items;
}
