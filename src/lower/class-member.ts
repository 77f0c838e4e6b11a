/** Lowers the statements of a class body to members of the ES class. Called by `statements/class-def.ts`. */
import type { ClassInfo, FunctionInfo } from "../analyze/analysis.js";
import { propertyName } from "../analyze/js-names.js";
import { signatureOf, signatureText } from "../analyze/signature.js";
import * as js from "../emit/build.js";
import type { Statement, TargetNode } from "../emit/tree.js";
import type { AsyncFunctionDef, Expr, FunctionDef, Stmt } from "../parser/ast.js";
import { getterBody, setterBody } from "./accessor.js";
import type { ClassDefinition } from "./class-definition.js";
import { overrides } from "./class-shape.js";
import { constArgument } from "./const-call.js";
import { docComment } from "./docstring.js";
import { lowerExpression } from "./expression.js";
import type { Frame } from "./frame.js";
import { lowerFunction } from "./function.js";
import { isLiteral } from "./parameters.js";
import { needsSignature } from "./signature.js";
import { functionShape } from "./statements/function-def.js";

type Def = FunctionDef | AsyncFunctionDef;

/** A member of the ES class, none where the statement must run after it, [] where it is in `define`. */
export function lowerMember(
  statement: Stmt,
  info: ClassInfo,
  frame: Frame,
  definition: ClassDefinition,
  before: Statement[],
  after: Statement[],
): TargetNode[] | null {
  if (statement.kind === "Pass") return [];
  if (statement.kind === "FunctionDef" || statement.kind === "AsyncFunctionDef") {
    return lowerMethod(statement, info, frame, definition, before, after);
  }
  const assigned = literalAttribute(statement, frame);
  if (
    assigned === null ||
    definition.done.has(assigned.name) ||
    hasOtherStores(assigned.name, frame)
  ) {
    return null;
  }
  definition.attrs.push([propertyName(assigned.name), lowerExpression(assigned.value, frame)]);
  return [];
}

/** Stored again later, read before it is stored, or not in the class at all (`global`). */
function hasOtherStores(name: string, frame: Frame): boolean {
  const binding = frame.scope.bindings.get(name);
  return binding?.stores.length !== 1 || binding.mayBeUnbound;
}

/** `name = literal`, with `const(literal)` for what it is. */
function literalAttribute(statement: Stmt, frame: Frame): { name: string; value: Expr } | null {
  const [target, value] =
    statement.kind === "Assign" && statement.targets.length === 1
      ? [statement.targets[0], statement.value]
      : statement.kind === "AnnAssign"
        ? [statement.target, statement.value]
        : [];
  if (target?.kind !== "Name" || !value) return null;
  const literal = (value.kind === "Call" && constArgument(value, frame)) || value;
  return isLiteral(literal) ? { name: target.id, value } : null;
}

/** A method that the ES class can hold: stored once, with `self` first, not decorated otherwise. */
function lowerMethod(
  node: Def,
  info: ClassInfo,
  frame: Frame,
  definition: ClassDefinition,
  before: Statement[],
  after: Statement[],
): TargetNode[] | null {
  const method = frame.module.analysis.functions.get(node) as FunctionInfo;
  const isAccessor = method.kind === "property" || method.kind === "setter";
  if (method.kind === "deleter" || method.decorators.length > 0) return null;
  if (isAccessor ? !accessorsAreSimple(node, method, frame) : hasOtherStores(node.name, frame))
    return null;
  const isStatic = method.kind === "staticmethod" || node.name === "__new__";
  const takesSelf = node.args.args.length > 0 && node.args.defaults.length < node.args.args.length;
  if (!isStatic && !takesSelf) return null;
  const name = propertyName(method.propertyName ?? node.name);
  if ((isStatic || method.kind === "classmethod") && ES_STATICS.has(name)) return null;
  const lowered = lowerFunction(node, method, frame, {
    method: !isStatic,
    inClass: info.node,
    // A setter always gets its value.
    optional: method.kind !== "setter" && overrides(info, method, frame),
  });
  // Defaults may name attributes of the class, so they are evaluated after it.
  for (const { name: keeper, value } of lowered.kept) {
    before.push(js.declareAll("let", [js.typed(keeper, js.anyType())]));
    after.push(js.expressionStatement(js.assign(js.id(keeper), value)));
  }
  if (method.kind === "property") {
    const getter = functionShape(null, getterBody(lowered, method));
    return [docComment(js.method(name, getter, { kind: "get" }), node.body, frame)];
  }
  if (method.kind === "setter") {
    const { returns: _, ...setter } = functionShape(null, setterBody(lowered));
    return [docComment(js.method(name, setter, { kind: "set" }), node.body, frame)];
  }
  const shape = functionShape(null, lowered);
  if (method.blocking) definition.blocking.push(js.literal(node.name));
  const signature = js.literal(
    isStatic ? signatureText(signatureOf(node.args, false)) : method.signature,
  );
  if (isStatic) definition.statics.push([name, signature]);
  else if (method.kind === "classmethod") definition.classmethods.push([name, signature]);
  else if (needsSignature(method, frame)) definition.methods.push([name, signature]);
  if (!isStatic) definition.members.push(node.name);
  const options = { static: isStatic || method.kind === "classmethod" };
  return [docComment(js.method(name, shape, options), node.body, frame)];
}

/** Names that functions have already and classes cannot redefine. */
const ES_STATICS = new Set(["prototype", "name", "length", "caller", "arguments"]);

/** An ES accessor can say what a getter with at most one setter says; blocking ones cannot be. */
function accessorsAreSimple(node: Def, method: FunctionInfo, frame: Frame): boolean {
  if (method.flavour !== "plain" || method.blocking) return false;
  const stores = frame.scope.bindings.get(method.propertyName ?? node.name)?.stores ?? [];
  const kinds = stores.map((store) =>
    store.kind === "FunctionDef" ? frame.module.analysis.functions.get(store)?.kind : undefined,
  );
  const required = method.kind === "property" ? 1 : 2;
  if (node.args.args.length !== required || !method.simple) return false;
  return (
    kinds[0] === "property" && (kinds.length === 1 || (kinds.length === 2 && kinds[1] === "setter"))
  );
}
