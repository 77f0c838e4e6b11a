/** The parameters of a `def` or a `lambda`. */
import type { Arg, Arguments, Expr } from "./ast.js";
import { type Build, childNamed, must, span, splitAtCommas } from "./build.js";
import type { CstNode } from "./cst.js";

const brackets: ReadonlySet<string> = new Set(["(", ")"]);

export function buildParameters(build: Build, list: CstNode): Arguments {
  const posonlyargs: Arg[] = [];
  const args: Arg[] = [];
  const defaults: Expr[] = [];
  const kwonlyargs: Arg[] = [];
  const kw_defaults: (Expr | null)[] = [];
  let vararg: Arg | null = null;
  let kwarg: Arg | null = null;
  let keywordOnly = false;
  const inside = list.children.filter((child) => !brackets.has(child.name));
  for (const group of splitAtCommas(inside).groups) {
    const first = must(group[0], "a parameter");
    if (first.name === "VariableName") {
      const value = defaultOf(build, group);
      (keywordOnly ? kwonlyargs : args).push(buildArg(build, group));
      if (keywordOnly) kw_defaults.push(value);
      else if (value !== null) defaults.push(value);
    } else if (first.name === "**") {
      kwarg = buildArg(build, group.slice(1));
    } else if (first.name === "*") {
      keywordOnly = true;
      if (group.length > 1) vararg = buildArg(build, group.slice(1));
    }
  }
  return {
    kind: "arguments",
    span: span(list),
    posonlyargs,
    args,
    vararg,
    kwonlyargs,
    kw_defaults,
    kwarg,
    defaults,
  };
}

function buildArg(build: Build, group: readonly CstNode[]): Arg {
  const name = must(group[0], "the name of a parameter");
  const type = group.find((node) => node.name === "TypeDef");
  return {
    kind: "arg",
    span: span(name, type ?? name),
    arg: build.text(name),
    annotation: type === undefined ? null : annotationOf(build, type),
  };
}

function defaultOf(build: Build, group: readonly CstNode[]): Expr | null {
  const at = group.findIndex((node) => node.name === "AssignOp");
  return at === -1 ? null : build.expr(must(group[at + 1], "a default"));
}

/** The expression of `: type` or `-> type`. */
export function annotationOf(build: Build, type: CstNode): Expr {
  return build.expr(must(type.children.at(-1), "an annotation"));
}

/** The annotation of a result: the `TypeDef` that is a child of the definition itself. */
export function returnsOf(build: Build, node: CstNode): Expr | null {
  const type = childNamed(node, "TypeDef");
  return type === undefined ? null : annotationOf(build, type);
}
