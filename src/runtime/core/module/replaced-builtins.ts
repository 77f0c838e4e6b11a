/**
 * Builtins that the program has set: `builtins.open = f`. They hide those of `modules/builtins.ts` from
 * code that looks names up (`scope.ts`), but not from the module's own attributes, as in MicroPython's
 * `py/objmodule.c`. The compiler writes look-ups for the names that a program may set, and for no others.
 */
import { perContext } from "../context.js";
import type { Value } from "../values.js";

export const replacedBuiltins = perContext(() => new Map<string, Value>());
