/**
 * Whether an expression is true, where the text says so: MicroPython compiles no branch that it rules
 * out. Called by `scopes.ts`.
 */
import type { Expr } from "../ast.js";

export function constantTruth(node: Expr): boolean | null {
  if (node.kind === "UnaryOp" && node.op === "Not") {
    const truth = constantTruth(node.operand);
    return truth === null ? null : !truth;
  }
  if (node.kind === "BoolOp") {
    const decides = node.op === "Or";
    for (const operand of node.values) {
      const truth = constantTruth(operand);
      if (truth === null || truth === decides) return truth;
    }
    return !decides;
  }
  if (node.kind === "Tuple" && node.elts.length === 0) return false;
  if (node.kind !== "Constant") return null;
  const { value } = node;
  if (value.type === "None") return false;
  if (value.type === "bool") return value.value;
  if (value.type === "int") return value.value !== 0n;
  if (value.type === "float") return value.value !== 0;
  if (value.type === "str" || value.type === "bytes") return value.value.length > 0;
  return true;
}
