/**
 * Which plain functions and module bodies may suspend the program (design 2.7): from the blocking
 * functions of the runtime backwards along the calls, to a fixed point. Methods are followed by
 * name, whatever their object is. Coroutines and generators suspend by nature and take no colour,
 * nor do properties, operators and generator expressions, which the runtime calls.
 */
import type { AnyNode, Call, ClassDef, FunctionNode, Module, Name } from "../../parser/ast.js";
import type { DefNode } from "../analysis.js";
import { callTarget, ownMethod, type Target } from "../callee.js";
import { isTransparentDecorator, methodDecorator } from "../decorators.js";
import { flavourOf } from "../flavour.js";
import type { Hierarchy } from "../hierarchy.js";
import { globalMeaning, type Modules, type ModuleView, meaning } from "../module-view.js";
import { isRestless } from "../restless.js";
import { builtin } from "../tables/builtins.js";
import { BLOCKING_METHODS, BLOCKING_METHODS_WITH } from "../tables/runtime-blocking.js";
import {
  blockingExports,
  runtimeKind,
  runtimeMethod,
  splitPath,
} from "../tables/runtime-modules.js";
import type { TypeOf } from "../types/infer.js";
import { type Atom, isRuntimeClass, type RuntimeClassName } from "../types/type.js";
import { children, walk } from "../walk.js";
import type { ModuleScan, ScannedDef } from "./scan.js";

export interface Colours {
  readonly functions: ReadonlySet<FunctionNode>;
  readonly modules: ReadonlySet<string>;
  /** Names of methods some of which are coloured. */
  readonly methods: ReadonlySet<string>;
  /** A function that blocks is used as a value, so that a call of anything may block. */
  readonly escapes: boolean;
  /** Entering or leaving a `with` block may block: a lock of threads, or a manager of the program. */
  readonly managers: boolean;
}

export interface ColourInput extends Modules {
  readonly closedWorld: boolean;
  readonly scans: ReadonlyMap<string, ModuleScan>;
  /** By method name. */
  readonly methods: ReadonlyMap<string, readonly ScannedDef[]>;
  readonly hierarchy: Hierarchy;
  readonly typeOf: TypeOf;
}

type Unit = FunctionNode | Module;

/** What a `with` statement calls. */
const MANAGER_METHODS = ["__enter__", "__exit__"];

const COLOURABLE_DUNDERS: ReadonlySet<string> = new Set([
  "__init__",
  "__call__",
  ...MANAGER_METHODS,
]);

export function colour(input: ColourInput): Colours {
  const callers = new Map<Unit, Set<Unit>>();
  const coloured = new Set<Unit>();
  const pending: Unit[] = [];
  const add = (unit: Unit, colourable: (unit: Unit) => boolean): void => {
    if (!coloured.has(unit) && colourable(unit)) {
      coloured.add(unit);
      pending.push(unit);
    }
  };
  const classOf = new Map<Unit, ScannedDef>();
  for (const scan of input.scans.values()) {
    for (const def of scan.defs) {
      classOf.set(def.node, def);
    }
  }
  const colourable = (unit: Unit): boolean =>
    unit.kind === "Module" || mayColour(unit, classOf.get(unit)?.class != null);
  /** What calls a function that the text does not name: one kept in a variable, a field, a table. */
  const callsValues = new Set<Unit>();
  for (const view of input.views.values()) {
    const blocking = blockingMethods(view.name, input);
    eachCall(view.ast, (node, unit) => {
      for (const callee of calledBy(node, view, input)) {
        const set = callers.get(callee) ?? new Set();
        callers.set(callee, set.add(unit));
      }
      if (node.kind === "Call" && mayCallValue(node, view, input)) callsValues.add(unit);
      if (
        (node.kind === "Call" && isSeed(node, view, input, blocking)) ||
        (node.kind === "While" && isRestless(node)) ||
        (node.kind === "With" && MANAGER_METHODS.some((name) => blocking.has(name)))
      ) {
        add(unit, colourable);
      }
    });
  }
  const spread = (): void => {
    for (let unit = pending.pop(); unit !== undefined; unit = pending.pop()) {
      for (const caller of callers.get(unit) ?? []) {
        add(caller, colourable);
      }
    }
  };
  spread();
  const found = result(coloured, classOf, input);
  if (!found.escapes || found.functions.size + found.modules.size === 0) return found;
  for (const unit of callsValues) add(unit, colourable);
  spread();
  return result(coloured, classOf, input);
}

