/**
 * What a node of the program may execute: the functions that a call, a `with` statement, an index or a
 * property can reach, the module that an import runs. By name where the object is not known. Used by
 * colour.ts.
 */
import type {
  AnyNode,
  Call,
  ClassDef,
  Expr,
  FunctionNode,
  GeneratorExp,
  Module,
  Name,
} from "../../parser/ast.js";
import type { DefNode } from "../analysis.js";
import { callTarget, enclosingClass, ownMethod, type Target } from "../callee.js";
import { methodDecorator } from "../decorators.js";
import { globalMeaning, type ModuleView, meaning } from "../module-view.js";
import { builtin } from "../tables/builtins.js";
import type { Atom } from "../types/type.js";
import type { ColourInput } from "./colour.js";

/** What is run, and may wait meanwhile. */
export type Unit = FunctionNode | Module | GeneratorExp;

/** What a `with` statement calls. */
export const MANAGER_METHODS = ["__enter__", "__exit__"];

/** What `x[i]`, `x[i] = y` and `del x[i]` call. */
export const ITEM_METHODS = ["__getitem__", "__setitem__", "__delitem__"];

/** The units that a call, `with` or import may execute. */
export function executedBy(node: AnyNode, view: ModuleView, input: ColourInput): readonly Unit[] {
  if (node.kind === "Import" || node.kind === "ImportFrom") {
    return importedUnits(node, view, input);
  }
  if (node.kind === "With") {
    return methodsNamed(MANAGER_METHODS, input);
  }
  if (node.kind === "FunctionDef" || node.kind === "AsyncFunctionDef" || node.kind === "ClassDef") {
    return node.decorator_list.flatMap((decorator) => decoratorUnits(decorator, view, input));
  }
  if (node.kind === "Attribute") return accessors(node.attr, input);
  if (node.kind === "Subscript") {
    return isOfBuiltinType(node.value, view, input) ? [] : methodsNamed(ITEM_METHODS, input);
  }
  if (node.kind !== "Call") {
    return [];
  }
  const target = callTarget(node, view, input);
  if (target.kind === "unknown" && node.func.kind === "Name") {
    return [...definedAs(node.func, view), ...replacedFunctions(node.func.id, input)];
  }
  if (target.kind === "super-method") return inheritedUnits(node, target.name, view, input);
  const atoms = target.kind === "method" ? receiverAtoms(node, view, input) : null;
  return atoms === null
    ? targetUnits(target, input)
    : atoms.flatMap((atom) => (typeof atom === "string" ? [] : methodUnits(atom, node, input)));
}

/** What `@decorator` calls: the function of that name. */
function decoratorUnits(decorator: Expr, view: ModuleView, input: ColourInput): readonly Unit[] {
  const known = meaning(decorator, view, input);
  return known?.kind === "function" ? [known.node] : [];
}

/** The defs under a name that may mean another thing by now (`globals()["main"] = ...`). */
function definedAs(name: Name, view: ModuleView): readonly Unit[] {
  const stores = view.table.bindingOf.get(name)?.stores ?? [];
  return stores.filter(
    (store): store is DefNode => store.kind === "FunctionDef" || store.kind === "AsyncFunctionDef",
  );
}

/** What the object of a method call may be; null where that is not known. */
export function receiverAtoms(
  call: Call,
  view: ModuleView,
  { typeOf }: ColourInput,
): readonly Atom[] | null {
  const type = call.func.kind === "Attribute" ? typeOf(call.func.value, view.ast) : null;
  return type === null ? null : [...type];
}

function methodUnits(owner: ClassDef, call: Call, { hierarchy }: ColourInput): readonly Unit[] {
  const name = call.func.kind === "Attribute" ? call.func.attr : "";
  return [owner, ...hierarchy.subclasses(owner)].flatMap((one) => {
    const method = hierarchy.method(one, name);
    return method === null ? [] : [method];
  });
}

