/** Names that may be unbound when they are read, and names that only run time can find. */

import * as builtins from "../modules/builtins.js";
import { NameError } from "./exceptions.js";
import type { PyModule } from "./module.js";
import type { Value } from "./values.js";

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

/** A name that the compiler knows nothing about: a global that came to be, or a builtin. */
export function lookup(module: PyModule, name: string): Value {
  const value = module.get(name);
  if (value !== undefined) return value;
  const known: Readonly<Record<string, Value>> = builtins;
  return bound(Object.hasOwn(known, name) ? known[name] : undefined, name);
}
