/**
 * Whether TypeScript thinks that control can reach the end of emitted statements: then it wants
 * `undefined` among the results of a function, though Python never gets there. Called by `types.ts`.
 */
import { childNodes, type Statement } from "../emit/tree.js";

export function completes(body: readonly Statement[]): boolean {
  return !body.some((statement) => !statementCompletes(statement));
}

function statementCompletes(node: Statement): boolean {
  switch (node.type) {
    case "ReturnStatement":
    case "ThrowStatement":
    case "BreakStatement":
    case "ContinueStatement":
      return false;
    case "BlockStatement":
      return completes(node.body);
    case "IfStatement":
      return (
        node.alternate === null ||
        statementCompletes(node.consequent) ||
        statementCompletes(node.alternate)
      );
    case "TryStatement":
      if (node.finalizer !== null && !completes(node.finalizer.body)) return false;
      return (
        completes(node.block.body) || (node.handler !== null && completes(node.handler.body.body))
      );
    case "WhileStatement":
      return !(node.test.type === "Literal" && node.test.value === true) || breaks(node.body);
    case "ForStatement":
      return node.test !== null || breaks(node.body);
    case "LabeledStatement":
      return statementCompletes(node.body) || breaks(node.body);
    default:
      return true;
  }
}

/** Some `break` in it, of whatever loop: good enough for those that have one at all. */
function breaks(node: Statement): boolean {
  if (node.type === "BreakStatement") return true;
  if (/Function/.test(node.type)) return false;
  return childNodes(node).some(breaks);
}
