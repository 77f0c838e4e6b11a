/**
 * Decides where a variable of a function can be declared: as deep in the blocks as its references
 * allow, so that emitted code reads `const x = ...` instead of a list of `let`s. A block is covered
 * when its first reference is an unconditional assignment, or when each of its statements covers
 * its own references. Called by `scopes.ts`.
 */
import type { AsyncFunctionDef, ExceptHandler, Expr, FunctionDef, Stmt } from "../parser/ast.js";
import type { Binding } from "./analysis.js";
import { isTransparentDecorator } from "./decorators.js";
import { type Occurrence, type Position, positionIn, runsLater } from "./occurrence.js";
import type { BindingRecord } from "./records.js";

interface Located {
  readonly occurrence: Occurrence;
  /** From the outermost block of the scope inwards. */
  readonly path: readonly Position[];
  readonly later: boolean;
}

type Places = Map<Stmt | ExceptHandler, "const" | "let">;
type Declaration = Pick<Binding, "declareAt" | "places">;

export function declarationPlaces(binding: BindingRecord): Declaration {
  const none: Declaration = { declareAt: "top", places: new Map() };
  if (binding.kind !== "local") {
    return { ...none, declareAt: binding.kind };
  }
  if (binding.scope.kind !== "function") {
    return binding.capturedLater ? none : { ...none, declareAt: "comprehension" };
  }
  const located: Located[] = [];
  for (const occurrence of binding.occurrences) {
    const path = pathOf(positionIn(occurrence, binding.scope));
    if (path.length === 0) {
      return none;
    }
    located.push({ occurrence, path, later: runsLater(occurrence, binding.scope) });
  }
  const places: Places = new Map();
  if (located.length > 0 && cover(binding, located, 0, places)) {
    return { declareAt: "places", places };
  }
  const def = definedTogether(located);
  return def === null ? none : { declareAt: "places", places: new Map([[def, "const"]]) };
}

/**
 * The `def` that alone stores the variable, where what reads it before are functions defined in a row
 * with it: none of them can be called before all are there.
 */
function definedTogether(located: readonly Located[]): Stmt | null {
  const stores = located.filter(({ occurrence }) => occurrence.use !== "load");
  const at = stores.length === 1 ? stores[0]?.path.at(-1) : undefined;
  if (
    at === undefined ||
    at.inLoop ||
    !isQuietDef(at.node) ||
    at.node !== stores[0]?.occurrence.node
  )
    return null;
  const depth = (stores[0] as Located).path.length - 1;
  const end = at.block.indexOf(at.node);
  let start = end;
  while (start > 0 && isQuietDef(at.block[start - 1] as Stmt)) start--;
  const isInTime = ({ path, later }: Located): boolean => {
    const position = path[depth];
    const index = position?.block === at.block ? at.block.indexOf(position.node) : -1;
    return index > end || (index >= start && later);
  };
  return located.every((one) => one === stores[0] || isInTime(one)) ? at.node : null;
}

/** Defining it runs no code of the program. */
function isQuietDef(node: Stmt | ExceptHandler): node is FunctionDef | AsyncFunctionDef {
  return (
    (node.kind === "FunctionDef" || node.kind === "AsyncFunctionDef") &&
    node.decorator_list.every(isTransparentDecorator) &&
    [...node.args.defaults, ...node.args.kw_defaults].every(
      (value) => value === null || value.kind === "Constant" || value.kind === "Name",
    )
  );
}

function pathOf(position: Position | null): readonly Position[] {
  const path: Position[] = [];
  for (let at = position; at !== null; at = at.parent) {
    path.push(at);
  }
  return path.reverse();
}

/** `located`: all references in one block, at `depth` of their paths, in text order. */
function cover(
  binding: BindingRecord,
  located: readonly Located[],
  depth: number,
  places: Places,
): boolean {
  let rest = located;
  while (rest.length > 0) {
    const { node } = (rest[0] as Located).path[depth] as Position;
    const count = rest.findIndex((one) => one.path[depth]?.node !== node);
    const inNode = count === -1 ? rest : rest.slice(0, count);
    const loop = node.kind === "For" || node.kind === "AsyncFor";
    if (assigns(binding, node, inNode, depth)) {
      const covered = opensBlock(node) ? inNode : rest;
      const inLoop = loop || (rest[0] as Located).path[depth]?.inLoop === true;
      if (inLoop && covered.some((one) => one.later)) {
        // Closures of Python share one variable over all rounds of the loop.
        return false;
      }
      const writes = covered.filter((one) => one.occurrence.use !== "load").length;
      places.set(node, writes === 1 ? "const" : "let");
      rest = rest.slice(covered.length);
    } else if (inNode.every((one) => one.path.length > depth + 1)) {
      if (!coverBlocks(binding, inNode, depth + 1, places)) {
        return false;
      }
      rest = rest.slice(inNode.length);
    } else {
      return false;
    }
  }
  return true;
}

/** The blocks of one statement (body, else branch, handlers) are independent of each other. */
function coverBlocks(
  binding: BindingRecord,
  located: readonly Located[],
  depth: number,
  places: Places,
): boolean {
  const blocks = new Map<unknown, Located[]>();
  for (const one of located) {
    const block = one.path[depth]?.block;
    const list = blocks.get(block);
    if (list === undefined) {
      blocks.set(block, [one]);
    } else {
      list.push(one);
    }
  }
  return [...blocks.values()].every((block) => cover(binding, block, depth, places));
}

function opensBlock(node: Stmt | ExceptHandler): boolean {
  return (
    node.kind === "For" ||
    node.kind === "AsyncFor" ||
    node.kind === "With" ||
    node.kind === "AsyncWith" ||
    node.kind === "ExceptHandler"
  );
}

/** `node` stores to the binding unconditionally, and nothing in it reads the variable before. */
function assigns(
  binding: BindingRecord,
  node: Stmt | ExceptHandler,
  inNode: readonly Located[],
  depth: number,
): boolean {
  const own = inNode.filter((one) => one.path.length === depth + 1);
  const stores = own.filter(
    ({ occurrence }) => occurrence.use === "store" && occurrence.scope === binding.scope,
  );
  if (stores.length !== 1 || own.some((one) => !stores.includes(one) && !one.later)) {
    return false;
  }
  const target = (stores[0] as Located).occurrence.node;
  const isTarget = (expr: Expr | null): boolean =>
    expr !== null && (expr === target || elements(expr).some(isTarget));
  const bodyOnly = (body: readonly Stmt[]): boolean =>
    inNode.every((one) => (own.includes(one) ? !one.later : one.path[depth + 1]?.block === body));
  switch (node.kind) {
    case "Assign":
      return node.targets.some(isTarget);
    case "AnnAssign":
      return isTarget(node.target);
    case "For":
    case "AsyncFor":
      return isTarget(node.target) && bodyOnly(node.body);
    case "With":
    case "AsyncWith":
      return node.items.some((item) => isTarget(item.optional_vars)) && bodyOnly(node.body);
    case "ExceptHandler":
      return target === node;
    case "FunctionDef":
    case "AsyncFunctionDef":
    case "ClassDef":
      return target === node;
    case "Import":
    case "ImportFrom":
      return node.names.some((alias) => alias === target);
    default:
      return false;
  }
}

function elements(node: Expr): readonly Expr[] {
  return node.kind === "Tuple" || node.kind === "List"
    ? node.elts
    : node.kind === "Starred"
      ? [node.value]
      : [];
}
