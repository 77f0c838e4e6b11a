/**
 * Where a function of the program was written: for `f.__globals__` and for the names of generators.
 * Functions do not know their module; the modules are searched for them, which costs nothing until a
 * program asks. A function within another one is found by no name.
 */

import { functionName, WRAPS } from "../call/signature.js";
import type { Dict } from "../container/dict.js";
import { current, hasContext } from "../context.js";
import type { ProjectModule } from "../module/module.js";
import { INSTANCE, type Value } from "../values.js";

interface Definition {
  readonly module: ProjectModule;
  readonly fn: Value;
}

/** `f.__globals__`: of the module that has it, else of the program's main module. */
export function globalsOf(fn: Value): Dict {
  const found = find((candidate) => candidate === fn);
  const { main, locals } = current();
  return (found?.module ?? main)?.namespace() ?? (locals as Dict);
}

/** The name of the function that made a generator; undefined where that is found nowhere. */
export function generatorName(generator: Value): string | undefined {
  const prototype = Object.getPrototypeOf(generator);
  const makes = (fn: Value): boolean => (fn[WRAPS] ?? fn).prototype === prototype;
  const found = hasContext() ? find(makes) : undefined;
  return found && functionName(found.fn);
}

function find(suits: (fn: Value) => boolean): Definition | undefined {
  const { main, modules } = current();
  for (const module of main === undefined ? modules.values() : [main, ...modules.values()]) {
    // Not by `instanceof`: the classes of modules need this file before they exist.
    if ((module as Partial<ProjectModule>).options?.names === undefined) continue;
    for (const name of module.names()) {
      const fn = within(module.get(name), suits);
      if (fn !== undefined) return { module, fn };
    }
  }
  return undefined;
}

/** The function that a global is, or one that its class holds. */
function within(value: Value, suits: (fn: Value) => boolean): Value | undefined {
  if (typeof value !== "function") return undefined;
  const prototype = value.prototype?.[INSTANCE] === true ? value.prototype : undefined;
  if (prototype === undefined) return suits(value) ? value : undefined;
  for (const holder of [prototype, value]) {
    for (const key of Object.getOwnPropertyNames(holder)) {
      const member = Object.getOwnPropertyDescriptor(holder, key)?.value;
      if (key !== "constructor" && typeof member === "function" && suits(member)) return member;
    }
  }
  return undefined;
}
