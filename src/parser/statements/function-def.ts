/** `def f(...): ...` and `async def`. */
import type { AsyncFunctionDef, FunctionDef } from "../ast.js";
import { type Build, childNamed, must, span } from "../build.js";
import type { CstNode } from "../cst.js";
import { buildDecorators } from "../decorators.js";
import { buildParameters, returnsOf } from "../parameters.js";

export function buildFunctionDef(
  build: Build,
  node: CstNode,
  decorators: readonly CstNode[],
): FunctionDef | AsyncFunctionDef {
  const name = must(childNamed(node, "VariableName"), "the name of a function");
  return {
    kind: node.children[0]?.name === "async" ? "AsyncFunctionDef" : "FunctionDef",
    span: span(node),
    name: build.text(name),
    nameSpan: span(name),
    args: buildParameters(build, must(childNamed(node, "ParamList"), "parameters")),
    body: build.body(must(childNamed(node, "Body"), "the body of a function")),
    decorator_list: buildDecorators(build, decorators),
    returns: returnsOf(build, node),
  };
}
