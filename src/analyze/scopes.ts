/**
 * Second half of name resolution: gives each occurrence its binding and finishes the bindings
 * (what is stored, captured, rebound). Called by `analyze.ts` and, for whole-program facts, by
 * `program-facts.ts`; definite assignment is a pass of its own (`flow.ts`).
 */
import type { AnnAssign, Assign, Expr, Module, Name } from "../parser/ast.js";
import type { ConstantFact, ScopeNode, StoreNode } from "./analysis.js";
import { foldConstant } from "./constants.js";
import { declarationPlaces } from "./declare.js";
import { isTransparentDecorator } from "./decorators.js";
import type { StarOrigin } from "./facts/stars.js";
import { assignJsNames } from "./js-scopes.js";
import { type Occurrence, positionIn, runsLater } from "./occurrence.js";
import type { BindingRecord, ScopeRecord } from "./records.js";
import { buildRawScopes } from "./scope-builder.js";

export interface ScopeTable {
  readonly root: ScopeRecord;
  readonly scopes: ReadonlyMap<ScopeNode, ScopeRecord>;
  /** Absent: a builtin or unknown name. */
  readonly bindingOf: ReadonlyMap<StoreNode | Name, BindingRecord>;
  readonly occurrences: readonly Occurrence[];
  /** The scope that a name stands in. */
  readonly scopeOf: ReadonlyMap<StoreNode | Name, ScopeRecord>;
  /** For targets of `x = value` and `x: T = value`. */
  readonly valueOf: ReadonlyMap<StoreNode | Name, Expr>;
}

export interface Surroundings {
  /** Globals that may be assigned in ways this module does not show. */
  readonly storedElsewhere: (name: string) => boolean;
  /** What a star import surely makes of a name that nothing else binds. */
  readonly starOrigin: (name: string) => StarOrigin | null;
  /** `builtins.__build_class__ = f`: a class statement may bind anything. */
  readonly replacesClasses: boolean;
}

/** A module on its own. */
const ALONE: Surroundings = {
  storedElsewhere: () => false,
  starOrigin: () => null,
  replacesClasses: false,
};

export function buildScopes(module: Module, surroundings: Surroundings = ALONE): ScopeTable {
  const { root, scopes, occurrences } = buildRawScopes(module);
  for (const occurrence of occurrences) {
    if (occurrence.use !== "load") {
      bindStore(occurrence, root);
    }
  }
  const bindingOf = new Map<StoreNode | Name, BindingRecord>();
  const scopeOf = new Map<StoreNode | Name, ScopeRecord>();
  for (const occurrence of occurrences) {
    const { node, name, scope, use } = occurrence;
    const binding =
      find(name, scope, root) ??
      (use === "load" && !scope.isAssembly ? bindStar(name, root, surroundings) : null);
    // `x += 1` records its name twice, as a load and as a store.
    scopeOf.set(node, scope);
    if (binding === null) {
      continue;
    }
    bindingOf.set(node, binding);
    binding.occurrences.push(occurrence);
    if (use === "store") {
      binding.stores.push(node);
    } else if (use === "delete") {
      binding.deletes.push(node as Name);
    } else {
      binding.loads.push(node as Name);
    }
    if (scope !== binding.scope) {
      binding.captured = true;
      binding.capturedLater ||= runsLater(occurrence, binding.scope);
    }
  }
  const valueOf = simpleValues(occurrences);
  for (const scope of scopes.values()) {
    for (const binding of scope.bindings.values()) {
      finish(binding, valueOf, scope === root && surroundings.storedElsewhere(binding.name));
      if (surroundings.replacesClasses) binding.constantClass = null;
    }
  }
  assignJsNames(root);
  return { root, scopes, bindingOf, occurrences, scopeOf, valueOf };
}

function bindStore({ name, scope, node }: Occurrence, root: ScopeRecord): void {
  const owner = scope.globals.has(name)
    ? root
    : scope.nonlocals.has(name)
      ? enclosing(name, scope)?.scope
      : scope;
  const binding = owner?.bind(name);
  if (binding !== undefined && node.kind === "arg") {
    binding.kind = "parameter";
  }
}

