/**
 * Builders of TypeScript types; `erase-types.ts` leaves them out of the JavaScript text.
 */
import type { Expression, ImportedIdentifier, TypeNode } from "../tree.js";
import { id, imported, RUNTIME } from "./expressions.js";

/** Types that the runtime exports and emitted code names. */
export type RuntimeTypeName =
  | "ByteArray"
  | "Bytes"
  | "Coroutine"
  | "Dict"
  | "FrozenSet"
  | "Int"
  | "PySet"
  | "Range"
  | "Real"
  | "Tuple"
  | "Waiting";

const KEYWORDS = {
  any: "TSAnyKeyword",
  boolean: "TSBooleanKeyword",
  null: "TSNullKeyword",
  number: "TSNumberKeyword",
  string: "TSStringKeyword",
  void: "TSVoidKeyword",
} as const;

export const keywordType = (name: keyof typeof KEYWORDS): TypeNode => ({ type: KEYWORDS[name] });

export const anyType = (): TypeNode => keywordType("any");

export const isAny = (type: TypeNode): boolean => type.type === KEYWORDS.any;

export const typeReference = (
  name: string | ImportedIdentifier,
  args: readonly TypeNode[] = [],
): TypeNode => ({
  type: "TSTypeReference",
  typeName: typeof name === "string" ? id(name) : name,
  ...(args.length === 0
    ? {}
    : { typeArguments: { type: "TSTypeParameterInstantiation", params: args } }),
});

/** `typeof name` */
export const typeQuery = (name: ImportedIdentifier): TypeNode => ({
  type: "TSTypeQuery",
  exprName: name,
});

/** A type that the runtime exports. */
export const rtType = (name: RuntimeTypeName, ...args: TypeNode[]): TypeNode =>
  typeReference(imported(RUNTIME, name), args);

/** `T[]`, but `Array<A | B>`: brackets would bind to the last alternative alone. */
export const arrayType = (element: TypeNode): TypeNode =>
  element.type === "TSUnionType"
    ? typeReference("Array", [element])
    : { type: "TSArrayType", elementType: element };

export const unionType = (types: readonly TypeNode[]): TypeNode =>
  types.length === 1 ? (types[0] as TypeNode) : { type: "TSUnionType", types };

export const tupleType = (elementTypes: readonly TypeNode[]): TypeNode => ({
  type: "TSTupleType",
  elementTypes,
});

/** `Generator<Y, R, any>`: what a generator function returns. */
export const generatorType = (
  result: TypeNode = anyType(),
  yields: TypeNode = anyType(),
): TypeNode => typeReference("Generator", [yields, result, anyType()]);

/** `value as any`. */
export const asAny = (expression: Expression): Expression => ({
  type: "TSAsExpression",
  expression,
  typeAnnotation: anyType(),
});

/** `value!`: it is not null, or else Python raises here too. */
export const nonNull = (expression: Expression): Expression => ({
  type: "TSNonNullExpression",
  expression,
});
