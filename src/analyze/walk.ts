/**
 * The children of a node that are evaluated, in source order. Annotations are not among them:
 * MicroPython never evaluates them. Used by the passes that look for shapes rather than names.
 */
import type { AnyNode, Arguments, Comprehension, Expr, Stmt, WithItem } from "../parser/ast.js";

type Child = AnyNode | null;
type ByKind = {
  readonly [K in AnyNode["kind"]]: (node: Extract<AnyNode, { kind: K }>) => readonly Child[];
};

const none = (): readonly Child[] => [];
const value = (node: { readonly value: Expr | null }): readonly Child[] => [node.value];
const elements = (node: { readonly elts: readonly Expr[] }): readonly Child[] => node.elts;
const def = (node: {
  readonly decorator_list: readonly Expr[];
  readonly args: Arguments;
  readonly body: readonly Stmt[];
}): readonly Child[] => [...node.decorator_list, node.args, ...node.body];
const comprehension = (node: {
  readonly elt: Expr;
  readonly generators: readonly Comprehension[];
}): readonly Child[] => [...node.generators, node.elt];
const forLoop = (node: {
  readonly iter: Expr;
  readonly target: Expr;
  readonly body: readonly Stmt[];
  readonly orelse: readonly Stmt[];
}): readonly Child[] => [node.iter, node.target, ...node.body, ...node.orelse];
const branch = (node: {
  readonly test: Expr;
  readonly body: readonly Stmt[];
  readonly orelse: readonly Stmt[];
}): readonly Child[] => [node.test, ...node.body, ...node.orelse];
const withBlock = (node: {
  readonly items: readonly WithItem[];
  readonly body: readonly Stmt[];
}): readonly Child[] => [...node.items, ...node.body];

const CHILDREN: ByKind = {
  Module: (node) => node.body,
  FunctionDef: def,
  AsyncFunctionDef: def,
  ClassDef: (node) => [...node.decorator_list, ...node.bases, ...node.keywords, ...node.body],
  Return: value,
  Delete: (node) => node.targets,
  Assign: (node) => [node.value, ...node.targets],
  AugAssign: (node) => [node.target, node.value],
  AnnAssign: (node) => [node.value, node.target],
  For: forLoop,
  AsyncFor: forLoop,
  While: branch,
  If: branch,
  With: withBlock,
  AsyncWith: withBlock,
  withitem: (node) => [node.context_expr, node.optional_vars],
  Raise: (node) => [node.exc, node.cause],
  Try: (node) => [...node.body, ...node.handlers, ...node.orelse, ...node.finalbody],
  ExceptHandler: (node) => [node.type, ...node.body],
  Assert: (node) => [node.test, node.msg],
  Import: (node) => node.names,
  ImportFrom: (node) => node.names,
  alias: none,
  Global: none,
  Nonlocal: none,
  Expr: value,
  Pass: none,
  Break: none,
  Continue: none,
  BoolOp: (node) => node.values,
  NamedExpr: (node) => [node.value, node.target],
  BinOp: (node) => [node.left, node.right],
  UnaryOp: (node) => [node.operand],
  Lambda: (node) => [node.args, node.body],
  IfExp: (node) => [node.test, node.body, node.orelse],
  Dict: (node) => node.values.flatMap((item, i) => [node.keys[i] ?? null, item]),
  Set: elements,
  ListComp: comprehension,
  SetComp: comprehension,
  DictComp: (node) => [...node.generators, node.key, node.value],
  GeneratorExp: comprehension,
  comprehension: (node) => [node.iter, node.target, ...node.ifs],
  Await: value,
  Yield: value,
  YieldFrom: value,
  Compare: (node) => [node.left, ...node.comparators],
  Call: (node) => [node.func, ...node.args, ...node.keywords],
  keyword: value,
  FormattedValue: (node) => [node.value, node.format_spec],
  JoinedStr: (node) => node.values,
  Constant: none,
  Attribute: value,
  Subscript: (node) => [node.value, node.slice],
  Starred: value,
  Name: none,
  List: elements,
  Tuple: elements,
  Slice: (node) => [node.lower, node.upper, node.step],
  arg: none,
  arguments: (node) => [...node.defaults, ...node.kw_defaults],
};

export function children(node: AnyNode): readonly Child[] {
  return (CHILDREN[node.kind] as (node: AnyNode) => readonly Child[])(node);
}

/**
 * Visits `root` and everything below it, parents first, in source order. `visit` returns false to
 * leave out the children. A stack of its own: operator chains can be thousands of nodes deep.
 */
export function walk(
  root: AnyNode,
  // biome-ignore lint/suspicious/noConfusingVoidType: most visitors return nothing.
  visit: (node: AnyNode, parent: AnyNode | null) => boolean | void,
): void {
  const stack: { readonly node: AnyNode; readonly parent: AnyNode | null }[] = [
    { node: root, parent: null },
  ];
  for (let item = stack.pop(); item !== undefined; item = stack.pop()) {
    const { node, parent } = item;
    if (visit(node, parent) === false) {
      continue;
    }
    const below = children(node);
    for (let i = below.length - 1; i >= 0; i--) {
      const child = below[i];
      if (child !== null && child !== undefined) {
        stack.push({ node: child, parent: node });
      }
    }
  }
}

/** Node kinds whose body runs apart from the code around it. */
export function isFunctionNode(node: AnyNode): boolean {
  return node.kind === "FunctionDef" || node.kind === "AsyncFunctionDef" || node.kind === "Lambda";
}
