/** Python's `tuple`: the callable and the methods, which work on tagged arrays. */

import { def } from "../call/signature.js";
import { each } from "../iteration/iteration.js";
import { asTuple, isTuple, NAMED, type Tuple, type Value } from "../values.js";
import { countOf, indexOf } from "./list.js";

export function tuple(items?: Value): Tuple {
  if (items === undefined) return asTuple([]);
  if (isTuple(items) && (items as Value)[NAMED] === undefined) return items;
  return asTuple([...each(items)]);
}
def(tuple, "iterable=, /");

/** Tags the rest parameter of a `*args` function as the tuple that it is. */
export function star(args: Value[]): asserts args is Tuple {
  asTuple(args);
}

export const tupleMethods = {
  count: def(countOf, "value, /"),
  index: def((self: Tuple, value: Value, start?: Value, stop?: Value) => {
    return indexOf("tuple", self, value, start, stop);
  }, "value, start=, stop=, /"),
};
