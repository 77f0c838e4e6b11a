/** Says which expressions may run code of the program; asked where the order of evaluation shows. */
import type { AnyNode, Expr } from "../parser/ast.js";

/** Whether evaluating it may call a function, suspend, or set a variable. Operators do not count. */
export function mayRunCode(node: Expr): boolean {
  return search(node);
}

function search(node: AnyNode): boolean {
  switch (node.kind) {
    case "Call":
    case "Await":
    case "Yield":
    case "YieldFrom":
    case "NamedExpr":
    case "ListComp":
    case "SetComp":
    case "DictComp":
    case "GeneratorExp":
      return true;
    case "Lambda":
      return false;
    default:
      return Object.values(node).some((value) =>
        Array.isArray(value)
          ? value.some((item) => isNode(item) && search(item))
          : isNode(value) && search(value),
      );
  }
}

function isNode(value: unknown): value is AnyNode {
  return typeof value === "object" && value !== null && "kind" in value;
}
