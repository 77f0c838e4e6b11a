/** Builtin functions about iterables: `iter`, `next`, `len`, `sorted`, `any`, `all`. */

import { def } from "../core/call/signature.js";
import { list, sortList } from "../core/container/list.js";
import * as iteration from "../core/iteration/iteration.js";
import * as items from "../core/operator/items.js";
import { truth } from "../core/operator/unary.js";
import type { Value } from "../core/values.js";

export { enumerate, filter, map, reversed, zip } from "../core/iteration/iterators.js";

export const iter = def(iteration.iter, "object, /", "iter");
export const next = def(iteration.next, "iterator, default=, /", "next");
export const len = def(items.len, "object, /", "len");

/** `sorted(iterable, key=None, reverse=False)`; called directly with the keywords in that order. */
export const sorted = def(
  (iterable: Value, key: Value = null, reverse: Value = false): Value[] => {
    const result = list(iterable);
    sortList(result, key, reverse);
    return result;
  },
  "iterable, *, key=, reverse=",
  "sorted",
);

export const any = def(
  (iterable: Value): boolean => {
    for (const item of iteration.each(iterable)) if (truth(item)) return true;
    return false;
  },
  "iterable, /",
  "any",
);

export const all = def(
  (iterable: Value): boolean => {
    for (const item of iteration.each(iterable)) if (!truth(item)) return false;
    return true;
  },
  "iterable, /",
  "all",
);
