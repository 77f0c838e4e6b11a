/** `min` and `max`; where it gives keywords itself, emitted code calls `minBy` and `maxBy`. */

import { call } from "../core/call/call.js";
import { def, optioned } from "../core/call/signature.js";
import { TypeError, ValueError } from "../core/exception/exceptions.js";
import { each } from "../core/iteration/iteration.js";
import { gt, lt } from "../core/operator/compare.js";
import type { Value } from "../core/values.js";

export interface ExtremeOptions {
  key?: Value;
  default?: Value;
}

type Better = (left: Value, right: Value) => Value;

// Other keywords are passed over, as in MicroPython.
export const min = optioned(
  def(function min(...values: Value[]): Value {
    return extreme(lt, {}, values);
  }, "*values"),
  (kwargs, values) => minBy(kwargs, ...values),
);

export const max = optioned(
  def(function max(...values: Value[]): Value {
    return extreme(gt, {}, values);
  }, "*values"),
  (kwargs, values) => maxBy(kwargs, ...values),
);

export function minBy(options: ExtremeOptions, ...values: Value[]): Value {
  return extreme(lt, options, values);
}

export function maxBy(options: ExtremeOptions, ...values: Value[]): Value {
  return extreme(gt, options, values);
}

/** The first of the best, of one iterable or of several values. */
function extreme(better: Better, options: ExtremeOptions, values: Value[]): Value {
  if (values.length === 0) {
    throw new TypeError("function missing 1 required positional arguments");
  }
  const { key } = options;
  let best: Value;
  let bestKey: Value;
  for (const item of values.length === 1 ? each(values[0]) : values) {
    const itemKey = key === undefined ? item : call(key, item);
    if (best === undefined || better(itemKey, bestKey) === true) {
      best = item;
      bestKey = itemKey;
    }
  }
  if (best !== undefined) return best;
  if (options.default === undefined) throw new ValueError("arg is an empty sequence");
  return options.default;
}
