/**
 * Lowers the parts that every kind of function shares: its frame, its body with the variables it
 * must declare, and the JavaScript shape it takes. Called by `statements/function-def.ts`,
 * `statements/class-def.ts` and `expressions/lambda.ts`.
 */
import type { Binding, FunctionInfo } from "../analyze/analysis.js";
import * as js from "../emit/build.js";
import type { Expression, Pattern, Statement, TypeNode } from "../emit/tree.js";
import type { Arg, AsyncFunctionDef, ClassDef, FunctionDef } from "../parser/ast.js";
import { dropDocstring } from "./docstring.js";
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
