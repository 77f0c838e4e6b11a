/** `class A(B, key=value): ...`. */
import type { ClassDef } from "../ast.js";
import { type Build, childNamed, must, span } from "../build.js";
import type { CstNode } from "../cst.js";
import { buildDecorators } from "../decorators.js";
import { buildArguments } from "../expressions/call.js";

export function buildClassDef(
  build: Build,
  node: CstNode,
  decorators: readonly CstNode[],
): ClassDef {
  const name = must(childNamed(node, "VariableName"), "the name of a class");
  const list = childNamed(node, "ArgList");
  const bases = list === undefined ? null : buildArguments(build, list);
  return {
    kind: "ClassDef",
    span: span(node),
    name: build.text(name),
    nameSpan: span(name),
    bases: bases?.args ?? [],
    keywords: bases?.keywords ?? [],
    body: build.body(must(childNamed(node, "Body"), "the body of a class")),
    decorator_list: buildDecorators(build, decorators),
  };
}
