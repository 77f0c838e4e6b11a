/**
 * Which plain functions and module bodies may suspend the program (design 2.7): from the blocking
 * functions of the runtime backwards along the calls, properties and indexing, to a fixed point. Methods
 * are followed by name, whatever their object is. Coroutines and generators suspend by nature and take no
 * colour; but who iterates over a generator that blocks may block. Operators are not followed, nor what
 * the runtime calls back (sort keys, `map`).
 */
import type { Call, FunctionNode } from "../../parser/ast.js";
import type { DefNode } from "../analysis.js";
import { callTarget } from "../callee.js";
import { isTransparentDecorator, methodDecorator } from "../decorators.js";
import { flavourOf } from "../flavour.js";
import type { Hierarchy } from "../hierarchy.js";
import type { Modules, ModuleView } from "../module-view.js";
import { isRestless } from "../restless.js";
import type { TypeOf } from "../types/infer.js";
import { type BlockingSource, isSeed } from "./blocking-source.js";
import { nameEscapes, runtimeEscapes } from "./colour-escapes.js";
import {
  executedBy,
  ITEM_METHODS,
  isAccessor,
  MANAGER_METHODS,
  type Unit,
} from "./executed-units.js";
import { GENERATOR_METHODS, ITERATOR_METHODS, iterates } from "./iterates.js";
import type { ModuleScan, ScannedDef } from "./scan.js";
import { eachAction } from "./unit-actions.js";

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
  readonly blocking: BlockingSource;
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
    const blocking = input.blocking.methods(view.name);
    eachAction(view.ast, (node, unit) => {
      for (const executed of executedBy(node, view, input)) {
        const set = callers.get(executed) ?? new Set();
        callers.set(executed, set.add(unit));
      }
      if (node.kind === "Call" && mayCallValue(node, view, input)) callsValues.add(unit);
      if (iterates(node, view, input)) iterating.add(unit);
      if (
        (node.kind === "Call" && isSeed(node, view, input)) ||
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
    const blocking = input.blocking.methods(name);
    return MANAGER_METHODS.some((method) => blocking.has(method) || methods.has(method));
  });
  return { functions, modules, methods, properties, escapes, managers, iteration, items };
}
