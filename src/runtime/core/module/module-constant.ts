/** Constants of modules that a program has not imported: see `analyze/tables/constant-modules.ts`. */

import { getattr } from "../class/attributes.js";
import { current } from "../context.js";
import { isFloat, isInt, type Value } from "../values.js";
import { asModule } from "./imports.js";
import { hasFeature } from "./language-features.js";
import { lookup } from "./names.js";
import type { Place } from "./scope.js";

/**
 * `errno.EIO` where nothing binds `errno`: its number, on ports whose compiler looks constants up itself and whose
 * module has this one.
 */
export function moduleConstant(
  place: Place,
  module: string,
  name: string,
  exports: Readonly<Record<string, Value>>,
): Value {
  if (hasFeature("moduleConstants") && current().hasModule(module)) {
    const value = asModule(exports, module).get(name);
    if (isFloat(value) || isInt(value)) return value;
  }
  return getattr(lookup(place, module), name);
}
