/**
 * Where blocking begins: calls of the functions and methods of the runtime that block. Called by
 * `colour.ts`, and by `calls.ts` for the names of such methods.
 */
import type { Call } from "../../parser/ast.js";
import { callTarget } from "../callee.js";
import type { ModuleView } from "../module-view.js";
import { builtin } from "../tables/builtins.js";
import { BLOCKING_METHODS, BLOCKING_METHODS_WITH } from "../tables/runtime-blocking.js";
import {
  blockingExports,
  runtimeKind,
  runtimeMethod,
  splitPath,
} from "../tables/runtime-modules.js";
import { isRuntimeClass, type RuntimeClassName } from "../types/type.js";
import type { ColourInput } from "./colour.js";
import { receiverAtoms } from "./executed-units.js";

function blocksOn(cls: RuntimeClassName, method: string): boolean {
  const { module, name } = splitPath(cls);
  return runtimeMethod(module, name, method)?.blocking === true;
}

/** The methods of the runtime that may block where they are called in a module, by name. */
export function blockingMethods(
  module: string,
  { scans, replacesModules }: Pick<ColourInput, "scans" | "replacesModules">,
): ReadonlySet<string> {
  const names = new Set(BLOCKING_METHODS);
  if (replacesModules) {
    // `asyncio.run` may be a method of whatever the program has put in the place of asyncio.
    for (const name of scans.get(module)?.importedModules ?? []) {
      for (const each of blockingExports(name)) names.add(each);
    }
  }
  for (const { modules, anywhere, methods } of Object.values(BLOCKING_METHODS_WITH)) {
    const scanned = anywhere === true ? [...scans.values()] : [scans.get(module)];
    if (modules.some((name) => scanned.some((scan) => scan?.importedModules.has(name)))) {
      for (const method of methods) {
        names.add(method);
      }
    }
  }
  return names;
}

/** The call blocks by itself. */
export function isSeed(
  call: Call,
  view: ModuleView,
  input: ColourInput,
  methods: ReadonlySet<string>,
): boolean {
  const target = callTarget(call, view, input);
  switch (target.kind) {
    case "builtin":
      return builtin(target.name)?.blocking === true;
    case "runtime":
      return runtimeKind(target.module, target.name) === "blocking";
    case "method": {
      const atoms = receiverAtoms(call, view, input);
      return atoms === null
        ? methods.has(target.name)
        : atoms.some((atom) => isRuntimeClass(atom) && blocksOn(atom, target.name));
    }
    default:
      return false;
  }
}
