/** `for t in i: ... else: ...` and `async for`. */
import type { AsyncFor, For } from "../ast.js";
import { type Build, buildExpressions, must, span } from "../build.js";
import type { CstNode } from "../cst.js";

export function buildFor(build: Build, node: CstNode): For | AsyncFor {
  const nodes = node.children;
  const at = (name: string) => nodes.findIndex((child) => child.name === name);
  const bodies = nodes.filter((child) => child.name === "Body");
  const [body, orelse] = bodies;
  return {
    kind: nodes[0]?.name === "async" ? "AsyncFor" : "For",
    span: span(node),
    target: buildExpressions(build, nodes.slice(at("for") + 1, at("in"))),
    iter: buildExpressions(build, nodes.slice(at("in") + 1, at("Body"))),
    body: build.body(must(body, "the body of a loop")),
    orelse: orelse === undefined ? [] : build.body(orelse),
  };
}