function mayCallValue(call: Call, view: ModuleView, input: ColourInput): boolean {
  const target = callTarget(call, view, input);
  if (target.kind === "unknown") return true;
  if (target.kind !== "method") return false;
  return [...input.scans.values()].some((scan) => scan.plainStores.has(target.name));
}

function mayColour(node: FunctionNode, isMethod: boolean): boolean {
  if (flavourOf(node) !== "plain") {
    return false;
  }
  if (node.kind === "Lambda") return true;
  if (isMethod && node.name.startsWith("__") && !COLOURABLE_DUNDERS.has(node.name)) {
    return false;
  }
  return node.decorator_list.every((decorator) => {
    const kind = methodDecorator(decorator, () => true)?.kind;
    return kind !== "property" && kind !== "setter" && kind !== "deleter";
  });
}

function result(
  coloured: ReadonlySet<Unit>,
  classOf: ReadonlyMap<Unit, ScannedDef>,
  input: ColourInput,
): Colours {
  const functions = new Set<FunctionNode>();
  const methods = new Set<string>();
  const modules = new Set<string>();
  // Code from elsewhere may hand over functions that block.
  let escapes = !input.closedWorld;
  for (const unit of coloured) {
    if (unit.kind === "Module") {
      continue;
    }
    functions.add(unit);
    if (unit.kind === "Lambda") {
      escapes = true;
      continue;
    }
    if (input.replacesModules) methods.add(unit.name);
    if (classOf.get(unit)?.class != null) {
      methods.add(unit.name);
      escapes ||= unit.name === "__call__";
    }
    escapes ||= !unit.decorator_list.every(
      (decorator) =>
        isTransparentDecorator(decorator) || methodDecorator(decorator, () => true) !== null,
    );
  }
  for (const view of input.views.values()) {
    if (coloured.has(view.ast) || input.openModules.has(view.name)) {
      modules.add(view.name);
    }
    const scan = input.scans.get(view.name);
    escapes ||= [...methods].some((name) => scan?.loadedAttributes.has(name) === true);
    escapes ||= nameEscapes(view, functions) || runtimeEscapes(view, input);
  }
  // Through a module too: `callbacks.append(tools.wait)`; or by name: `globals()["wait"]()`.
  for (const scan of input.scans.values()) {
    escapes ||= scan.rebindsGlobals && functions.size > 0;
    for (const unit of functions) {
      escapes ||= unit.kind !== "Lambda" && scan.loadedAttributes.has(unit.name);
    }
  }
  const managers = [...input.views.keys()].some((name) => {
    const blocking = blockingMethods(name, input);
    return MANAGER_METHODS.some((method) => blocking.has(method) || methods.has(method));
  });
  return { functions, modules, methods, escapes, managers };
}

/** Some name of a coloured function stands other than as a callee. */
function nameEscapes(view: ModuleView, functions: ReadonlySet<FunctionNode>): boolean {
  const names = new Set([...functions].map((node) => (node.kind === "Lambda" ? "" : node.name)));
  const aliases = new Set<string>();
  for (const { alias, name } of view.imports) {
    if (name !== null && names.has(name)) {
      aliases.add(alias.asname ?? name);
    }
  }
  let escapes = false;
  const visit = (node: AnyNode, parent: AnyNode | null): void => {
    if (
      node.kind === "Name" &&
      (names.has(node.id) || aliases.has(node.id)) &&
      !(parent?.kind === "Call" && parent.func === node)
    ) {
      const binding = view.table.bindingOf.get(node);
      const isLoad = binding?.loads.includes(node) === true;
      // A parameter, local or module of that name is another thing, unless it is the nested def itself.
      const isDef = binding?.stores.some((store) => functions.has(store as DefNode)) === true;
      const isImported = binding?.imported != null && binding.imported.name !== null;
      escapes ||= isLoad && (isDef || isImported);
    }
  };
  walk(view.ast, visit);
  return escapes;
}

