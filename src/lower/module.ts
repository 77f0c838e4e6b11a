/**
 * Lowers a module: definitions that never change become exports of the ES module, everything else
 * runs in its body when Python first imports it (design 2.4). Called by `compile.ts`.
 */
import type { Binding } from "../analyze/analysis.js";
import { isPrivateConstant } from "../analyze/private-constant.js";
import * as js from "../emit/build.js";
import type { Expression, Statement, TargetComment } from "../emit/tree.js";
import type { Module, Stmt } from "../parser/ast.js";
import { attachComments, takeComments } from "./comments.js";
import { dropDocstring, jsdoc } from "./docstring.js";
import { Frame, type ModuleContext } from "./frame.js";
import { declareVariables } from "./function.js";
import { hoistedConstant } from "./hoisted-constant.js";
import { importedValue, isDirectImport, mayBeLookedUp } from "./import-binding.js";
import { lowerStatement, onlyComments, settleComments } from "./statement.js";
import { variableType } from "./types.js";
import { isCommon } from "./variable.js";

/**
 * ```py
 * limit = 3
 * def check(n): return n < limit
 * started = now()
 * ```
 * ```ts
 * export const limit = 3;
 * export let started: number;
 * export function check(n: number): boolean { return n < limit; }
 * const $module = module("app", { file: "app.py", names: { ... }, ... }, function () {
 *   started = now();
 * });
 * export default $module;
 * ```
 */
export function lowerModule(module: Module, context: ModuleContext): LoweredModule {
  const { analysis } = context;
  const frame = new Frame(context, null, {
    scope: analysis.moduleScope,
    suspends: analysis.bodyBlocks,
  });
  const lifted: Statement[] = [];
  const late: string[] = [];
  const hoisted = new Map<Binding, Statement>();
  const body: Statement[] = [];
  const head = takeComments(frame, module.body[0]?.span.start ?? Number.POSITIVE_INFINITY);
  for (const statement of dropDocstring(module.body)) {
    const constant = hoistedConstant(statement, frame);
    const lowered = lowerStatement(statement, frame);
    if (constant !== null) {
      hoisted.set(constant, exportedConstant(constant, lowered[0] as Statement));
    } else if (isLifted(statement, frame)) {
      const [own, rest] = split(lowered);
      lifted.push(...own);
      body.push(...rest);
      const name = lateName(statement, frame);
      if (name !== null) {
        late.push(name);
        const call = js.rtCall("defined", js.id("$module"), js.literal(name));
        body.push(js.expressionStatement(call));
      }
    } else {
      body.push(...lowered);
    }
  }
  const tail = takeComments(frame, Number.POSITIVE_INFINITY);
  const variables = analysis.exports.filter(
    (binding) =>
      !isDirectImport(binding, context) &&
      !isLiftedBinding(binding, frame) &&
      !isCommon(binding, frame),
  );
  const docstring = jsdoc(module.body, frame);
  const doc = docstring === null ? [] : [docstring];
  const declared = variables.map((binding) => {
    const constant = hoisted.get(binding);
    if (constant !== undefined) return constant;
    const declaration = js.declare("let", js.typed(binding.jsName, variableType(binding, frame)));
    return isPrivateConstant(binding) ? declaration : js.exported(declaration);
  });
  const statements = settleComments([
    ...declareVariables(analysis.moduleScope.bindings.values(), frame),
    ...frame.declareTemps(),
    ...body,
  ]);
  if (tail.length > 0) statements.push(onlyComments(tail));
  const program = [
    ...declared,
    ...settleComments(lifted),
    moduleObject(frame, late, statements, hoisted),
    js.exportDefault(js.id("$module")),
  ];
  return { comments: [...head, ...doc], statements: program };
}

export interface LoweredModule {
  /** What stands above everything else: the opening comment and the docstring. */
  readonly comments: readonly TargetComment[];
  readonly statements: readonly Statement[];
}

/** `export const LIMIT = 3;` for the assignment that would set it. */
function exportedConstant(binding: Binding, assignment: Statement): Statement {
  const { leadingComments, trailingComments, loc, blankAbove, expression } = assignment;
  const constant = js.declare("const", js.id(binding.jsName), expression.right);
  return {
    ...(isPrivateConstant(binding) ? constant : js.exported(constant)),
    ...(loc && { loc }),
    ...(blankAbove !== undefined && { blankAbove }),
    ...(leadingComments && { leadingComments }),
    ...(trailingComments && { trailingComments }),
  };
}

function isLifted(statement: Stmt, frame: Frame): boolean {
  const { analysis } = frame.module;
  if (statement.kind === "ClassDef") return analysis.classes.get(statement)?.liftable === true;
  if (statement.kind !== "FunctionDef" && statement.kind !== "AsyncFunctionDef") return false;
  return analysis.bindingOf.get(statement)?.constantFunction === statement;
}

