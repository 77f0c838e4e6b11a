/** Whatever may execute other code, and where it stands. Called by `colour.ts`. */
import type { AnyNode, Module } from "../../parser/ast.js";
import { children } from "../walk.js";
import type { Unit } from "./executed-units.js";

/** Every node, with the function (or module) that it is executed in. */
export function eachAction(module: Module, visit: (node: AnyNode, unit: Unit) => void): void {
  const stack: { node: AnyNode; unit: Unit }[] = [{ node: module, unit: module }];
  for (let item = stack.pop(); item !== undefined; item = stack.pop()) {
    const { node, unit } = item;
    switch (node.kind) {
      case "Lambda":
        push(stack, [node.args], unit);
        push(stack, [node.body], node);
        continue;
      case "GeneratorExp": {
        const [first] = node.generators;
        push(stack, [first?.iter ?? null], unit);
        visit(node, node);
        push(
          stack,
          [node.elt, ...node.generators.flatMap((one) => [one.target, ...one.ifs])],
          node,
        );
        push(
          stack,
          node.generators.slice(1).map(({ iter }) => iter),
          node,
        );
        continue;
      }
      case "FunctionDef":
      case "AsyncFunctionDef":
        push(stack, [...node.decorator_list, node.args], unit);
        push(stack, node.body, node);
        visit(node, unit);
        continue;
    }
    visit(node, unit);
    push(stack, children(node), unit);
  }
}

function push(
  stack: { node: AnyNode; unit: Unit }[],
  nodes: readonly (AnyNode | null)[],
  unit: Unit,
): void {
  for (const node of nodes) {
    if (node !== null) {
      stack.push({ node, unit });
    }
  }
}
