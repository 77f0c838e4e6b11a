/** `a < b is not c`: a flat run of operands and the words between them. */
import type { CmpOperator, Expr } from "../ast.js";
import { type Build, must, span } from "../build.js";
import type { CstNode } from "../cst.js";
import { compareOperators } from "../operators.js";

const operatorNodes: ReadonlySet<string> = new Set(["CompareOp", "in", "not", "is"]);

export function buildCompare(build: Build, node: CstNode): Expr {
  const [left, ...rest] = node.children;
  const ops: CmpOperator[] = [];
  const comparators: Expr[] = [];
  let words: CstNode[] = [];
  for (const child of rest) {
    if (operatorNodes.has(child.name)) {
      words.push(child);
      continue;
    }
    const spelling = words.map((word) => build.text(word)).join(" ");
    const op = compareOperators[spelling];
    if (op === undefined) build.report("MPY1031", {}, must(words[0], "a comparison operator"));
    ops.push(op ?? "NotEq");
    comparators.push(build.expr(child));
    words = [];
  }
  return {
    kind: "Compare",
    span: span(node),
    left: build.expr(must(left, "the left operand of a comparison")),
    ops,
    comparators,
  };
}
