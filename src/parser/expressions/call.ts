/** `f(a, *b, c=d, **e)`; the arguments of a class statement are read here too. */
import type { Expr, Keyword } from "../ast.js";
import { type Build, must, span, splitAtCommas } from "../build.js";
import type { CstNode } from "../cst.js";
import { argumentName } from "../validate/arguments.js";
import { buildClauses } from "./comprehension.js";
import { namedExpr } from "./named-expr.js";

export function buildCall(build: Build, node: CstNode): Expr {
  const [func, list] = node.children;
  const { args, keywords } = buildArguments(build, must(list, "arguments"));
  const callee = build.expr(must(func, "what is called"));
  return { kind: "Call", span: span(node), func: callee, args, keywords };
}

export interface CallArguments {
  readonly args: readonly Expr[];
  readonly keywords: readonly Keyword[];
}

export function buildArguments(build: Build, list: CstNode): CallArguments {
  const args: Expr[] = [];
  const keywords: Keyword[] = [];
  for (const group of splitAtCommas(list.children.slice(1, -1)).groups) {
    const first = must(group[0], "an argument");
    const last = must(group.at(-1), "an argument");
    if (first.name === "**") {
      keywords.push({
        kind: "keyword",
        span: span(first, last),
        arg: null,
        value: build.expr(last),
      });
    } else if (group[1]?.name === "AssignOp" && build.text(group[1]) === "=") {
      const value = build.expr(must(group[2], "the value of a keyword argument"));
      const arg = build.text(argumentName(first) ?? first);
      keywords.push({ kind: "keyword", span: span(first, last), arg, value });
    } else {
      args.push(buildPositional(build, group));
    }
  }
  return { args, keywords };
}

function buildPositional(build: Build, group: readonly CstNode[]): Expr {
  const first = must(group[0], "an argument");
  const second = group[1];
  if (second === undefined) return build.expr(first);
  if (first.name === "*") {
    return { kind: "Starred", span: span(first, second), value: build.expr(second) };
  }
  if (second.name === "AssignOp") return namedExpr(build, first, must(group[2], "a value"));
  return {
    kind: "GeneratorExp",
    span: span(first, must(group.at(-1), "an argument")),
    elt: build.expr(first),
    generators: buildClauses(build, group.slice(1)),
  };
}
