/**
 * `NAME = const(value)` in classes and functions: MicroPython's parser puts the value in the place of
 * the name in the whole rest of the file, whatever scope that is in, and leaves the assignment out if
 * the name begins with `_`. Called by `parse.ts` for modules without errors.
 *
 * Constants at the outermost level stay names, as every scope sees those anyway, unless a function, class,
 * parameter or import has the same name: the name means the constant then, wherever it is read.
 */
import type { AnyNode, BinOp, ExceptHandler, Expr, Module, Name, Stmt } from "./ast.js";
import { isNode, mapped, opensScope } from "./mapped.js";

/** `class A: _REG = const(2)`, with `_REG` in a method of A, is `class A: pass`, with 2 there. */
export function placeInnerConstants(module: Module): Module {
  const hidden = hiddenConstants(module);
  if (hidden.size === 0 && !module.body.some((statement) => definesInside(statement, true)))
    return module;
  const constants: Constants = { values: new Map(), hidden };
  const body = module.body.map((statement) => place(statement, constants, true));
  return { ...module, body };
}

interface Constants {
  /** Of the constants defined so far. */
  readonly values: Map<string, Expr>;
  /** Those of the outermost level that something else shares its name with. */
  readonly hidden: ReadonlySet<string>;
}

function hiddenConstants(module: Module): ReadonlySet<string> {
  const defined = new Set<string>();
  for (const statement of module.body) {
    const definition = definitionIn(statement);
    if (definition !== null) defined.add(definition.name);
  }
  const hidden = new Set<string>();
  if (defined.size === 0) return hidden;
  const stack: unknown[] = [module.body];
  for (let at = stack.pop(); at !== undefined; at = stack.pop()) {
    if (isNode(at)) {
      const name = otherName(at);
      if (name !== null && defined.has(name)) hidden.add(name);
      stack.push(...Object.values(at).filter((value) => typeof value === "object"));
    } else if (Array.isArray(at)) {
      stack.push(...at);
    }
  }
  return hidden;
}

/** What a node binds other than by assignment, which the parser forbids for constants. */
function otherName(node: AnyNode): string | null {
  switch (node.kind) {
    case "FunctionDef":
    case "AsyncFunctionDef":
    case "ClassDef":
    case "ExceptHandler":
      return node.name;
    case "arg":
      return node.arg;
    case "alias":
      return node.asname ?? node.name.split(".", 1)[0] ?? null;
    default:
      return null;
  }
}

/** Whether a class or function anywhere in the statement defines a constant. */
function definesInside(statement: Stmt, outermost: boolean): boolean {
  if (!outermost && definitionIn(statement) !== null) return true;
  const inner = outermost && !opensScope(statement);
  const { body = [], orelse = [], finalbody = [], handlers = [] } = statement as Blocks;
  return [...body, ...orelse, ...finalbody, ...handlers.flatMap((handler) => handler.body)].some(
    (child) => definesInside(child, inner),
  );
}

/** What statements with blocks have, each some of it. */
interface Blocks {
  readonly body?: readonly Stmt[];
  readonly orelse?: readonly Stmt[];
  readonly finalbody?: readonly Stmt[];
  readonly handlers?: readonly ExceptHandler[];
}

function place<N extends AnyNode>(node: N, constants: Constants, outermost: boolean): N {
  if (node.kind === "Name") return (valueOf(node, constants) ?? node) as N;
  const definition = definitionIn(node);
  if (definition !== null && (!outermost || constants.hidden.has(definition.name))) {
    const value = place(definition.value, constants, false);
    constants.values.set(definition.name, value);
    const target = { ...node, value: { ...definition.call, args: [value] } };
    return definition.name.startsWith("_") ? ({ kind: "Pass", span: node.span } as N) : target;
  }
  if (node.kind === "BinOp") return placeInOperands(node, constants) as N;
  const inner = outermost && !opensScope(node);
  return mapped(node, (child) => place(child, constants, inner));
}

/** Down the left side by a loop: sums can be long. */
function placeInOperands(node: BinOp, constants: Constants): Expr {
  const spine: BinOp[] = [];
  let left: Expr = node;
  for (; left.kind === "BinOp"; left = left.left) spine.push(left);
  let made: Expr = place(left, constants, false);
  for (const operation of spine.reverse()) {
    const right = place(operation.right, constants, false);
    made = { ...operation, left: made, right } as BinOp;
  }
  return made;
}

/** `NAME = const(value)`. */
export function definitionIn(node: AnyNode): { name: string; value: Expr; call: Expr } | null {
  if (node.kind !== "Assign" && node.kind !== "AnnAssign") return null;
  const target = node.kind === "Assign" ? node.targets[0] : node.target;
  if (target?.kind !== "Name" || (node.kind === "Assign" && node.targets.length > 1)) return null;
  const call = node.value;
  if (call?.kind !== "Call" || call.func.kind !== "Name" || call.func.id !== "const") return null;
  const [value] = call.args;
  return value === undefined ? null : { name: target.id, value, call };
}

/** A copy for each place, as every place is analysed for itself. */
function valueOf(node: Name, { values }: Constants): Expr | undefined {
  const value = values.get(node.id);
  return value && copied(value);
}

function copied(node: Expr): Expr {
  const copy = (child: AnyNode): AnyNode => mapped({ ...child }, copy);
  return copy(node) as Expr;
}
