/** `@a.b(c)` before a definition. */
import type { Expr } from "./ast.js";
import { type Build, childNamed, must, span } from "./build.js";
import type { CstNode } from "./cst.js";
import { buildArguments } from "./expressions/call.js";

export function buildDecorators(build: Build, decorators: readonly CstNode[]): Expr[] {
  return decorators.map((decorator) => buildDecorator(build, decorator));
}

function buildDecorator(build: Build, node: CstNode): Expr {
  const [first, ...attributes] = node.children.filter((child) => child.name === "VariableName");
  const start = must(first, "the name of a decorator");
  let callee = build.expr(start);
  for (const attribute of attributes) {
    callee = {
      kind: "Attribute",
      span: span(start, attribute),
      value: callee,
      attr: build.text(attribute),
      attrSpan: span(attribute),
    };
  }
  const list = childNamed(node, "ArgList");
  if (list === undefined) return callee;
  const { args, keywords } = buildArguments(build, list);
  return { kind: "Call", span: span(start, list), func: callee, args, keywords };
}
