/**
 * MicroPython compiles no branch that a constant rules out: a `yield` there makes no generator of the
 * function, an assignment no local variable. Such branches are taken out of functions; those that say
 * nothing of the kind stay for readers. Called by `parse.ts` for modules without errors.
 *
 * ```py
 * def f():
 *     if False:
 *         yield
 *     return 1
 * ```
 * is `def f(): return 1`.
 */
import type { AnyNode, Expr, Module, Stmt } from "./ast.js";
import { definitionIn } from "./inner-constants.js";
import { isNode, mapped, opensScope } from "./mapped.js";
import { constantTruth } from "./validate/constant-truth.js";

export function dropDeadBranches(module: Module): Module {
  const constants = new Map<string, Expr>();
  return mapped(module, (node) => rewritten(node, constants, false));
}

type Constants = Map<string, Expr>;

const BLOCKS: ReadonlySet<string> = new Set(["body", "orelse", "finalbody"]);

const HOLDS_STATEMENTS: ReadonlySet<AnyNode["kind"]> = new Set([
  "FunctionDef",
  "AsyncFunctionDef",
  "ClassDef",
  "If",
  "For",
  "AsyncFor",
  "While",
  "With",
  "AsyncWith",
  "Try",
  "ExceptHandler",
]);

function rewritten(node: AnyNode, constants: Constants, inFunction: boolean): AnyNode {
  const definition = definitionIn(node);
  if (definition !== null) constants.set(definition.name, definition.value);
  if (!HOLDS_STATEMENTS.has(node.kind)) return node;
  const inside = opensScope(node) ? node.kind !== "ClassDef" : inFunction;
  const made = mapped(node, (child) => rewritten(child, constants, inside));
  if (!inside) return made;
  const changed: Record<string, readonly Stmt[]> = {};
  for (const [key, value] of Object.entries(made)) {
    if (!BLOCKS.has(key)) continue;
    const block = value as readonly Stmt[];
    const live = liveStatements(block, constants);
    if (live !== block) changed[key] = live;
  }
  return Object.keys(changed).length === 0 ? made : ({ ...made, ...changed } as AnyNode);
}

/** The same list where nothing is to be taken out. */
function liveStatements(block: readonly Stmt[], constants: Constants): readonly Stmt[] {
  let isChanged = false;
  const live = block.flatMap((statement): readonly Stmt[] => {
    const kept = keptOf(statement, constants);
    if (kept === null) return [statement];
    isChanged = true;
    return kept;
  });
  if (!isChanged) return block;
  const [first] = block;
  return live.length === 0 && first ? [{ kind: "Pass", span: first.span }] : live;
}

/** What is left of a statement; null: all of it. */
function keptOf(statement: Stmt, constants: Constants): readonly Stmt[] | null {
  if (statement.kind !== "If" && statement.kind !== "While") return null;
  const truth = truthOf(statement.test, constants);
  if (truth === false && statement.body.some(declares)) return statement.orelse;
  if (statement.kind === "If" && truth === true && statement.orelse.some(declares)) {
    return [{ ...statement, orelse: [] }];
  }
  return null;
}

function truthOf(test: Expr, constants: Constants): boolean | null {
  const known = (node: Expr): Expr => {
    if (node.kind === "Name") return constants.get(node.id) ?? node;
    if (node.kind === "UnaryOp") return { ...node, operand: known(node.operand) };
    return node.kind === "BoolOp" ? { ...node, values: node.values.map(known) } : node;
  };
  return constantTruth(known(test));
}

/** What makes a function a generator, or says which of its names are local. */
const DECLARES: ReadonlySet<AnyNode["kind"]> = new Set([
  "Yield",
  "YieldFrom",
  "Assign",
  "AugAssign",
  "AnnAssign",
  "NamedExpr",
  "For",
  "AsyncFor",
  "With",
  "AsyncWith",
  "ExceptHandler",
  "Import",
  "ImportFrom",
  "Global",
  "Nonlocal",
  "FunctionDef",
  "AsyncFunctionDef",
  "ClassDef",
]);

function declares(statement: Stmt): boolean {
  const stack: unknown[] = [statement];
  for (let at = stack.pop(); at !== undefined; at = stack.pop()) {
    if (Array.isArray(at)) stack.push(...at);
    else if (isNode(at)) {
      if (DECLARES.has(at.kind)) return true;
      if (at.kind !== "Lambda") stack.push(...Object.values(at).filter(isObject));
    }
  }
  return false;
}

const isObject = (value: unknown): boolean => typeof value === "object" && value !== null;
