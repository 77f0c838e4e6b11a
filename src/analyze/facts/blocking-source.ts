/**
 * Where blocking begins: calls of the functions and methods of the runtime that block. Called by
 * `colour.ts`, and by `calls.ts` for the names of such methods.
 */
import type { Call, ClassDef } from "../../parser/ast.js";
import { callTarget, enclosingClass } from "../callee.js";
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

/** Where blocking begins in a program: made once for it. */
export class BlockingSource {
  /** What each class of the program has from classes of the runtime. */
  private readonly inherited: ReadonlyMap<ClassDef, ReadonlySet<string>>;
  private readonly byModule: ReadonlyMap<string, ReadonlySet<string>>;

  constructor(program: Pick<ColourInput, "scans" | "replacesModules" | "hierarchy">) {
    const { scans, replacesModules, hierarchy } = program;
    this.inherited = new Map(
      [...hierarchy.classes.keys()].map((node) => {
        const bases = hierarchy.runtimeBases(node);
        return [node, new Set(bases.flatMap((base) => blockingMethodsOf(base.module, base.name)))];
      }),
    );
    const inherited = [...this.inherited.values()].flatMap((names) => [...names]);
    const all = [...scans.values()];
    this.byModule = new Map(
      [...scans].map(([name, scan]) => {
        // `asyncio.run` may be a method of whatever the program has put in the place of asyncio.
        const replaced = replacesModules ? [...scan.importedModules].flatMap(blockingExports) : [];
        const ofSome = methodsWith(scan, all);
        return [name, new Set([...BLOCKING_METHODS, ...inherited, ...replaced, ...ofSome])];
      }),
    );
  }

  /** The methods of the runtime that may block where they are called in a module, by name. */
  methods(module: string): ReadonlySet<string> {
    return this.byModule.get(module) ?? NO_NAMES;
  }

  /** Whether a class has a method that blocks from a class of the runtime. */
  inherits(node: ClassDef, method: string): boolean {
    return this.inherited.get(node)?.has(method) === true;
  }
}

const NO_NAMES: ReadonlySet<string> = new Set();

/** Methods that block in some modules only, where the program mentions what has them. */
function methodsWith(scan: ModuleScan, all: readonly ModuleScan[]): readonly string[] {
  return Object.values(BLOCKING_METHODS_WITH).flatMap(
    ({ modules, attribute, anywhere, methods }) => {
      const scanned = anywhere === true ? all : [scan];
      const isThere =
        (attribute === undefined || all.some((one) => mentions(one, attribute))) &&
        modules.some((name) => scanned.some((one) => one.importedModules.has(name)));
      return isThere ? [...methods] : [];
    },
  );
}

function mentions({ loadedAttributes, importedNames }: ModuleScan, name: string): boolean {
  return loadedAttributes.has(name) || importedNames.has(name);
}

function blocksOn(cls: RuntimeClassName, method: string): boolean {
  const { module, name } = splitPath(cls);
  return runtimeMethod(module, name, method)?.blocking === true;
}

/** The call blocks by itself. */
export function isSeed(call: Call, view: ModuleView, input: ColourInput): boolean {
  const { blocking, hierarchy } = input;
  const target = callTarget(call, view, input);
  switch (target.kind) {
    case "builtin":
      return builtin(target.name)?.blocking === true;
    case "runtime":
      return runtimeKind(target.module, target.name) === "blocking";
    case "method": {
      const atoms = receiverAtoms(call, view, input);
      return atoms === null
        ? blocking.methods(view.name).has(target.name)
        : atoms.some((atom) =>
            typeof atom === "string"
              ? isRuntimeClass(atom) && blocksOn(atom, target.name)
              : blocking.inherits(atom, target.name),
          );
    }
    case "super-method": {
      const owner = enclosingClass(call, view);
      return owner === null || hierarchy.hasUnknownBase(owner)
        ? blocking.methods(view.name).has(target.name)
        : blocking.inherits(owner, target.name);
    }
    default:
      return false;
  }
}