/** A function of the runtime that blocks, or a method of that name, stands other than as a callee. */
function runtimeEscapes(view: ModuleView, input: ColourInput): boolean {
  const methods = blockingMethods(view.name, input);
  let escapes = false;
  walk(view.ast, (node: AnyNode, parent: AnyNode | null) => {
    if (node.kind !== "Name" && node.kind !== "Attribute") return;
    if (parent?.kind === "Call" && parent.func === node) return;
    const known = meaning(node, view, input);
    if (known === null) {
      const isStored = parent?.kind === "Assign" && parent.targets.includes(node);
      escapes ||= node.kind === "Attribute" && !isStored && methods.has(node.attr);
    } else if (known.kind === "builtin") {
      escapes ||= builtin(known.name)?.blocking === true;
    } else if (known.kind === "runtime") {
      escapes ||= runtimeKind(known.module, known.name) === "blocking";
    }
  });
  return escapes;
}

/** Calls, `with` statements, loops and imports with the function (or module) that executes them. */
function eachCall(module: Module, visit: (node: AnyNode, unit: Unit) => void): void {
  const stack: { node: AnyNode; unit: Unit }[] = [{ node: module, unit: module }];
  for (let item = stack.pop(); item !== undefined; item = stack.pop()) {
    const { node, unit } = item;
    switch (node.kind) {
      case "Lambda":
        push(stack, [node.args], unit);
        push(stack, [node.body], node);
        continue;
      case "GeneratorExp":
        push(stack, [node.generators[0]?.iter ?? null], unit);
        continue;
      case "FunctionDef":
      case "AsyncFunctionDef":
        push(stack, [...node.decorator_list, node.args], unit);
        push(stack, node.body, node);
        continue;
      case "Call":
      case "With":
      case "While":
      case "Import":
      case "ImportFrom":
        visit(node, unit);
        break;
    }
    push(stack, children(node), unit);
  }
}

function push(
  stack: { node: AnyNode; unit: Unit }[],
  nodes: readonly (AnyNode | null)[],
  unit: Unit,
): void {
  for (const node of nodes) {
    if (node !== null) {
      stack.push({ node, unit });
    }
  }
}

/** The units that a call, `with` or import may execute. */
function calledBy(node: AnyNode, view: ModuleView, input: ColourInput): readonly Unit[] {
  if (node.kind === "Import" || node.kind === "ImportFrom") {
    return importedUnits(node, view, input);
  }
  if (node.kind === "With") {
    return MANAGER_METHODS.flatMap((name) =>
      (input.methods.get(name) ?? []).map((def) => def.node),
    );
  }
  if (node.kind !== "Call") {
    return [];
  }
  const target = callTarget(node, view, input);
  if (target.kind === "unknown" && node.func.kind === "Name") {
    return [...definedAs(node.func, view), ...replacedFunctions(node.func.id, input)];
  }
  const atoms = target.kind === "method" ? receiverAtoms(node, view, input) : null;
  return atoms === null
    ? targetUnits(target, input)
    : atoms.flatMap((atom) => (typeof atom === "string" ? [] : methodUnits(atom, node, input)));
}

/** The defs under a name that may mean another thing by now (`globals()["main"] = ...`). */
function definedAs(name: Name, view: ModuleView): readonly Unit[] {
  const stores = view.table.bindingOf.get(name)?.stores ?? [];
  return stores.filter(
    (store): store is DefNode => store.kind === "FunctionDef" || store.kind === "AsyncFunctionDef",
  );
}

/** What the object of a method call may be; null where that is not known. */
function receiverAtoms(
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

function targetUnits(target: Target, input: ColourInput): readonly Unit[] {
  switch (target.kind) {
    case "function":
      return [target.node];
    case "class":
      return initializers(target.node, target.module, input, 0);
    case "class-member":
    case "super-method":
      return (input.methods.get(target.name) ?? []).map((def) => def.node);
    case "method": {
      const methods = (input.methods.get(target.name) ?? []).map((def) => def.node);
      return [...methods, ...replacedFunctions(target.name, input)];
    }
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

function isSeed(
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
