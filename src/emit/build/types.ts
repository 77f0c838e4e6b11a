/**
 * Builders of TypeScript types; `erase-types.ts` leaves them out of the JavaScript text.
 */
import type { Expression, TypeNode } from "../tree.js";
import { id } from "./expressions.js";

export const anyType = (): TypeNode => ({ type: "TSAnyKeyword" });

export const typeReference = (name: string, args: readonly TypeNode[] = []): TypeNode => ({
  type: "TSTypeReference",
  typeName: id(name),
  ...(args.length === 0
    ? {}
    : { typeArguments: { type: "TSTypeParameterInstantiation", params: args } }),
});

export const arrayType = (element: TypeNode): TypeNode => ({
  type: "TSArrayType",
  elementType: element,
});

/** `Generator<any, R, any>`: what a coroutine or generator function returns. */
export const generatorType = (result: TypeNode = anyType()): TypeNode =>
  typeReference("Generator", [anyType(), result, anyType()]);

/** `value as any`. */
export const asAny = (expression: Expression): Expression => ({
  type: "TSAsExpression",
  expression,
  typeAnnotation: anyType(),
});
