/** Shapes of expressions that MicroPython's grammar does not have. Used by `shapes.ts`. */
import { span } from "../build.js";
import type { CstNode } from "../cst.js";
import { keywords } from "../keywords.js";
import type { ShapeContext } from "./shapes.js";

/** The operand of `await` is an atom with its calls, attributes and subscripts. */
const notAtoms: ReadonlySet<string> = new Set([
  "AwaitExpression",
  "BinaryExpression",
  "UnaryExpression",
]);

export function checkAwait(node: CstNode, cx: ShapeContext): void {
  const operand = node.children[1];
  if (operand !== undefined && notAtoms.has(operand.name)) {
    cx.report("MPY2130", {}, span(operand));
  }
}

/** `a == not b`: only a whole comparison can be negated. */
export function checkBinary(node: CstNode, cx: ShapeContext): void {
  const operator = node.children[1]?.name;
  if (operator === "and" || operator === "or") return;
  for (const child of node.children) {
    const word = child.name === "UnaryExpression" ? child.children[0] : undefined;
    if (word?.name === "not") cx.report("MPY2131", {}, span(word));
  }
}

export function checkMember(node: CstNode, cx: ShapeContext): void {
  for (const child of node.children.slice(1)) {
    if (child.name === "PropertyName" && keywords.has(cx.text(child))) {
      cx.report("MPY1038", { word: cx.text(child) }, span(child));
    }
    if (child.name === "NamedExpression") cx.report("MPY2132", {}, span(child));
  }
}

export function checkDictionary(node: CstNode, cx: ShapeContext): void {
  for (const child of node.children) {
    if (child.name === "**") cx.report("MPY2133", {}, span(child));
  }
}

export function checkComprehension(node: CstNode, cx: ShapeContext): void {
  for (const child of node.children) {
    if (child.name === "async") cx.report("MPY2134", {}, span(child));
    if (child.name === "**") cx.report("MPY2133", {}, span(child));
  }
}
