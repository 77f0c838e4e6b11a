/**
 * Which classes and modules of the program are used as plain values, so that an object nothing is
 * known about may be one of them. Called by `program-facts.ts`.
 */
import type { AnyNode, Call, ClassDef } from "../../parser/ast.js";
import type { DefNode } from "../analysis.js";
import type { Hierarchy } from "../hierarchy.js";
import {
  globalMeaning,
  type Meaning,
  type Modules,
  mayBeModule,
  meaning,
  unboundNames,
} from "../module-view.js";
import { callbackOf } from "../types/callbacks.js";
import { children } from "../walk.js";

export interface Escapes {
  /** Classes that are used as values; null: any class may be. */
  readonly escapedClasses: ReadonlySet<ClassDef> | null;
  /** Functions and methods, by name or through a class or module, that are used as values. */
  readonly escapedFunctions: ReadonlySet<DefNode>;
  /** Those of them that may be called with arguments nobody knows. */
  readonly openFunctions: ReadonlySet<DefNode>;
  /** Attributes that are read as values which may then be called so. */
  readonly openAttributes: ReadonlySet<string>;
  /** Methods of classes that are used as values. */
  readonly escapedClassMethods: ReadonlySet<string>;
  readonly modulesEscape: boolean;
  /** Attributes stored into what may be a class. */
  readonly classStores: ReadonlySet<string>;
}

/** Builtins that only look at a class or module they are given. */
const LOOKING: ReadonlySet<string> = new Set(
  "callable dir getattr hasattr id isinstance issubclass len print repr".split(" "),
);

export function findEscapes(
  modules: Modules,
  hierarchy: Hierarchy,
  methods: ReadonlyMap<string, unknown>,
): Escapes {
  const escaped = new Set<ClassDef>();
  const escapedFunctions = new Set<DefNode>();
  const openFunctions = new Set<DefNode>();
  const openAttributes = new Set<string>();
  const handed = new Set<AnyNode>();
  const classStores = new Set<string>();
  const quiet = new Set<AnyNode>();
  let everyClass = false;
  let modulesEscape = false;
  for (const view of modules.views.values()) {
    const stack: { node: AnyNode; parent: AnyNode | null }[] = [{ node: view.ast, parent: null }];
    for (let item = stack.pop(); item !== undefined; item = stack.pop()) {
      const { node, parent } = item;
      for (const child of children(node)) {
        if (child !== null) {
          stack.push({ node: child, parent: node });
        }
      }
      const types = lookedAtTypes(node);
      if (types?.kind === "Tuple") {
        quiet.add(types);
      }
      if (node.kind === "Attribute" && node.attr === "__class__") {
        everyClass = true;
      }
      if (node.kind === "Attribute" && node.attr === "modules") {
        modulesEscape = true;
      }
      if (node.kind === "Call" && node.func.kind === "Name") {
        everyClass ||= node.func.id === "type" && !isLookedAt(node, parent);
        modulesEscape ||=
          node.func.id === "__import__" &&
          !(parent?.kind === "Expr" || parent?.kind === "Attribute");
      }
      if (node.kind === "Call") {
        const callback = callbackOf(node, view, modules, methods);
        if (callback !== null) handed.add(callback.function);
        const name = attributeByName(node);
        if (name !== null) openAttributes.add(name);
      }
      if (node.kind === "Attribute" && !isCalled(node, parent) && !handed.has(node)) {
        openAttributes.add(node.attr);
      }
      if (node.kind === "Name" || node.kind === "Attribute") {
        if (
          (parent !== null && quiet.has(parent)) ||
          isStoreOf(node, parent) ||
          isBase(node, parent) ||
          isLookedAt(node, parent)
        ) {
          continue;
        }
        const known = meaning(node, view, modules);
        if (known?.kind === "class") {
          escaped.add(known.node);
        } else if (known?.kind === "function") {
          escapedFunctions.add(known.node);
          if (!handed.has(node)) openFunctions.add(known.node);
        } else if (known?.kind === "module") {
          modulesEscape = true;
        } else if (parent?.kind !== "Attribute" && mayBeModule(node, view, modules)) {
          modulesEscape = true;
        }
      }
    }
    for (const name of storesIntoClasses(view.ast, view, modules)) {
      classStores.add(name);
    }
  }
  for (const known of reachedByUnknownNames(modules)) {
    if (known.kind === "class") {
      escaped.add(known.node);
    } else if (known.kind === "function") {
      escapedFunctions.add(known.node);
      openFunctions.add(known.node);
    }
  }
  const escapedClassMethods = new Set<string>();
  if (everyClass) {
    for (const name of methods.keys()) {
      escapedClassMethods.add(name);
    }
  }
  for (const node of escaped) {
    for (const one of hierarchy.chain(node)) {
      for (const statement of one.body) {
        if (statement.kind === "FunctionDef" || statement.kind === "AsyncFunctionDef") {
          escapedClassMethods.add(statement.name);
        }
      }
    }
  }
  return {
    escapedClasses: everyClass ? null : escaped,
    escapedFunctions,
    openFunctions,
    openAttributes,
    escapedClassMethods,
    modulesEscape,
    classStores,
  };
}

