/**
 * Whether an attribute of self has been assigned wherever it is read: by a statement that stands before it in
 * its own block or in one around it. What an object has been given it keeps, unless the program deletes
 * attributes of that name. Called by `attributes.ts`.
 */
import type { AnyNode, Attribute, Expr, Stmt } from "../parser/ast.js";

/** `body` is that of the method. */
export function isAfterStore(node: Attribute, body: readonly Stmt[]): boolean {
  for (const statement of body) {
    if (statement.span.end > node.span.start) {
      return (
        statement.span.start <= node.span.start &&
        blocksOf(statement).some((block) => isAfterStore(node, block))
      );
    }
    if (assigns(statement, node)) return true;
  }
  return false;
}

/** The statements in a statement, block by block. */
function blocksOf(statement: Stmt): readonly (readonly Stmt[])[] {
  switch (statement.kind) {
    case "If":
    case "For":
    case "AsyncFor":
    case "While":
      return [statement.body, statement.orelse];
    case "With":
    case "AsyncWith":
    case "FunctionDef":
    case "AsyncFunctionDef":
      return [statement.body];
    case "Try":
      return [
        statement.body,
        ...statement.handlers.map((handler) => handler.body),
        statement.orelse,
        statement.finalbody,
      ];
    default:
      return [];
  }
}

/** Whether what comes after the statement finds the attribute assigned. */
function assigns(statement: Stmt, node: Attribute): boolean {
  switch (statement.kind) {
    case "Assign":
      return statement.targets.some((target) => isTarget(target, node));
    case "AnnAssign":
      return statement.value !== null && isTarget(statement.target, node);
    case "AugAssign":
      return isTarget(statement.target, node);
    case "If":
      return blockAssigns(statement.body, node) && blockAssigns(statement.orelse, node);
    case "Try":
      return statement.finalbody.some((inner) => assigns(inner, node));
    default:
      return false;
  }
}

/** It assigns the attribute, or does not end normally. */
const blockAssigns = (block: readonly Stmt[], node: Attribute): boolean =>
  block.some((statement) => assigns(statement, node) || LEAVES.has(statement.kind));

const LEAVES: ReadonlySet<AnyNode["kind"]> = new Set(["Raise", "Return", "Continue", "Break"]);

function isTarget(target: Expr, node: Attribute): boolean {
  if (target.kind === "Tuple" || target.kind === "List") {
    return target.elts.some((item) => isTarget(item, node));
  }
  return (
    target.kind === "Attribute" &&
    target.attr === node.attr &&
    target.value.kind === "Name" &&
    node.value.kind === "Name" &&
    target.value.id === node.value.id
  );
}
