/**
 * What layout asks about nodes: how an item of a list may be laid out, what a chain of `&&` consists of,
 * which comments stand beside an item. Used by `layout.ts`.
 */
import type { Beside, TargetNode } from "./tree.js";

/** Last arguments that stay behind the bracket of their call: `dict([` and not `dict(` and a new line. */
const HUGGED = new Set(["ArrayExpression", "ObjectExpression", "TemplateLiteral"]);
/** Operands that need parentheses in a chain of `&&` or `||`. */
export const LOOSE = new Set([
  "ArrowFunctionExpression",
  "AssignmentExpression",
  "ConditionalExpression",
  "YieldExpression",
]);

/** `[...]`, `{...}`, and `dict([...])`. */
export const isHugged = (node: TargetNode): boolean =>
  HUGGED.has(node.type) ||
  (node.type === "CallExpression" &&
    node.arguments.length === 1 &&
    HUGGED.has(node.arguments[0].type));

export const isFunction = (node: TargetNode): boolean =>
  node.type === "FunctionExpression" || node.type === "ArrowFunctionExpression";

/** The comments of an item. */
export const besideOf = (item: TargetNode | null): Beside | undefined =>
  item?.type === "Property" ? item.value.beside : item?.beside;

export const isNumber = (node: TargetNode | null): boolean =>
  node?.type === "Literal" && typeof node.value === "number";

export const isChain = (node: TargetNode): boolean =>
  node.type === "LogicalExpression" && node.operator !== "??";

/** The operands of `a && b && c`. */
export function chain(node: TargetNode, operator: string): TargetNode[] {
  return node.type === "LogicalExpression" && node.operator === operator
    ? [...chain(node.left, operator), ...chain(node.right, operator)]
    : [node];
}

/** Whether an operand needs parentheses beside `operator`. */
export function isLoose(node: TargetNode, operator: string): boolean {
  if (node.type !== "LogicalExpression") return LOOSE.has(node.type);
  return operator === "&&" || node.operator === "??";
}

/** Whether the author left a blank line above a statement and its comments; undefined where nobody wrote it. */
export function hasBlankAbove(node: TargetNode): boolean | undefined {
  const [first] = node.leadingComments ?? [];
  return first?.blankAbove ?? node.blankAbove;
}

/** Variables that are declared above all statements. */
export const isGenerated = (node: TargetNode): boolean =>
  node.type === "VariableDeclaration" &&
  node.blankAbove === undefined &&
  node.declarations.every((one: TargetNode) => one.init === null);
