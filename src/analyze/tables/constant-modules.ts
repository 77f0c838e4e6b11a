/**
 * Modules whose constants MicroPython's compiler puts in place of `errno.EIO`, whether the program has imported them
 * or not (`mp_constants_table` of py/parse.c, `MICROPY_PORT_CONSTANTS` of ports/stm32): a program may use them
 * without an import.
 */

import { runtimeKind } from "./runtime-modules.js";

const MODULES = ["errno", "math", "stm", "uctypes"] as const;

export type ConstantModule = (typeof MODULES)[number];

/** The module that the name is one of, if the attribute may be a constant: some only a run knows. */
export function constantModule(name: string, attribute: string): ConstantModule | null {
  const module = MODULES.find((known) => known === name);
  if (module === undefined) return null;
  return (runtimeKind(module, attribute) ?? "constant") === "constant" ? module : null;
}
