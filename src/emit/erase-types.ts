/**
 * Copies a target tree without its type nodes: the JavaScript text of a module. Called by
 * `compile.ts`; the TypeScript text is printed from the original tree.
 */
import type { TargetNode } from "./tree.js";

const TYPE_FIELDS = new Set(["typeAnnotation", "returnType", "typeArguments", "typeParameters"]);

export function eraseTypes<N extends TargetNode>(node: N): N {
  if (node.type === "TSAsExpression" || node.type === "TSNonNullExpression") {
    return eraseTypes(node.expression);
  }
  const copy: Record<string, unknown> = {};
  for (const [field, value] of Object.entries(node)) {
    const isMark = (field === "optional" && node.type === "Identifier") || field === "definite";
    if (!TYPE_FIELDS.has(field) && !isMark) copy[field] = eraseValue(value);
  }
  return copy as N;
}

function eraseValue(value: unknown): unknown {
  if (Array.isArray(value)) return value.filter(isCode).map(eraseValue);
  return isNode(value) ? eraseTypes(value) : value;
}

/** `declare x: T`, a `this` parameter and type declarations are no code. */
function isCode(value: unknown): boolean {
  return !(
    isNode(value) &&
    (value.declare === true ||
      value.type === "TSTypeAliasDeclaration" ||
      (value.type === "Identifier" && value.name === "this"))
  );
}

function isNode(value: unknown): value is TargetNode {
  return typeof value === "object" && value !== null && "type" in value;
}
