/**
 * What the builders of statements and expressions share: the way to build a child, and reading of
 * the flat runs of nodes and commas that the grammar leaves. `ast-builder.ts` makes the `Build`.
 */
import type { Expr, Span, Starred, Stmt } from "./ast.js";
import type { CstNode } from "./cst.js";
import type { Report } from "./scan.js";

export interface Build {
  text(node: Span): string;
  expr(node: CstNode): Expr;
  /** The statements of a `Body`. */
  body(node: CstNode): Stmt[];
  readonly report: Report;
}

export function span(first: Span, last: Span = first): Span {
  return { start: first.start, end: last.end };
}

/** The grammar guarantees what callers ask for; anything else is a mistake in the parser. */
export function must<T>(value: T | undefined, what: string): T {
  if (value === undefined) throw new Error(`the syntax tree lacks ${what}`);
  return value;
}

export function childNamed(node: CstNode, name: string): CstNode | undefined {
  return node.children.find((child) => child.name === name);
}

export interface Groups {
  readonly groups: readonly (readonly CstNode[])[];
  /** A comma stands after the last group. */
  readonly trailingComma: CstNode | null;
}

/** Splits `a , * b ,` at its commas, those between `for` and `in` of a comprehension aside. */
export function splitAtCommas(nodes: readonly CstNode[]): Groups {
  const groups: CstNode[][] = [];
  let current: CstNode[] = [];
  let trailingComma: CstNode | null = null;
  let inTargets = false;
  for (const node of nodes) {
    if (node.name === "for") inTargets = true;
    else if (node.name === "in") inTargets = false;
    if (node.name === "," && !inTargets) {
      groups.push(current);
      current = [];
      trailingComma = node;
    } else {
      current.push(node);
      trailingComma = null;
    }
  }
  if (current.length > 0) groups.push(current);
  return { groups: groups.filter((group) => group.length > 0), trailingComma };
}

/** One element of a list of expressions: `x` or `* x`. */
export function buildElement(build: Build, group: readonly CstNode[]): Expr {
  const first = must(group[0], "an element");
  if (first.name !== "*") return build.expr(first);
  const value = must(group[1], "the operand of *");
  const starred: Starred = { kind: "Starred", span: span(first, value), value: build.expr(value) };
  return starred;
}

/** `a` or the bare tuple `a, b`, as on the right of `=`. */
export function buildExpressions(build: Build, nodes: readonly CstNode[]): Expr {
  const { groups, trailingComma } = splitAtCommas(nodes);
  const elts = groups.map((group) => buildElement(build, group));
  const [only] = elts;
  if (only !== undefined && elts.length === 1 && trailingComma === null) return only;
  const first = must(nodes[0], "an expression");
  return { kind: "Tuple", span: span(first, must(nodes.at(-1), "an expression")), elts };
}
