/**
 * Loops that wait for something without letting anything happen: `while not flag: pass`, and those
 * that never end. Interrupts, threads and the host must have their turn in them, so the functions
 * around them may suspend. Read by `facts/colour.ts` and by the lowering of `while`.
 */
import type { AnyNode, Expr, While } from "../parser/ast.js";
import { children } from "./walk.js";

export function isRestless(node: While): boolean {
  return isBusyWait(node) || isEndless(node);
}

function isBusyWait({ body }: While): boolean {
  return body.every(({ kind }) => kind === "Pass");
}

function isEndless({ test, body }: While): boolean {
  return isTrue(test) && !body.some((statement) => leaves(statement, false));
}

function isTrue(test: Expr): boolean {
  if (test.kind !== "Constant") return false;
  const { value } = test;
  return (value.type === "bool" && value.value) || (value.type === "int" && value.value !== 0n);
}

/** Whether the statement may end the loop that it stands in. */
function leaves(node: AnyNode, isNested: boolean): boolean {
  switch (node.kind) {
    case "Return":
      return true;
    case "Break":
      return !isNested;
    case "FunctionDef":
    case "AsyncFunctionDef":
    case "ClassDef":
    case "Lambda":
      return false;
    case "For":
    case "AsyncFor":
    case "While":
      return children(node).some((child) => child !== null && leaves(child, true));
    default:
      return children(node).some((child) => child !== null && leaves(child, isNested));
  }
}