/** The name that a lifted definition gets in the body only, where somebody may look before that. */
function lateName(statement: Stmt, { module: { analysis } }: Frame): string | null {
  const defines =
    statement.kind === "ClassDef" ||
    statement.kind === "FunctionDef" ||
    statement.kind === "AsyncFunctionDef";
  return defines && analysis.late.has(statement) ? statement.name : null;
}

function isLiftedBinding(binding: Binding, frame: Frame): boolean {
  const { constantFunction, constantClass } = binding;
  if (constantFunction !== null) return true;
  return (
    constantClass !== null && frame.module.analysis.classes.get(constantClass)?.liftable === true
  );
}

/** The declaration is exported where it stands; what sets it up runs in the body. */
function split(lowered: readonly Statement[]): [Statement[], Statement[]] {
  const own: Statement[] = [];
  const rest: Statement[] = [];
  for (const statement of lowered) {
    if (isDefinition(statement)) {
      const { leadingComments, ...declaration } = statement;
      const exported = js.exported(declaration as Statement);
      if (statement.loc) exported.loc = statement.loc;
      own.push(leadingComments ? attachComments(exported, leadingComments) : exported);
    } else if (isSignature(statement)) {
      own.push(statement);
    } else if (statement.type === "VariableDeclaration" && !own.some(isExport)) {
      // A default that is kept: its variable is the module's, its value is set where the def stood.
      const [{ id, init }] = statement.declarations;
      own.push(js.declareAll("let", [js.typed(id.name, js.anyType())]));
      if (init !== null) rest.push(js.expressionStatement(js.assign(js.id(id.name), init)));
    } else {
      rest.push(statement);
    }
  }
  return [own, rest];
}

const isExport = (statement: Statement): boolean => statement.type === "ExportNamedDeclaration";

function isDefinition(statement: Statement): boolean {
  if (statement.type === "FunctionDeclaration" || statement.type === "ClassDeclaration")
    return true;
  return (
    statement.type === "VariableDeclaration" &&
    statement.declarations[0].init?.callee?.imported?.name === "blocking"
  );
}

const isSignature = (statement: Statement): boolean =>
  statement.type === "ExpressionStatement" && statement.expression.callee?.imported?.name === "def";

/**
 * ```py
 * import other           # which imports this module in turn
 * def f(): pass
 * ```
 * ```ts
 * const $module = module("app", { file, later: ["f"], names, variables }, function () {
 *   imported($other);
 *   defined($module, "f");
 * });
 * ```
 */
function moduleObject(
  frame: Frame,
  late: readonly string[],
  statements: readonly Statement[],
  hoisted: ReadonlyMap<Binding, Statement>,
): Statement {
  const { analysis, name, path, isPackage } = frame.module;
  const entries: [string, Expression][] = [["file", js.literal(path)]];
  if (isPackage) entries.push(["package", js.literal(true)]);
  if (late.length > 0) entries.push(["later", js.array(late.map((name) => js.literal(name)))]);
  const names: [string, Expression][] = [];
  const variables: [string, Expression][] = [];
  for (const binding of analysis.exports) {
    if (isPrivateConstant(binding) || isCommon(binding, frame)) continue;
    if (isLiftedBinding(binding, frame) || hoisted.has(binding)) {
      names.push([binding.name, importedValue(binding, frame) ?? js.id(binding.jsName)]);
    } else if (
      !isDirectImport(binding, frame.module) ||
      mayBeLookedUp(binding.name, frame.module)
    ) {
      variables.push([binding.name, accessors(binding, frame)]);
    }
  }
  if (names.length > 0) entries.push(["names", js.shorthands(names)]);
  if (variables.length > 0) entries.push(["variables", js.object(variables)]);
  const run = js.functionExpression({
    name: null,
    params: [],
    body: statements,
    generator: analysis.bodyBlocks,
  });
  return js.declare(
    "const",
    js.typed("$module", js.anyType()),
    js.rtCall("module", js.literal(name), js.object(entries), run),
  );
}

/** `[() => x, (v) => { x = v; }]`; the second where the name can be set from outside. */
function accessors(binding: Binding, frame: Frame): Expression {
  const imported = isDirectImport(binding, frame.module);
  const value = importedValue(binding, frame) ?? js.id(binding.jsName);
  const get = js.arrow([], value);
  if (imported || isLiftedBinding(binding, frame)) return js.array([get]);
  const value$ = js.id("value$");
  const set = js.arrow([value$], js.assign(js.id(binding.jsName), js.id("value$")));
  return js.array([get, set]);
}
