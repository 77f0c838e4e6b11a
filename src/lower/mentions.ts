/** Finds out whether nested functions use a name; called where `this` would mean another thing there. */
import { children } from "../analyze/walk.js";
import type { AnyNode, Stmt } from "../parser/ast.js";

/** Whether a `def` or class nested in `body` mentions `name` (lambdas and comprehensions keep `this`). */
export function mentionedInDef(name: string, body: readonly Stmt[]): boolean {
  return body.some((statement) => search(statement, name, false));
}

/** Whether `name` is mentioned anywhere in `body`. */
export function mentioned(name: string, body: readonly Stmt[]): boolean {
  return body.some((statement) => search(statement, name, true));
}

function search(node: AnyNode, name: string, inside: boolean): boolean {
  if (node.kind === "Name") return inside && node.id === name;
  // `super()` in a nested def reads `self` too, but is lowered through the class.
  const within =
    inside ||
    node.kind === "FunctionDef" ||
    node.kind === "AsyncFunctionDef" ||
    node.kind === "ClassDef" ||
    // Emitted as a generator function, which has a `this` of its own.
    node.kind === "GeneratorExp";
  return children(node).some((child) => child !== null && search(child, name, within));
}
