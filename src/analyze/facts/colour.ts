/**
 * Which plain functions and module bodies may suspend the program (design 2.7): from the blocking
 * functions of the runtime backwards along the calls, properties and indexing, to a fixed point. Methods
 * are followed by name, whatever their object is. Coroutines and generators suspend by nature and take no
 * colour; but who iterates over a generator that blocks may block. Operators are not followed, nor what
 * the runtime calls back (sort keys, `map`).
 */
import type { AnyNode, Call, FunctionNode, Module } from "../../parser/ast.js";
import type { DefNode } from "../analysis.js";
import { callTarget } from "../callee.js";
import { isTransparentDecorator, methodDecorator } from "../decorators.js";
import { flavourOf } from "../flavour.js";
import type { Hierarchy } from "../hierarchy.js";
import { type Modules, type ModuleView, meaning } from "../module-view.js";
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
import { isRuntimeClass, type RuntimeClassName } from "../types/type.js";
import { children, walk } from "../walk.js";
import {
  executedBy,
  ITEM_METHODS,
  isAccessor,
  MANAGER_METHODS,
  receiverAtoms,
  type Unit,
} from "./executed-units.js";
import { GENERATOR_METHODS, ITERATOR_METHODS, iterates } from "./iterates.js";
import type { ModuleScan, ScannedDef } from "./scan.js";

export interface Colours {
  readonly functions: ReadonlySet<FunctionNode>;
  readonly modules: ReadonlySet<string>;
  /** Names of methods some of which are coloured. */
  readonly methods: ReadonlySet<string>;
  /** Names of properties some of which are coloured. */
  readonly properties: ReadonlySet<string>;
  /** A function that blocks is used as a value, so that a call of anything may block. */
  readonly escapes: boolean;
  /** Entering or leaving a `with` block may block: a lock of threads, or a manager of the program. */
  readonly managers: boolean;
  /** Iterating over something may block: a generator of the program, or an iterator. */
  readonly iteration: boolean;
  /** Indexing something may block. */
  readonly items: boolean;
}

export interface ColourInput extends Modules {
  readonly closedWorld: boolean;
  readonly scans: ReadonlyMap<string, ModuleScan>;
  /** By method name. */
  readonly methods: ReadonlyMap<string, readonly ScannedDef[]>;
  readonly hierarchy: Hierarchy;
  readonly typeOf: TypeOf;
}

const COLOURABLE_DUNDERS: ReadonlySet<string> = new Set([
  "__init__",
  "__call__",
  ...MANAGER_METHODS,
  ...ITEM_METHODS,
  ...ITERATOR_METHODS,
]);

export function colour(input: ColourInput): Colours {
  const callers = new Map<Unit, Set<Unit>>();
  const coloured = new Set<Unit>();
  const pending: Unit[] = [];
  const classOf = new Map<Unit, ScannedDef>();
  for (const scan of input.scans.values()) {
    for (const def of scan.defs) {
      classOf.set(def.node, def);
    }
  }
  const add = (unit: Unit): void => {
    if (!coloured.has(unit) && mayColour(unit, classOf.get(unit)?.class != null)) {
      coloured.add(unit);
      pending.push(unit);
    }
  };
  const spread = (): void => {
    for (let unit = pending.pop(); unit !== undefined; unit = pending.pop()) {
      for (const caller of callers.get(unit) ?? []) {
        add(caller);
      }
    }
  };
  /** What calls a function that the text does not name: one kept in a variable, a field, a table. */
  const callsValues = new Set<Unit>();
  /** What iterates over something that may be a generator of the program. */
  const iterating = new Set<Unit>();
  for (const view of input.views.values()) {
    const blocking = blockingMethods(view.name, input);
    eachAction(view.ast, (node, unit) => {
      for (const executed of executedBy(node, view, input)) {
        const set = callers.get(executed) ?? new Set();
        callers.set(executed, set.add(unit));
      }
      if (node.kind === "Call" && mayCallValue(node, view, input)) callsValues.add(unit);
      if (iterates(node, view, input)) iterating.add(unit);
      if (
        (node.kind === "Call" && isSeed(node, view, input, blocking)) ||
        (node.kind === "While" && isRestless(node)) ||
        (node.kind === "With" && MANAGER_METHODS.some((name) => blocking.has(name)))
      ) {
        add(unit);
      }
    });
  }
  spread();
  // Each of these makes more functions block, and those may make the other one necessary.
  for (let size = -1; size !== coloured.size; ) {
    size = coloured.size;
    if ([...coloured].some((unit) => isIteration(unit))) iterating.forEach(add);
    spread();
    const found = result(coloured, classOf, input);
    const isReached = found.functions.size + found.modules.size > 0 || usesBlocking(input);
    if (found.escapes && isReached) callsValues.forEach(add);
    spread();
  }
  return result(coloured, classOf, input);
}

/** Some module hands on a function of the runtime that blocks: `pause = time.sleep_ms`. */
function usesBlocking(input: ColourInput): boolean {
  return [...input.views.values()].some((view) => runtimeEscapes(view, input));
}

