/**
 * Where blocking begins: calls of the functions and methods of the runtime that block. Called by
 * `colour.ts`, and by `calls.ts` for the names of such methods.
 */
import type { Call, ClassDef } from "../../parser/ast.js";
import { callTarget } from "../callee.js";
import type { Hierarchy } from "../hierarchy.js";
import type { ModuleView } from "../module-view.js";
import { builtin } from "../tables/builtins.js";
import { BLOCKING_METHODS, BLOCKING_METHODS_WITH } from "../tables/runtime-blocking.js";
import {
  blockingExports,
  blockingMethodsOf,
  runtimeKind,
  runtimeMethod,
  splitPath,
} from "../tables/runtime-modules.js";
import { isRuntimeClass, type RuntimeClassName } from "../types/type.js";
import type { ColourInput } from "./colour.js";
import { receiverAtoms } from "./executed-units.js";
import type { ModuleScan } from "./scan.js";

function blocksOn(cls: RuntimeClassName, method: string): boolean {
  const { module, name } = splitPath(cls);
  return runtimeMethod(module, name, method)?.blocking === true;
}

/** The methods that block and that a class of the program has from classes of the runtime. */
function inheritedBlocking(node: ClassDef, hierarchy: Hierarchy): readonly string[] {
  return hierarchy.runtimeBases(node).flatMap((base) => blockingMethodsOf(base.module, base.name));
}

function mentions({ loadedAttributes, importedNames }: ModuleScan, name: string): boolean {
  return loadedAttributes.has(name) || importedNames.has(name);
}

/** The methods of the runtime that may block where they are called in a module, by name. */
export function blockingMethods(
  module: string,
  {
    scans,
    replacesModules,
    hierarchy,
  }: Pick<ColourInput, "scans" | "replacesModules" | "hierarchy">,
): ReadonlySet<string> {
  const names = new Set(BLOCKING_METHODS);
  for (const node of hierarchy.classes.keys()) {
    for (const name of inheritedBlocking(node, hierarchy)) names.add(name);
  }
  if (replacesModules) {
    // `asyncio.run` may be a method of whatever the program has put in the place of asyncio.
    for (const name of scans.get(module)?.importedModules ?? []) {
      for (const each of blockingExports(name)) names.add(each);
    }
  }
  const all = [...scans.values()];
  for (const { modules, attribute, anywhere, methods } of Object.values(BLOCKING_METHODS_WITH)) {
    const scanned = anywhere === true ? all : [scans.get(module)];
    if (
      (attribute === undefined || all.some((scan) => mentions(scan, attribute))) &&
      modules.some((name) => scanned.some((scan) => scan?.importedModules.has(name)))
    ) {
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
        : atoms.some((atom) =>
            typeof atom === "string"
              ? isRuntimeClass(atom) && blocksOn(atom, target.name)
              : inheritedBlocking(atom, input.hierarchy).includes(target.name),
          );
    }
    case "super-method":
      return [...input.hierarchy.classes.keys()].some((node) =>
        inheritedBlocking(node, input.hierarchy).includes(target.name),
      );
    default:
      return false;
  }
}
