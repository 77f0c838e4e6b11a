/**
 * One `ClassInfo` for each class of a module: whether it can be a top-level ES class, and which of
 * its fields can be read as plain properties. Called by `analyze.ts`.
 */
import type { AnyNode, Attribute, ClassDef, Expr, FunctionNode, Stmt } from "../parser/ast.js";
import type { BaseInfo, ClassInfo, FieldInfo, FunctionInfo } from "./analysis.js";
import { DefiniteFields } from "./fields.js";
import type { ModuleView } from "./module-view.js";
import type { ProgramFacts } from "./program-facts.js";
import { isPartial, runtimeKind } from "./tables/runtime-modules.js";
import { walk } from "./walk.js";

/** Attributes that every object has. */
const OWN_NAMES: ReadonlySet<string> = new Set(["__class__", "__dict__", "__name__"]);

export function classInfos(
  view: ModuleView,
  facts: ProgramFacts,
  functions: ReadonlyMap<FunctionNode, FunctionInfo>,
): ReadonlyMap<ClassDef, ClassInfo> {
  const infos = new Map<ClassDef, ClassInfo>();
  const definite = new DefiniteFields(facts);
  walk(view.ast, (node) => {
    if (node.kind === "ClassDef") {
      infos.set(node, classInfo(node, view, facts, functions, definite));
    }
  });
  return infos;
}

function classInfo(
  node: ClassDef,
  view: ModuleView,
  facts: ProgramFacts,
  functions: ReadonlyMap<FunctionNode, FunctionInfo>,
  definite: DefiniteFields,
): ClassInfo {
  const methods = new Map<string, FunctionInfo>();
  const attributes = new Map<string, Expr | null>();
  const annotations = new Map<string, Expr>();
  for (const statement of node.body) {
    if (statement.kind === "FunctionDef" || statement.kind === "AsyncFunctionDef") {
      const info = functions.get(statement);
      if (info !== undefined && info.kind !== "setter" && info.kind !== "deleter") {
        methods.set(statement.name, info);
      }
    }
    for (const { name, value, annotation } of bodyStores(statement)) {
      attributes.set(name, value);
      if (annotation !== null) {
        annotations.set(name, annotation);
      }
    }
  }
  const fields = new Map<string, FieldInfo>();
  const stores = selfStores(node, functions);
  for (const name of new Set([...attributes.keys(), ...stores.keys()])) {
    const own = stores.get(name) ?? [];
    fields.set(name, {
      name,
      stores: own.map((store) => store.target),
      safe: isSafeField(node, name, facts, definite),
      classLevel: attributes.has(name),
      annotation:
        annotations.get(name) ?? own.find((store) => store.annotation !== null)?.annotation ?? null,
    });
  }
  const bases = facts.hierarchy.classes.get(node)?.bases ?? [];
  return {
    node,
    binding: view.table.bindingOf.get(node) ?? null,
    liftable: isLiftable(node, view, facts),
    bases,
    methods,
    attributes,
    fields,
    simpleBody: isSimpleBody(node),
  };
}

interface BodyStore {
  readonly name: string;
  readonly value: Expr | null;
  readonly annotation: Expr | null;
}

function bodyStores(statement: Stmt): readonly BodyStore[] {
  switch (statement.kind) {
    case "Assign":
      return statement.targets.flatMap((target) =>
        target.kind === "Name"
          ? [{ name: target.id, value: statement.value, annotation: null }]
          : [],
      );
    case "AnnAssign":
      return statement.target.kind === "Name"
        ? [{ name: statement.target.id, value: statement.value, annotation: statement.annotation }]
        : [];
    default:
      return [];
  }
}

/** Only defs, a docstring, `pass` and assignments to names, each name once (properties aside). */
function isSimpleBody(node: ClassDef): boolean {
  const seen = new Set<string>();
  const once = (name: string): boolean => {
    const isNew = !seen.has(name);
    seen.add(name);
    return isNew;
  };
  return node.body.every((statement) => {
    switch (statement.kind) {
      case "FunctionDef":
      case "AsyncFunctionDef": {
        const isAccessor = statement.decorator_list.some(
          (decorator) => decorator.kind === "Attribute" && decorator.attr !== "native",
        );
        return once(statement.name) || isAccessor;
      }
      case "Assign":
        return statement.targets.every((target) => target.kind === "Name" && once(target.id));
      case "AnnAssign":
        return (
          statement.target.kind === "Name" &&
          (statement.value === null || once(statement.target.id))
        );
      case "Expr":
        return statement.value.kind === "Constant";
      case "Pass":
        return true;
      default:
        return false;
    }
  });
}

// ---- lifting ---------------------------------------------------------------------------------

export function isLiftable(node: ClassDef, view: ModuleView, facts: ProgramFacts): boolean {
  const binding = view.table.bindingOf.get(node);
  if (
    binding?.constantClass !== node ||
    binding.scope.kind !== "module" ||
    node.keywords.length > 0 ||
    !isSimpleBody(node)
  ) {
    return false;
  }
  const bases = facts.hierarchy.classes.get(node)?.bases ?? [];
  return (
    bases.every((base) => isLiftableBase(base, node, view, facts)) &&
    bases.filter((base) => hasNativeLayout(base, facts)).length < 2
  );
}

