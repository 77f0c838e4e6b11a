/** Parameter lists of `def` and `lambda`. Used by `shapes.ts`. */
import { span, splitAtCommas } from "../build.js";
import type { CstNode } from "../cst.js";
import type { ShapeContext } from "./shapes.js";

export function checkParameters(node: CstNode, cx: ShapeContext): void {
  const names = new Set<string>();
  let star = false;
  let doubleStar = false;
  let defaults = false;
  const inside = node.children.filter((child) => child.name !== "(" && child.name !== ")");
  for (const group of splitAtCommas(inside).groups) {
    const first = group[0];
    if (first === undefined) continue;
    if (first.name === "PositionalOnly") {
      cx.report("MPY2140", {}, span(first));
      continue;
    }
    if (doubleStar) cx.report("MPY2141", {}, span(first));
    if (first.name === "*") {
      if (star) cx.report("MPY2142", {}, span(first));
      star = true;
    }
    if (first.name === "**") doubleStar = true;
    if (first.name === "VariableName" && !star) {
      const hasDefault = group.some((child) => child.name === "AssignOp");
      if (defaults && !hasDefault) cx.report("MPY2143", { name: cx.text(first) }, span(first));
      defaults ||= hasDefault;
    }
    const name = group.find((child) => child.name === "VariableName");
    if (name === undefined) continue;
    const text = cx.text(name);
    if (names.has(text)) cx.report("MPY2144", { name: text }, span(name));
    names.add(text);
  }
}
