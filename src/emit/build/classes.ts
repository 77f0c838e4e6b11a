/**
 * Builders of classes and their members; used by `lower/statements/class-def.ts`.
 */
import type { Expression, Statement, TargetNode, TypeNode } from "../tree.js";
import { type FunctionShape, functionExpression, id, literal } from "./expressions.js";

export const classNode = (
  type: "ClassDeclaration" | "ClassExpression",
  name: string | null,
  superClass: Expression | null,
  body: readonly TargetNode[],
): TargetNode => ({
  type,
  id: name === null ? null : id(name),
  superClass,
  body: { type: "ClassBody", body },
});

export const method = (
  name: string,
  shape: Omit<FunctionShape, "name">,
  options: { kind?: "method" | "get" | "set"; static?: boolean } = {},
): TargetNode => ({
  type: "MethodDefinition",
  key: /^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u.test(name) ? id(name) : literal(name),
  computed: false,
  kind: options.kind ?? "method",
  static: options.static ?? false,
  value: functionExpression({ name: null, ...shape }),
});

/** `declare name: type;`, a field for the type checker alone. */
export const declareField = (name: string, type: TypeNode): TargetNode => ({
  type: "PropertyDefinition",
  key: id(name),
  computed: false,
  static: false,
  declare: true,
  typeAnnotation: { type: "TSTypeAnnotation", typeAnnotation: type },
  value: null,
});

export const staticBlock = (body: readonly Statement[]): TargetNode => ({
  type: "StaticBlock",
  body,
});
