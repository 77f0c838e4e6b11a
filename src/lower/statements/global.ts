/** `global` and `nonlocal` only say which variable a name is: analysis has used them. */
import type { Statement } from "../../emit/tree.js";
import type { Global, Nonlocal } from "../../parser/ast.js";
import type { Frame } from "../frame.js";

export function lowerGlobal(_node: Global, _frame: Frame): Statement[] {
  return [];
}

export function lowerNonlocal(_node: Nonlocal, _frame: Frame): Statement[] {
  return [];
}