/**
 * What imports bind in ways that leave open which of several things a name is: alternatives in
 * `try` and `if`, star imports.
 */
function reachedByUnknownNames(modules: Modules): readonly Meaning[] {
  const reached: (Meaning | null)[] = [];
  const names = new Set<string>();
  for (const view of modules.views.values()) {
    for (const { name, target, binding } of view.imports) {
      if (name !== null && target.kind === "project" && (binding?.imported ?? null) === null) {
        reached.push(globalMeaning(target.module, name, modules, 0));
      }
    }
    for (const name of unboundNames(view)) names.add(name);
    for (const name of view.table.root.bindings.keys()) {
      if (
        modules.stars.mayBind(view.name, name) &&
        modules.stars.origin(view.name, name) === null
      ) {
        names.add(name);
      }
    }
  }
  for (const view of modules.views.values()) {
    for (const name of names) {
      const isGlobal = view.table.root.bindings.has(name);
      reached.push(isGlobal ? globalMeaning(view.name, name, modules, 0) : null);
    }
  }
  return reached.filter((known) => known !== null);
}

/** `except (A, B):`, `isinstance(x, (A, B))`. */
function lookedAtTypes(node: AnyNode): AnyNode | null {
  if (node.kind === "ExceptHandler") {
    return node.type;
  }
  const isCheck =
    node.kind === "Call" &&
    node.func.kind === "Name" &&
    (node.func.id === "isinstance" || node.func.id === "issubclass");
  return isCheck ? (node.args[1] ?? null) : null;
}

function isCalled(node: AnyNode, parent: AnyNode | null): boolean {
  return parent?.kind === "Call" && parent.func === node;
}

/** `getattr(x, "name")`. */
export function attributeByName(node: Call): string | null {
  const [, name] = node.args;
  const isGetattr = node.func.kind === "Name" && node.func.id === "getattr";
  return isGetattr && name?.kind === "Constant" && name.value.type === "str"
    ? name.value.value
    : null;
}

function isStoreOf(node: AnyNode, parent: AnyNode | null): boolean {
  return parent?.kind === "Assign" && parent.targets.some((target) => target === node);
}

/** `x.m`, `x()`, a base class: nothing keeps the value. */
function isBase(node: AnyNode, parent: AnyNode | null): boolean {
  return (
    (parent?.kind === "Attribute" && parent.value === node) ||
    (parent?.kind === "Call" && parent.func === node) ||
    (parent?.kind === "ClassDef" && parent.bases.some((base) => base === node)) ||
    parent?.kind === "Raise" ||
    parent?.kind === "ExceptHandler" ||
    parent?.kind === "Delete"
  );
}

function isLookedAt(node: AnyNode, parent: AnyNode | null): boolean {
  switch (parent?.kind) {
    case "Call":
      return parent.func !== node && parent.func.kind === "Name" && LOOKING.has(parent.func.id);
    case "Compare":
      return true;
    case "Attribute":
      return parent.value === node && parent.attr === "__name__";
    default:
      return false;
  }
}

function storesIntoClasses(
  root: AnyNode,
  view: Parameters<typeof meaning>[1],
  modules: Modules,
): readonly string[] {
  const names: string[] = [];
  const stack: AnyNode[] = [root];
  const look = (target: AnyNode): void => {
    if (target.kind === "Tuple" || target.kind === "List") {
      target.elts.forEach(look);
    } else if (target.kind === "Attribute") {
      const { value } = target;
      const mayBeClass =
        value.kind === "Name"
          ? value.id === "cls" || meaning(value, view, modules)?.kind === "class"
          : value.kind === "Call" ||
            (value.kind === "Attribute" &&
              (value.attr === "__class__" || meaning(value, view, modules)?.kind === "class"));
      if (mayBeClass) {
        names.push(target.attr);
      }
    }
  };
  for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
    if (node.kind === "Assign") {
      node.targets.forEach(look);
    } else if (node.kind === "AugAssign") {
      look(node.target);
    } else if (node.kind === "Call" && node.func.kind === "Name" && node.func.id === "setattr") {
      const [, name] = node.args;
      if (name?.kind === "Constant" && name.value.type === "str") {
        names.push(name.value.value);
      }
    }
    for (const child of children(node)) {
      if (child !== null) {
        stack.push(child);
      }
    }
  }
  return names;
}