function isIteration(unit: Unit): boolean {
  return isGeneratorUnit(unit) || (isNamed(unit) && ITERATOR_METHODS.includes(unit.name));
}

function isNamed(unit: Unit): unit is DefNode {
  return unit.kind === "FunctionDef" || unit.kind === "AsyncFunctionDef";
}

/** A generator blocks those who iterate over it; a coroutine the loop that runs it. */
function isGeneratorUnit(unit: Unit): boolean {
  if (unit.kind === "GeneratorExp") return true;
  return unit.kind !== "Module" && flavourOf(unit) === "generator";
}

function mayCallValue(call: Call, view: ModuleView, input: ColourInput): boolean {
  const target = callTarget(call, view, input);
  if (target.kind === "unknown") return true;
  if (target.kind !== "method") return false;
  return [...input.scans.values()].some((scan) => scan.plainStores.has(target.name));
}

function mayColour(unit: Unit, isMethod: boolean): boolean {
  if (unit.kind === "Module" || unit.kind === "Lambda" || isGeneratorUnit(unit)) return true;
  if (flavourOf(unit as FunctionNode) !== "plain") return false;
  const { name } = unit as DefNode;
  return !isMethod || !name.startsWith("__") || COLOURABLE_DUNDERS.has(name);
}

function result(
  coloured: ReadonlySet<Unit>,
  classOf: ReadonlyMap<Unit, ScannedDef>,
  input: ColourInput,
): Colours {
  const functions = new Set<FunctionNode>();
  const methods = new Set<string>();
  const properties = new Set<string>();
  const modules = new Set<string>();
  // Code from elsewhere may hand over functions that block.
  let escapes = !input.closedWorld;
  let iteration = false;
  let items = false;
  for (const unit of coloured) {
    if (unit.kind === "Module") {
      continue;
    }
    iteration ||= isIteration(unit);
    if (isGeneratorUnit(unit) || unit.kind === "GeneratorExp") continue;
    functions.add(unit);
    if (unit.kind === "Lambda") {
      escapes = true;
      continue;
    }
    if (isAccessor(unit)) {
      properties.add(unit.name);
      continue;
    }
    if (input.replacesModules) methods.add(unit.name);
    if (classOf.get(unit)?.class != null) {
      methods.add(unit.name);
      escapes ||= unit.name === "__call__";
      items ||= ITEM_METHODS.includes(unit.name);
    }
    escapes ||= !unit.decorator_list.every(
      (decorator) =>
        isTransparentDecorator(decorator) || methodDecorator(decorator, () => true) !== null,
    );
  }
  if (iteration) for (const name of GENERATOR_METHODS) methods.add(name);
  for (const view of input.views.values()) {
    if (coloured.has(view.ast) || input.openModules.has(view.name)) {
      modules.add(view.name);
    }
    const scan = input.scans.get(view.name);
    escapes ||= [...methods].some(
      (name) => !GENERATOR_METHODS.has(name) && scan?.loadedAttributes.has(name) === true,
    );
    escapes ||= nameEscapes(view, functions) || runtimeEscapes(view, input);
  }
  // Through a module too: `callbacks.append(tools.wait)`; or by name: `globals()["wait"]()`.
  for (const scan of input.scans.values()) {
    escapes ||= scan.rebindsGlobals && functions.size > 0;
    for (const unit of functions) {
      if (unit.kind === "Lambda" || isAccessor(unit)) continue;
      escapes ||= scan.loadedAttributes.has(unit.name);
    }
  }
  const managers = [...input.views.keys()].some((name) => {
    const blocking = blockingMethods(name, input);
    return MANAGER_METHODS.some((method) => blocking.has(method) || methods.has(method));
  });
  return { functions, modules, methods, properties, escapes, managers, iteration, items };
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

/** What may execute other code, with the function (or module) that it stands in. */
function eachAction(module: Module, visit: (node: AnyNode, unit: Unit) => void): void {
  const stack: { node: AnyNode; unit: Unit }[] = [{ node: module, unit: module }];
  for (let item = stack.pop(); item !== undefined; item = stack.pop()) {
    const { node, unit } = item;
    switch (node.kind) {
      case "Lambda":
        push(stack, [node.args], unit);
        push(stack, [node.body], node);
        continue;
      case "GeneratorExp": {
        const [first] = node.generators;
        push(stack, [first?.iter ?? null], unit);
        visit(node, node);
        push(
          stack,
          [node.elt, ...node.generators.flatMap((one) => [one.target, ...one.ifs])],
          node,
        );
        push(
          stack,
          node.generators.slice(1).map(({ iter }) => iter),
          node,
        );
        continue;
      }
      case "FunctionDef":
      case "AsyncFunctionDef":
        push(stack, [...node.decorator_list, node.args], unit);
        push(stack, node.body, node);
        visit(node, unit);
        continue;
    }
    visit(node, unit);
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
