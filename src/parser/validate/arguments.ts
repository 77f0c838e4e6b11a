/** Order and form of the arguments of calls and classes. Used by `shapes.ts`. */
import { span, splitAtCommas } from "../build.js";
import type { CstNode } from "../cst.js";
import type { ShapeContext } from "./shapes.js";

/** The places of `*x` arguments are kept in the bits of a small int of a 32-bit board. */
const MAX_STAR_INDEX = 29;

export function checkArguments(node: CstNode, cx: ShapeContext): void {
  let keyword = false;
  let doubleStar = false;
  splitAtCommas(node.children.slice(1, -1)).groups.forEach((group, index) => {
    const [first, second] = group;
    if (first === undefined) return;
    for (const child of group) {
      if (child.name === "async") cx.report("MPY2134", {}, span(child));
    }
    if (first.name === "**") {
      doubleStar = true;
      keyword = true;
    } else if (first.name === "*") {
      if (doubleStar) cx.report("MPY2150", {}, span(first));
      else if (keyword) cx.report("MPY2151", {}, span(first));
      else if (index > MAX_STAR_INDEX) cx.report("MPY2156", {}, span(first));
    } else if (second?.name === "AssignOp") {
      const isKeyword = cx.text(second) === "=";
      if (isKeyword) checkKeyword(first, cx);
      const clause = group.slice(3).find((child) => child.name === "for" || child.name === "async");
      if (clause !== undefined) cx.report("MPY2152", {}, span(clause));
      keyword ||= isKeyword;
    } else if (second === undefined) {
      if (doubleStar) cx.report("MPY2153", {}, span(first));
      else if (keyword) cx.report("MPY2154", {}, span(first));
    }
  });
}

/** Parentheses around the name of a keyword argument mean nothing to MicroPython. */
export function argumentName(node: CstNode): CstNode | null {
  let name = node;
  while (name.name === "ParenthesizedExpression" && name.children.length === 3) {
    const inner = name.children[1];
    if (inner === undefined) return null;
    name = inner;
  }
  return name.name === "VariableName" ? name : null;
}

function checkKeyword(node: CstNode, cx: ShapeContext): void {
  if (argumentName(node) === null) cx.report("MPY2155", {}, span(node));
}
