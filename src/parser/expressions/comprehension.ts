/** `[x for ...]`, `{x for ...}`, `{k: v for ...}`, `(x for ...)` and their clauses. */
import type { Comprehension, Expr } from "../ast.js";
import { type Build, buildElement, buildExpressions, must, span } from "../build.js";
import type { CstNode } from "../cst.js";

/** `for t in i if c for ...`: the flat run of tokens and nodes after the element. */
export function buildClauses(build: Build, nodes: readonly CstNode[]): Comprehension[] {
  const clauses: Comprehension[] = [];
  let at = 0;
  while (at < nodes.length) {
    const first = must(nodes[at], "a comprehension clause");
    const is_async = first.name === "async";
    if (is_async) at++;
    const targetStart = at + 1;
    while (at < nodes.length && nodes[at]?.name !== "in") at++;
    const targets = nodes.slice(targetStart, at);
    let last = must(nodes[at + 1], "what a comprehension iterates over");
    const iter = build.expr(last);
    at += 2;
    const ifs: Expr[] = [];
    while (nodes[at]?.name === "if") {
      last = must(nodes[at + 1], "the condition of a comprehension");
      ifs.push(build.expr(last));
      at += 2;
    }
    clauses.push({
      kind: "comprehension",
      span: span(first, last),
      target: buildExpressions(build, targets),
      iter,
      ifs,
      is_async,
    });
  }
  return clauses;
}

/** Index of the first clause: `for`, or `async` before it. */
function clausesStart(nodes: readonly CstNode[]): number {
  return nodes.findIndex((node) => node.name === "for" || node.name === "async");
}

function parts(build: Build, node: CstNode) {
  const inside = node.children.slice(1, -1);
  const start = clausesStart(inside);
  const element = inside.slice(0, start);
  return { element, generators: buildClauses(build, inside.slice(start)) };
}

export function buildListComp(build: Build, node: CstNode): Expr {
  const { element, generators } = parts(build, node);
  return { kind: "ListComp", span: span(node), elt: buildElement(build, element), generators };
}

export function buildSetComp(build: Build, node: CstNode): Expr {
  const { element, generators } = parts(build, node);
  return { kind: "SetComp", span: span(node), elt: buildElement(build, element), generators };
}

export function buildGeneratorExp(build: Build, node: CstNode): Expr {
  const { element, generators } = parts(build, node);
  return { kind: "GeneratorExp", span: span(node), elt: buildElement(build, element), generators };
}

export function buildDictComp(build: Build, node: CstNode): Expr {
  const { element, generators } = parts(build, node);
  // `{**a for ...}` has no value; it has been reported, whatever is built is not used.
  const key = build.expr(must(element.at(0)?.name === "**" ? element[1] : element[0], "a key"));
  const value = build.expr(must(element.at(-1), "a value"));
  return { kind: "DictComp", span: span(node), key, value, generators };
}
