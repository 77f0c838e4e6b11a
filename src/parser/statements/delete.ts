/** `del a, b[c]`. */
import type { Delete } from "../ast.js";
import { type Build, buildElement, span, splitAtCommas } from "../build.js";
import type { CstNode } from "../cst.js";

export function buildDelete(build: Build, node: CstNode): Delete {
  const { groups } = splitAtCommas(node.children.slice(1));
  const targets = groups.map((group) => buildElement(build, group));
  return { kind: "Delete", span: span(node), targets };
}
