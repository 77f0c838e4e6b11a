/** Rewriting of trees: what the passes after parsing share. */
import type { AnyNode } from "./ast.js";

/** A copy with its nodes in source order replaced; the node itself where nothing is. */
export function mapped<N extends AnyNode>(node: N, map: (child: AnyNode) => AnyNode): N {
  const changed: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(node)) {
    const made = Array.isArray(value)
      ? value.map((item) => (isNode(item) ? map(item) : item))
      : isNode(value)
        ? map(value)
        : value;
    const same = Array.isArray(made)
      ? made.every((item, at) => item === value[at])
      : made === value;
    if (!same) changed[key] = made;
  }
  return Object.keys(changed).length === 0 ? node : { ...node, ...changed };
}

export function isNode(value: unknown): value is AnyNode {
  return typeof value === "object" && value !== null && "kind" in value && "span" in value;
}

export function opensScope(node: AnyNode): boolean {
  return node.kind === "ClassDef" || node.kind.endsWith("FunctionDef");
}