function bindStar(
  name: string,
  root: ScopeRecord,
  { starOrigin }: Surroundings,
): BindingRecord | null {
  const origin = starOrigin(name);
  if (origin === null) {
    return null;
  }
  const binding = root.bind(name);
  binding.star = origin.alias;
  binding.imported = origin.imported;
  return binding;
}

/** The binding of an enclosing function that a nested scope closes over; null if there is none. */
function enclosing(name: string, from: ScopeRecord): BindingRecord | null {
  for (let at = from.parent; at !== null && at.parent !== null; at = at.parent) {
    const binding = at.bindings.get(name);
    if (binding !== undefined) {
      // As in MicroPython a name that a class body assigns hides the functions around the class.
      const throughComprehension = at === from.parent && from.kind === "comprehension";
      return at.isFunctionLike || (throughComprehension && from.nonlocals.has(name))
        ? binding
        : null;
    }
    if (at.globals.has(name)) {
      return null;
    }
  }
  return null;
}

function find(name: string, scope: ScopeRecord, root: ScopeRecord): BindingRecord | null {
  if (!scope.globals.has(name)) {
    const own = scope.bindings.get(name) ?? enclosing(name, scope);
    if (own !== null) {
      return own;
    }
  }
  return scope.isAssembly ? null : (root.bindings.get(name) ?? null);
}

/** Values of `x = value` and `x: T = value`, by their target. */
function simpleValues(occurrences: readonly Occurrence[]): ReadonlyMap<StoreNode | Name, Expr> {
  const values = new Map<StoreNode | Name, Expr>();
  for (const { node, position } of occurrences) {
    const statement = position?.node;
    if (statement?.kind === "Assign" || statement?.kind === "AnnAssign") {
      const value = assignedValue(statement, node);
      if (value !== null) {
        values.set(node, value);
      }
    }
  }
  return values;
}

function assignedValue(statement: Assign | AnnAssign, node: StoreNode | Name): Expr | null {
  if (statement.kind === "AnnAssign") {
    return statement.target === node ? statement.value : null;
  }
  return statement.targets.some((target) => target === node) ? statement.value : null;
}

function finish(
  binding: BindingRecord,
  valueOf: ReadonlyMap<StoreNode | Name, Expr>,
  storedOutside: boolean,
): void {
  if (binding.star !== null) {
    binding.rebound = binding.deletes.length > 0;
    binding.declareAt = "global";
    return;
  }
  const stores = binding.occurrences.filter((occurrence) => occurrence.use === "store");
  const [first] = stores;
  const position = first === undefined ? null : positionIn(first, binding.scope);
  binding.rebound =
    storedOutside ||
    stores.length !== 1 ||
    first?.scope !== binding.scope ||
    position?.inLoop === true ||
    binding.deletes.length > 0;
  const { declareAt, places } = declarationPlaces(binding);
  binding.declareAt = declareAt;
  binding.places = places;
  if (binding.rebound || first === undefined || position === null || position.parent !== null) {
    return;
  }
  const { node } = first;
  if (node.kind === "FunctionDef" || node.kind === "AsyncFunctionDef") {
    if (node.decorator_list.every(isTransparentDecorator)) {
      binding.constantFunction = node;
    }
  } else if (node.kind === "ClassDef") {
    if (node.decorator_list.length === 0) {
      binding.constantClass = node;
    }
  } else {
    binding.constant = constantOf(valueOf.get(node));
  }
}

function constantOf(value: Expr | undefined): ConstantFact | null {
  if (value === undefined) {
    return null;
  }
  const isConst =
    value.kind === "Call" &&
    value.args.length === 1 &&
    ((value.func.kind === "Name" && value.func.id === "const") ||
      (value.func.kind === "Attribute" && value.func.attr === "const"));
  const folded = foldConstant(isConst ? (value.args[0] as Expr) : value);
  return folded === null && !isConst ? null : { node: value, value: folded, isConst };
}
