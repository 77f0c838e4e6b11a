/**
 * The classes of a program and how they inherit. Lookup order is MicroPython's: the class itself,
 * then its bases depth first from left to right. Built by `program-facts.ts`.
 */
import type { ClassDef } from "../parser/ast.js";
import type { BaseInfo, DefNode } from "./analysis.js";
import { ownMethod } from "./callee.js";
import { type Modules, type ModuleView, meaning } from "./module-view.js";
import { builtin } from "./tables/builtins.js";
import type { RuntimeName } from "./tables/runtime-modules.js";
import type { RuntimeClassName } from "./types/type.js";
import { walk } from "./walk.js";

export interface ClassFact {
  readonly node: ClassDef;
  readonly module: string;
  readonly bases: readonly BaseInfo[];
}

export interface Hierarchy {
  readonly classes: ReadonlyMap<ClassDef, ClassFact>;
  /** Direct and indirect, without the class itself. */
  readonly subclasses: (node: ClassDef) => readonly ClassDef[];
  /** The class and its project bases in lookup order. */
  readonly chain: (node: ClassDef) => readonly ClassDef[];
  /** All classes that a chain of inheritance ties to this one, itself included. */
  readonly family: (node: ClassDef) => readonly ClassDef[];
  /** The classes of the runtime's modules that it derives from, through classes of the program too. */
  readonly runtimeBases: (node: ClassDef) => readonly RuntimeName[];
  /** Some base on the way is not known. */
  readonly hasUnknownBase: (node: ClassDef) => boolean;
  readonly method: (node: ClassDef, name: string) => DefNode | null;
  /** Some class may derive from that class of the runtime ("asyncio.Lock"). */
  readonly extendsRuntime: (name: RuntimeClassName) => boolean;
}

export function buildHierarchy(modules: Modules): Hierarchy {
  const classes = new Map<ClassDef, ClassFact>();
  for (const view of modules.views.values()) {
    walk(view.ast, (node) => {
      if (node.kind === "ClassDef") {
        const bases = node.bases.map((base) => baseInfo(base, view, modules));
        classes.set(node, { node, module: view.name, bases });
      }
    });
  }
  const children = new Map<ClassDef, ClassDef[]>();
  for (const { node, bases } of classes.values()) {
    for (const base of bases) {
      if (base.kind === "class") {
        children.set(base.node, [...(children.get(base.node) ?? []), node]);
      }
    }
  }
  const subclasses = (node: ClassDef): readonly ClassDef[] => {
    const seen = new Set<ClassDef>([node]);
    for (const one of seen) {
      for (const child of children.get(one) ?? []) {
        seen.add(child);
      }
    }
    seen.delete(node);
    return [...seen];
  };
  const chain = (node: ClassDef): readonly ClassDef[] => {
    const seen = new Set<ClassDef>();
    const visit = (one: ClassDef): void => {
      if (!seen.has(one)) {
        seen.add(one);
        for (const base of classes.get(one)?.bases ?? []) {
          if (base.kind === "class") {
            visit(base.node);
          }
        }
      }
    };
    visit(node);
    return [...seen];
  };
  const families = new Map<ClassDef, readonly ClassDef[]>();
  const family = (node: ClassDef): readonly ClassDef[] => {
    const known = families.get(node);
    if (known !== undefined) return known;
    const seen = new Set<ClassDef>([node]);
    for (const one of seen) {
      for (const relative of [...chain(one), ...(children.get(one) ?? [])]) seen.add(relative);
    }
    const found = [...seen];
    for (const one of found) families.set(one, found);
    return found;
  };
  return {
    classes,
    subclasses,
    chain,
    family,
    runtimeBases: (node) =>
      chain(node)
        .flatMap((one) => classes.get(one)?.bases ?? [])
        .flatMap((base) =>
          base.kind === "runtime-class" && base.module !== null
            ? [{ module: base.module, name: base.name }]
            : [],
        ),
    hasUnknownBase: (node) =>
      chain(node).some(
        (one) => classes.get(one)?.bases.some((base) => base.kind === "unknown") ?? true,
      ),
    method: (node, name) => {
      for (const one of chain(node)) {
        const found = ownMethod(one, name);
        if (found !== null) {
          return found;
        }
      }
      return null;
    },
    extendsRuntime: (name) =>
      [...classes.values()].some(({ bases }) => bases.some((base) => mayBe(base, name))),
  };
}

function mayBe(base: BaseInfo, name: RuntimeClassName): boolean {
  return (
    base.kind === "unknown" ||
    (base.kind === "runtime-class" && `${base.module}.${base.name}` === name)
  );
}

function baseInfo(base: ClassDef["bases"][number], view: ModuleView, modules: Modules): BaseInfo {
  const known = meaning(base, view, modules);
  switch (known?.kind) {
    case "class":
      return { kind: "class", module: known.module, node: known.node };
    case "runtime":
      return { kind: "runtime-class", module: known.module, name: known.name };
    case "builtin": {
      if (known.name === "object") {
        return { kind: "object" };
      }
      const kind = builtin(known.name)?.kind;
      return kind === "class"
        ? { kind: "runtime-class", module: null, name: known.name }
        : kind === "type"
          ? { kind: "builtin-type", name: known.name }
          : { kind: "unknown" };
    }
    default:
      return { kind: "unknown" };
  }
}