/** Whether the base is a type of the runtime in the end: a class of several of them is refused. */
function hasNativeLayout(base: BaseInfo, facts: ProgramFacts): boolean {
  if (base.kind !== "class") return base.kind !== "object";
  const bases = facts.hierarchy.classes.get(base.node)?.bases ?? [];
  return bases.some((one) => hasNativeLayout(one, facts));
}

function isLiftableBase(
  base: BaseInfo,
  node: ClassDef,
  view: ModuleView,
  facts: ProgramFacts,
): boolean {
  switch (base.kind) {
    case "object":
    case "builtin-type":
      return true;
    case "runtime-class":
      // What only some boards have is looked up when the class statement is executed.
      return (
        base.module === null ||
        (runtimeKind(base.module, base.name) === "class" && !isPartial(base.module, base.name))
      );
    case "class": {
      const other = facts.views.get(base.module);
      if (other === undefined) {
        return false;
      }
      const first =
        base.module === view.name
          ? base.node.span.start < node.span.start
          : facts.closedWorld &&
            !facts.importsReach(base.module, view.name) &&
            importsSurely(base.module, node, view);
      return first && isLiftable(base.node, other, facts);
    }
    case "unknown":
      return false;
  }
}

/** The module body imports `module` before the class statement whatever happens. */
function importsSurely(module: string, node: ClassDef, view: ModuleView): boolean {
  return view.imports.some(
    (row) =>
      row.unconditional &&
      row.node.span.start < node.span.start &&
      row.binding?.rebound === false &&
      (row.target.module === module || row.binding.imported?.target.module === module),
  );
}

// ---- fields ----------------------------------------------------------------------------------

interface SelfStore {
  readonly target: Attribute;
  readonly value: Expr | null;
  readonly annotation: Expr | null;
}

/** `self.x = ...` in the methods of the class, also in loops, `with` and the like. */
function selfStores(
  node: ClassDef,
  functions: ReadonlyMap<FunctionNode, FunctionInfo>,
): ReadonlyMap<string, readonly SelfStore[]> {
  const stores = new Map<string, SelfStore[]>();
  for (const statement of node.body) {
    if (statement.kind !== "FunctionDef" && statement.kind !== "AsyncFunctionDef") {
      continue;
    }
    const self = functions.get(statement)?.selfName ?? null;
    const add = (target: Expr, value: Expr | null, annotation: Expr | null): void => {
      if (target.kind === "Tuple" || target.kind === "List") {
        for (const element of target.elts) {
          add(element, null, null);
        }
      } else if (target.kind === "Starred") {
        add(target.value, null, null);
      } else if (
        target.kind === "Attribute" &&
        target.value.kind === "Name" &&
        target.value.id === self
      ) {
        const list = stores.get(target.attr) ?? [];
        stores.set(target.attr, [...list, { target, value, annotation }]);
      }
    };
    walk(statement, (at: AnyNode) => {
      switch (at.kind) {
        case "Assign":
          for (const target of at.targets) {
            add(target, at.value, null);
          }
          break;
        case "AnnAssign":
          add(at.target, at.value, at.annotation);
          break;
        case "AugAssign":
        case "For":
        case "AsyncFor":
          add(at.target, null, null);
          break;
        case "withitem":
          if (at.optional_vars !== null) {
            add(at.optional_vars, null, null);
          }
          break;
      }
    });
  }
  return stores;
}

/** Every instance has the field once it is made. */
export function isSafeField(
  node: ClassDef,
  name: string,
  facts: ProgramFacts,
  definite: DefiniteFields,
): boolean {
  return isPlainField(node, name, facts, (one) => definite.of(one).has(name));
}

/** An instance that has been given the field has it from then on. */
export function keepsStored(node: ClassDef, name: string, facts: ProgramFacts): boolean {
  return (
    !facts.dunders.has("__setattr__") &&
    isPlainField(node, name, facts, (one) => !facts.hierarchy.hasUnknownBase(one))
  );
}

function isPlainField(
  node: ClassDef,
  name: string,
  facts: ProgramFacts,
  isGiven: (node: ClassDef) => boolean,
): boolean {
  if (
    !facts.closedWorld ||
    facts.dynamicShapes ||
    facts.deletedAttributes.has(name) ||
    facts.classStores.has(name) ||
    OWN_NAMES.has(name) ||
    facts.dunders.has("__new__") ||
    facts.dunders.has("__get__") ||
    facts.dunders.has("__set__")
  ) {
    return false;
  }
  return [node, ...facts.hierarchy.subclasses(node)].every((one) => {
    const chain = facts.hierarchy.chain(one);
    const isMethod = chain.some((level) => facts.bodyNames.get(level)?.has(name) === true);
    // What is stored in a class, a function, may be a method then.
    const isData =
      !facts.dynamicStores && chain.some((level) => facts.classData.get(level)?.has(name) === true);
    return (isData || !isMethod) && (isData || isGiven(one));
  });
}
