/**
 * Lowers the parts that every kind of function shares: its frame, its body with the variables it
 * must declare, and the JavaScript shape it takes. Called by `statements/function-def.ts`,
 * `statements/class-def.ts` and `expressions/lambda.ts`.
 */
import type { Binding, FunctionInfo } from "../analyze/analysis.js";
import * as js from "../emit/build.js";
import type { Expression, Pattern, Statement, TargetComment, TypeNode } from "../emit/tree.js";
import type { Arg, AsyncFunctionDef, ClassDef, Expr, FunctionDef, Stmt } from "../parser/ast.js";
import { attachComments } from "./comments.js";
import { Frame } from "./frame.js";
import { isDirectImport } from "./import-binding.js";
import { mentionedInDef } from "./mentions.js";
import { lowerParameters } from "./parameters.js";
import { lowerBlock } from "./statement.js";
import { declarator, returnType } from "./types.js";

export interface LoweredFunction {
  readonly params: readonly Pattern[];
  readonly body: readonly Statement[];
  readonly generator: boolean;
  readonly returns: TypeNode;
  /** Defaults to evaluate where the def stands. */
  readonly kept: readonly { readonly name: string; readonly value: Expression }[];
}

export interface FunctionPlace {
  /** As an ES method: the first parameter is `this`. */
  readonly method: boolean;
  readonly inClass: ClassDef | null;
  /** Parameters are optional to TypeScript: the method of a base may take fewer. */
  readonly optional?: boolean;
}

export function lowerFunction(
  node: FunctionDef | AsyncFunctionDef,
  info: FunctionInfo,
  outer: Frame,
  place: FunctionPlace,
): LoweredFunction {
  const generator = info.flavour !== "plain" || info.blocking;
  const first = place.method ? node.args.args[0] : undefined;
  // A nested `def` has a `this` of its own, so what it captures must be a variable.
  const selfIsThis =
    first !== undefined && info.selfName !== null && !mentionedInDef(first.arg, node.body);
  const frame = new Frame(outer.module, outer, {
    info,
    scope: info.scope,
    suspends: generator,
    self: selfIsThis ? info.selfName : null,
    nativeSuper: place.method,
    inClass: place.inClass ?? outer.inClass,
  });
  const { params, prologue, kept } = lowerParameters(info, outer, place);
  const statements = lowerBlock(dropDocstring(node.body), frame);
  const self = first !== undefined && !selfIsThis ? [selfVariable(first, frame)] : [];
  const ending: Statement[] =
    info.returnsValue === "sometimes" && info.endReachable ? [js.returns(js.nil())] : [];
  return {
    params,
    kept,
    generator,
    returns: returnType(info, [...statements, ...ending], outer),
    body: [
      ...self,
      ...prologue,
      ...declareVariables(info.scope.bindings.values(), frame),
      ...frame.declareTemps(),
      ...statements,
      ...ending,
    ],
  };
}

/** `const self = this;` */
function selfVariable(arg: Arg, frame: Frame): Statement {
  const binding = frame.module.analysis.bindingOf.get(arg);
  const name = binding?.jsName ?? arg.arg;
  return binding?.rebound === false
    ? js.declare("const", js.id(name), js.self())
    : js.declare("let", js.typed(name, js.anyType()), js.self());
}

/** `let a!: number, b: any;` for the variables that cannot be declared where they are first set. */
export function declareVariables(bindings: Iterable<Binding>, frame: Frame): Statement[] {
  const declarations = [...bindings]
    .filter((binding) => binding.declareAt === "top" && !isDirectImport(binding, frame.module))
    .map((binding) => declarator(binding, frame));
  return declarations.length === 0
    ? []
    : [{ type: "VariableDeclaration", kind: "let", declarations }];
}

/** Up to here a docstring of one line is a comment of one line. */
const DOC_COLUMNS = 88;

/** The docstring becomes a JSDoc comment (`docComment`), as nothing can read it at run time. */
export function dropDocstring(body: readonly Stmt[]): readonly Stmt[] {
  return docstring(body) === null ? body : body.slice(1);
}

export function docstring(body: readonly Stmt[]): string | null {
  const first = body[0];
  if (first?.kind !== "Expr") return null;
  const value: Expr = first.value;
  return value.kind === "Constant" && value.value.type === "str" ? value.value.value : null;
}

/** Puts the docstring of `body` before `target` as a JSDoc comment. */
export function docComment<N extends Statement>(target: N, body: readonly Stmt[]): N {
  const text = docstring(body);
  if (text === null) return target;
  return attachComments(target, [jsdoc(text)]);
}

/** A docstring as a JSDoc comment; the indentation that all its lines share goes, as PEP 257 has it. */
export function jsdoc(text: string): TargetComment {
  const [first = "", ...rest] = text
    .replaceAll("*/", "*\\/")
    .replaceAll("\t", "        ")
    .split("\n");
  const indents = rest.filter((line) => line.trim() !== "").map((line) => line.search(/\S/));
  const indent = Math.min(...indents);
  const lines = [first.trim(), ...rest.map((line) => line.slice(indent).trimEnd())];
  while (lines.length > 1 && lines.at(-1) === "") lines.pop();
  while (lines.length > 1 && lines[0] === "") lines.shift();
  if (lines.length === 1 && first.length <= DOC_COLUMNS)
    return { type: "Block", value: `* ${lines[0]} ` };
  return {
    type: "Block",
    value: `*\n${lines.map((line) => ` * ${line}`.trimEnd()).join("\n")}\n `,
  };
}