/** `super().m()`: what the bases of the class have, by name where they are not all known. */
function inheritedUnits(
  call: Call,
  name: string,
  view: ModuleView,
  { hierarchy, methods }: ColourInput,
): readonly Unit[] {
  const owner = enclosingClass(call, view);
  const bases = owner === null || hierarchy.hasUnknownBase(owner) ? null : hierarchy.chain(owner);
  return (methods.get(name) ?? [])
    .filter((def) => def.class === null || bases === null || bases.includes(def.class))
    .map((def) => def.node);
}

function targetUnits(target: Target, input: ColourInput): readonly Unit[] {
  switch (target.kind) {
    case "function":
      return [target.node];
    case "class":
      return initializers(target.node, target.module, input, 0);
    case "class-member":
      return (input.methods.get(target.name) ?? []).map((def) => def.node);
    case "method": {
      const methods = (input.methods.get(target.name) ?? []).map((def) => def.node);
      return [...methods, ...replacedFunctions(target.name, input)];
    }
    case "super-method":
    case "builtin":
    case "runtime":
    case "unknown":
      return [];
  }
}

/**
 * Where a program puts modules of its own into `sys.modules`, no import tells what a name means: the
 * functions of that name in any of its modules.
 */
function replacedFunctions(name: string, { scans, replacesModules }: ColourInput): Unit[] {
  if (!replacesModules) return [];
  return [...scans.values()].flatMap(({ defs }) =>
    defs.filter((def) => def.class === null && def.node.name === name).map((def) => def.node),
  );
}

/** The `__init__` that `C(...)` runs; by name where the bases are not all known. */
function initializers(
  node: Extract<Target, { kind: "class" }>["node"],
  module: string,
  input: ColourInput,
  depth: number,
): readonly Unit[] {
  const own = ownMethod(node, "__init__");
  if (own !== null || depth > 20) {
    return own === null ? [] : [own];
  }
  return node.bases.flatMap((base) => {
    const known = base.kind === "Name" ? globalMeaning(module, base.id, input, 0) : null;
    if (known?.kind === "class") {
      return initializers(known.node, known.module, input, depth + 1);
    }
    return base.kind === "Name" && builtin(base.id) !== null
      ? []
      : (input.methods.get("__init__") ?? []).map((def) => def.node);
  });
}

function importedUnits(
  node: Extract<AnyNode, { kind: "Import" | "ImportFrom" }>,
  view: ModuleView,
  input: ColourInput,
): readonly Unit[] {
  const units: Unit[] = [];
  for (const row of view.imports) {
    if (row.node !== node) {
      continue;
    }
    const names = [row.target, row.binding?.imported?.target];
    for (const target of names) {
      if (target?.kind === "project") {
        // Packages run before their modules.
        const parts = target.module.split(".");
        for (let n = 1; n <= parts.length; n++) {
          const unit = input.views.get(parts.slice(0, n).join("."))?.ast;
          if (unit !== undefined) {
            units.push(unit);
          }
        }
      }
    }
  }
  return units;
}

function methodsNamed(names: readonly string[], { methods }: ColourInput): readonly Unit[] {
  return names.flatMap((name) => (methods.get(name) ?? []).map((def) => def.node));
}

/** Getters and setters of that name. */
function accessors(name: string, { methods }: ColourInput): readonly Unit[] {
  return (methods.get(name) ?? []).map((def) => def.node).filter(isAccessor);
}

/** Whether a def is a property's getter, setter or deleter. */
export function isAccessor(node: FunctionNode): boolean {
  if (node.kind === "Lambda") return false;
  return node.decorator_list.some((decorator) => {
    const kind = methodDecorator(decorator, () => true)?.kind;
    return kind === "property" || kind === "setter" || kind === "deleter";
  });
}

/** The value is of a builtin type, of which the program has no say. */
export function isOfBuiltinType(node: Expr, view: ModuleView, input: ColourInput): boolean {
  const type = input.typeOf(node, view.ast);
  return type !== null && [...type].every((atom) => typeof atom === "string");
}
