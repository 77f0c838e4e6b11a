/** `a = b = c`. */
import type { Assign } from "../ast.js";
import { type Build, buildExpressions, must, span } from "../build.js";
import type { CstNode } from "../cst.js";

export function buildAssign(build: Build, node: CstNode): Assign {
  const sides: CstNode[][] = [[]];
  for (const child of node.children) {
    if (child.name === "AssignOp") sides.push([]);
    else sides.at(-1)?.push(child);
  }
  const expressions = sides.map((side) => buildExpressions(build, side));
  const value = must(expressions.at(-1), "the value of an assignment");
  return { kind: "Assign", span: span(node), targets: expressions.slice(0, -1), value };
}
