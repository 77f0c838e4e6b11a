/** Says which expressions may run code of the program; asked where the order of evaluation shows. */
import { children } from "../analyze/walk.js";
import type { AnyNode, Expr } from "../parser/ast.js";

const RUNS_CODE: ReadonlySet<AnyNode["kind"]> = new Set([
  "Call",
  "Await",
  "Yield",
  "YieldFrom",
  "NamedExpr",
  "ListComp",
  "SetComp",
  "DictComp",
  "GeneratorExp",
]);

/** Whether evaluating it may call a function, suspend, or set a variable. Operators do not count. */
export function mayRunCode(node: Expr): boolean {
  return search(node);
}

function search(node: AnyNode): boolean {
  if (RUNS_CODE.has(node.kind)) return true;
  return node.kind !== "Lambda" && children(node).some((child) => child !== null && search(child));
}
