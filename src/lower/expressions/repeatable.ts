/** Says which expressions may be written twice instead of being kept in a temporary. */
import type { Expr } from "../../parser/ast.js";
import type { Frame } from "../frame.js";

/** Literals and names that are certainly bound: evaluating them again does and costs nothing. */
export function isRepeatable(node: Expr, frame: Frame): boolean {
  if (node.kind === "Constant") return node.value.type !== "bytes" && node.value.type !== "complex";
  return node.kind === "Name" && frame.module.analysis.nameUses.get(node)?.mayBeUnbound === false;
}
