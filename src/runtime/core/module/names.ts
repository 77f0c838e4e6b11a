/** Names that may be unbound when they are read, and names that only run time can find. */

import { current } from "../context.js";
import { KeyError, NameError } from "../exception/exceptions.js";
import type { Value } from "../values.js";
import { ProjectModule, PyModule } from "./module.js";
import { builtinIn, lookupIn, type Place, scopeOf } from "./scope.js";

/** A global that may not be bound yet. */
export function bound(value: Value, name: string): Value {
  if (value === undefined) throw new NameError(`name '${name}' isn't defined`);
  return value;
}

/** A local that may not be assigned yet. */
export function assigned(value: Value, _name: string): Value {
  if (value === undefined) throw new NameError("local variable referenced before assignment");
  return value;
}

/** A global that is to be deleted: MicroPython takes it out of a dict, and says so. */
export function deletable(value: Value, name: string): void {
  if (value === undefined) throw new KeyError(name);
}

/**
 * A name that the compiler knows nothing about: a global that came to be, one that `__main__` has had
 * before (`booted`: the module that some boards' start has imported there), or a builtin.
 */
export function lookup(
  place: Place,
  name: string,
  booted?: Readonly<Record<string, Value>>,
): Value {
  if (!(place instanceof PyModule)) return lookupIn(scopeOf(place), name);
  const { assembler, mainName } = current();
  let value = assembler === undefined ? place.get(name) : assembler.get(name);
  if (value === undefined && assembler === undefined && isMain(place)) {
    value = mainName?.(name, booted);
  }
  return value !== undefined
    ? value
    : bound(
        builtinIn(() => scopeOf(place), name),
        name,
      );
}

const isMain = (place: PyModule): boolean =>
  place instanceof ProjectModule && place.runName === "__main__";
