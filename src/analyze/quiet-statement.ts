/**
 * Statements of `__init__` during which nobody can see the new object: they neither fail nor run other
 * code. Called by `construction.ts`.
 */
import type { AnyNode, Expr, Stmt } from "../parser/ast.js";
import type { DefNode } from "./analysis.js";
import { type ModuleView, meaning } from "./module-view.js";
import type { ProgramFacts } from "./program-facts.js";

/** The object that is being made, as the method that runs sees it. */
export interface NewObject {
  readonly view: ModuleView;
  readonly facts: ProgramFacts;
  isSelf(node: AnyNode): boolean;
  /** Its method of that name, unless something decorates it. */
  plainMethod(name: string): DefNode | null;
}

/** Constants, plain names, methods of the object, and displays of them. */
export function isDisplay(node: Expr, object: NewObject): boolean {
  switch (node.kind) {
    case "Constant":
      return true;
    case "Attribute":
      return object.isSelf(node.value) && object.plainMethod(node.attr) !== null;
    case "Tuple":
    case "List":
      return node.elts.every((element) => isDisplay(element, object));
    case "Dict":
      return (
        node.keys.every((key) => key?.kind === "Constant") &&
        node.values.every((value) => isDisplay(value, object))
      );
    default:
      return false;
  }
}

/** The statement can neither fail nor run other code. */
export function isQuiet(node: Stmt, object: NewObject): boolean {
  if (node.kind === "Pass") return true;
  if (node.kind === "Expr") return node.value.kind === "Constant";
  if (node.kind !== "Assign" && node.kind !== "AnnAssign") return false;
  const targets = node.kind === "Assign" ? node.targets : [node.target];
  const isField = targets.every(
    (target) =>
      target.kind === "Name" || (target.kind === "Attribute" && object.isSelf(target.value)),
  );
  return isField && (node.value === null || isQuietValue(node.value, object));
}

function isQuietValue(node: Expr, object: NewObject): boolean {
  if (isDisplay(node, object)) return true;
  if (node.kind === "List" || node.kind === "Tuple") {
    return node.elts.every((element) => isQuietValue(element, object));
  }
  if (node.kind === "Name") {
    // A parameter.
    const [store] = object.view.table.bindingOf.get(node)?.stores ?? [];
    return store?.kind === "arg" && !object.isSelf(node);
  }
  if (node.kind !== "Call" || node.args.length + node.keywords.length > 0) return false;
  const known = meaning(node.func, object.view, object.facts);
  return known?.kind === "runtime" && QUIET_CLASSES.has(`${known.module}.${known.name}`);
}

/** Classes whose construction without arguments cannot fail. */
const QUIET_CLASSES: ReadonlySet<string> = new Set([
  "asyncio.Event",
  "asyncio.Lock",
  "asyncio.ThreadSafeFlag",
]);
