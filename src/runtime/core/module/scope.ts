/**
 * The names that code compiled at run time reads and sets: `$locals.x` in it goes through the object
 * that `names()` makes. Also which dicts `exec`, `eval`, `globals()` and `locals()` mean where they
 * are called.
 */

import { scoped } from "../../builtins/evaluate.js";
import * as builtins from "../../modules/builtins.js";
import type { Dict } from "../container/dict.js";
import { current } from "../context.js";
import { KeyError, NameError } from "../exception/exceptions.js";
import { SAVE, type Value } from "../values.js";
import { ProjectModule, PyModule } from "./module.js";
import { portHas } from "./port-names.js";
import { replacedBuiltins } from "./replaced-builtins.js";

export interface Scope {
  /** What functions see, and where they find what is not theirs. */
  readonly globals: Dict;
  /** Where the code itself sets names. */
  readonly locals: Dict;
}

/** On what `names()` makes: the scope behind it. */
const SCOPE: unique symbol = Symbol("scope");

/** Where code stands: in a module, in a class body, in text that is run. */
export type Place = PyModule | Scope | { readonly [SCOPE]: Scope };

/**
 * The scope of code in that place. Functions have no dict of their own: what they set by `exec`
 * goes to whatever runs at the outermost level, as in MicroPython.
 */
export function scopeOf(place: Place): Scope {
  if (!(place instanceof PyModule)) return SCOPE in place ? place[SCOPE] : place;
  const globals = place.namespace();
  return { globals, locals: current().locals ?? globals };
}

/** The scope of code that nobody can tell the module of: the program's main module. */
export function mainScope(): Scope {
  const { main } = current();
  if (main instanceof ProjectModule) return scopeOf(main);
  const { locals } = current();
  if (locals === undefined) throw new NameError("there is no module to run code in");
  return { globals: locals, locals };
}

/** What a name means in a scope. */
export function lookupIn(scope: Scope, name: string): Value {
  const { globals, locals } = scope;
  const { assembler } = current();
  let value = (assembler ?? locals).get(name);
  if (value === undefined && assembler === undefined && locals !== globals) {
    value = globals.get(name);
  }
  if (value === undefined) value = builtinIn(() => scope, name);
  if (value === undefined) throw new NameError(`name '${name}' isn't defined`);
  return value;
}

/** The builtin of that name, as it is in that scope. */
export function builtinIn(scope: () => Scope, name: string): Value | undefined {
  const replaced = replacedBuiltins().get(name);
  if (replaced !== undefined) return replaced;
  if (Object.hasOwn(scoped, name) && portHas("builtins", name)) return scoped[name]?.(scope);
  if (name === "__name__") return "builtins";
  const known: Readonly<Record<string, Value>> = builtins;
  return Object.hasOwn(known, name) && portHas("builtins", name) ? known[name] : undefined;
}

/** An object whose properties are the names of a scope as its outermost code sees them. */
export function names(scope: Scope): object {
  const { locals } = scope;
  return new Proxy(Object.create(null), {
    get(_, key): Value {
      if (typeof key === "string") return lookupIn(scope, key);
      return key === SAVE ? save : key === SCOPE ? scope : undefined;
    },
    has: (_, key) => key === SCOPE,
    set(_, key, value): boolean {
      if (typeof key === "symbol") return false;
      if (value === undefined) locals.delete(key);
      else locals.set(key, value);
      return true;
    },
    deleteProperty(_, key): boolean {
      if (typeof key === "symbol" || !locals.delete(key)) {
        throw new KeyError(String(key));
      }
      return true;
    },
  });

  function save(name: string, value: Value): void {
    locals.set(name, value);
  }
}
