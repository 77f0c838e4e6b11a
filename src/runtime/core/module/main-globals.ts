/**
 * The globals that boot.py and main.py both set, as properties of one object: emitted code reads and
 * sets them through it, for both run in `__main__`. They are kept in each of the two modules, beside
 * the globals that it has alone.
 */

import { current } from "../context.js";
import { KeyError } from "../exception/exceptions.js";
import type { Value } from "../values.js";
import type { PyModule } from "./module.js";
import { lookup } from "./names.js";

export const mainGlobals: Record<string, Value> = new Proxy(Object.create(null), {
  get: (_, name: string) => lookup(mainModules()[0] as PyModule, name),
  set(_, name: string, value: Value): boolean {
    for (const module of mainModules()) module.save(name, value);
    return true;
  },
  deleteProperty(_, name: string): boolean {
    const isDeleted = mainModules().map((module) => module.remove(name));
    if (!isDeleted.includes(true)) throw new KeyError(name);
    return true;
  },
});

const mainModules = (): readonly PyModule[] => current().mainModules ?? [];
