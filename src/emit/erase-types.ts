/**
 * Copies target trees without their type nodes: what JavaScript is printed from. Called by `compile.ts`
 * and `compile-snippet.ts`; the TypeScript text is printed from the original trees.
 */
import { isNode, type Statement, type TargetNode } from "./tree.js";

const TYPE_FIELDS = new Set(["typeAnnotation", "returnType", "typeArguments", "typeParameters"]);

export function eraseTypes(body: readonly Statement[]): Statement[] {
  return eraseValue(body) as Statement[];
}

function eraseNode(node: TargetNode): TargetNode {
  if (node.type === "TSAsExpression" || node.type === "TSNonNullExpression") {
    return eraseNode(node.expression);
  }
  const copy: Record<string, unknown> = {};
  for (const [field, value] of Object.entries(node)) {
    const isMark = (field === "optional" && node.type === "Identifier") || field === "definite";
    if (!TYPE_FIELDS.has(field) && !isMark) copy[field] = eraseValue(value);
  }
  return copy as TargetNode;
}

function eraseValue(value: unknown): unknown {
  if (Array.isArray(value)) return value.filter(isCode).map(eraseValue);
  return isNode(value) ? eraseNode(value) : value;
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
