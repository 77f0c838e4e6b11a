/**
 * Whether a generator may end, instead of raising, when GeneratorExit is thrown into it. The one that
 * delegates to it must then raise the exception itself, which JavaScript's `yield*` does not. Called
 * by `lower/expressions/await.ts`.
 */
import type { AnyNode, ExceptHandler, Expr, FunctionNode, Try } from "../parser/ast.js";
import { isFunctionNode, walk } from "./walk.js";

const CATCHING: ReadonlySet<string> = new Set(["GeneratorExit", "BaseException"]);
const WAITING: ReadonlySet<string> = new Set([
  "Yield",
  "YieldFrom",
  "Await",
  "AsyncWith",
  "AsyncFor",
]);
const LEAVING: ReadonlySet<string> = new Set(["Return", "Break", "Continue"]);

export function swallowsExit(def: FunctionNode): boolean {
  let found = false;
  walk(def, (node) => {
    found ||= node.kind === "Try" && yields(node) && (node.handlers.some(swallows) || leaves(node));
    return node === def || !isFunctionNode(node);
  });
  return found;
}

/** Something in the body may be where the generator waits. */
function yields(node: Try): boolean {
  return node.body.some((statement) => contains(statement, WAITING));
}

/** The handler catches GeneratorExit and does not end in a `raise`. */
function swallows({ type, body }: ExceptHandler): boolean {
  return (type === null || catches(type)) && body.at(-1)?.kind !== "Raise";
}

function catches(type: Expr): boolean {
  return type.kind === "Tuple"
    ? type.elts.some(catches)
    : type.kind === "Name" && CATCHING.has(type.id);
}

/** Its `finally` may go elsewhere, which drops the exception. */
function leaves(node: Try): boolean {
  return node.finalbody.some((statement) => contains(statement, LEAVING));
}

function contains(root: AnyNode, kinds: ReadonlySet<string>): boolean {
  let found = false;
  walk(root, (node) => {
    found ||= kinds.has(node.kind);
    return !isFunctionNode(node);
  });
  return found;
}
