/**
 * Makes the JavaScript of a module faster than the text that people read (design 0005): the same tree
 * without its types, in which frequent forms are replaced by longer ones that do the same. Called by
 * `compile.ts` before the imports are linked; the TypeScript never passes through here.
 */
import { isNode, type Statement, type TargetNode } from "../tree.js";
import { AsyncFors } from "./async-for.js";
import { awaitLeaf } from "./leaf-await.js";
import { MethodCalls } from "./method-calls.js";

/** The statements of a module; `body` is changed. */
export function inline(body: readonly Statement[]): Statement[] {
  const methods = new MethodCalls();
  const loops = new AsyncFors();
  const inner = (node: TargetNode, isStatement: boolean): TargetNode => {
    for (const field in node) {
      const value = node[field];
      const isExpression = field === "expression" && node.type === "ExpressionStatement";
      if (Array.isArray(value)) {
        node[field] = value.map((item) => (isNode(item) ? inner(item, false) : item));
      } else if (isNode(value)) {
        node[field] = inner(value, isExpression);
      }
    }
    return awaitLeaf(node, isStatement) ?? methods.replace(node) ?? loops.replace(node) ?? node;
  };
  const done = body.map((statement) => inner(statement, false));
  return [...methods.functions(), ...done];
}
