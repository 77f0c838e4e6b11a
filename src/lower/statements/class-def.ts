/** Lowers classes to ES classes. */

import type { BaseInfo, Binding, ClassInfo, FunctionInfo } from "../../analyze/analysis.js";
import { propertyName } from "../../analyze/js-names.js";
import { signatureOf, signatureText } from "../../analyze/signature.js";
import * as js from "../../emit/build.js";
import type { Expression, Statement, TargetNode } from "../../emit/tree.js";
import type { AsyncFunctionDef, ClassDef, Expr, FunctionDef, Stmt } from "../../parser/ast.js";
import { breaksBase, declaredFields, overrides } from "../class-shape.js";
import { attachComments, takeComments } from "../comments.js";
import { constArgument } from "../const-call.js";
import { declarationAt } from "../declaration.js";
import { docComment } from "../docstring.js";
import { lowerExpression } from "../expression.js";
import { Frame } from "../frame.js";
import { declareVariables, lowerFunction } from "../function.js";
import { isLiteral } from "../parameters.js";
import { needsSignature } from "../signature.js";
import { lowerStatement, settleComments } from "../statement.js";
import { storeInClass } from "../target.js";
import { typeNode } from "../types.js";
import { classVariable, GLOBALS, hasOwnVariable, variable } from "../variable.js";
import { functionShape } from "./function-def.js";

type Def = FunctionDef | AsyncFunctionDef;

/** A lowered class: the ES class, and what runs before and after it where the class stands. */
export interface LoweredClass {
  readonly before: readonly Statement[];
  readonly members: readonly TargetNode[];
  readonly superClass: Expression;
  readonly after: readonly Statement[];
}

/**
 * ```py
 * class Motor(Device):
 *     speed = 0
 *     def __init__(self, pin, limit=10):
 *         self.pin = pin
 * ```
 * ```ts
 * class Motor extends Device {
 *   static { define(this, { attrs: { speed: 0 }, methods: { __init__: "pin, limit=" } }); }
 *   declare pin: any;
 *   __init__(pin: any, limit: any = 10) { this.pin = pin; }
 * }
 * ```
 * Attributes whose value is not a literal are set after the class, in order.
 */
export function lowerClassDef(node: ClassDef, frame: Frame): Statement[] {
  const binding = frame.module.analysis.bindingOf.get(node) as Binding;
  const lowered = lowerClass(node, frame);
  const name = binding.jsName;
  if (binding.constantClass === node && isDeclared(node, binding, frame)) {
    const declaration = js.classNode("ClassDeclaration", name, lowered.superClass, lowered.members);
    return [...lowered.before, docComment(declaration, node.body, frame), ...lowered.after];
  }
  const named = node.decorator_list.length === 0 ? name : null;
  const expression = js.classNode("ClassExpression", named, lowered.superClass, lowered.members);
  const own = classVariable(node, frame);
  if (frame.classValue !== null && binding.kind === "class") {
    // A class in a class body: a variable first, so that its own attributes can be set on it.
    return [
      ...lowered.before,
      js.declare("const", own, expression),
      ...lowered.after,
      storeInClass(node.name, complete(own, frame), frame.classValue()),
    ];
  }
  const store = (value: Expression): Statement =>
    declarationAt(binding, node) !== null
      ? js.declare("let", js.typed(name, js.anyType()), value)
      : js.expressionStatement(js.assign(variable(binding, frame), value));
  if (hasOwnVariable(node, frame)) {
    // Its methods know it by a variable of their own: what the name means may change.
    return [
      ...lowered.before,
      docComment(js.declare("const", own, expression), node.body, frame),
      ...lowered.after,
      store(decorated(node, complete(own, frame), frame)),
    ];
  }
  const decorations =
    node.decorator_list.length === 0
      ? []
      : [js.expressionStatement(js.assign(js.id(name), decorated(node, js.id(name), frame)))];
  return [
    ...lowered.before,
    docComment(store(expression), node.body, frame),
    ...lowered.after,
    ...decorations,
  ];
}

/** What a class statement binds: the class, unless the program has replaced `__build_class__`. */
function complete(own: Expression, { module }: Frame): Expression {
  const { replacesClasses } = module.analysis.context.facts;
  return replacesClasses || module.snippet !== null ? js.rtCall("built", own) : own;
}

/** `@a @b class C` is `a(b(C))`. */
function decorated(node: ClassDef, value: Expression, frame: Frame): Expression {
  return [...node.decorator_list]
    .reverse()
    .reduce(
      (inner, decorator) => js.rtCall("call", lowerExpression(decorator, frame), inner),
      value,
    );
}

/** A local class, or one that the ES module can define when it is loaded. */
function isDeclared(node: ClassDef, binding: Binding, frame: Frame): boolean {
  if (node.decorator_list.length > 0) return false;
  if (binding.kind === "local") return binding.declareAt !== "top";
  return frame.module.analysis.classes.get(node)?.liftable === true;
}

/** Lowers a class without deciding how it is declared. */
export function lowerClass(node: ClassDef, frame: Frame): LoweredClass {
  const { analysis } = frame.module;
  const info = analysis.classes.get(node) as ClassInfo;
  const binding = analysis.bindingOf.get(node) as Binding;
  const scope = analysis.scopes.get(node);
  const body = new Frame(frame.module, frame, {
    info: frame.info,
    ...(scope ? { scope } : {}),
    suspends: frame.suspends,
    inClass: node,
    classValue: () => classVariable(node, frame),
  });
  const superClass = lowerBases(node, info, frame);
  const before: Statement[] = [];
  const members: TargetNode[] = [];
  const after: Statement[] = [];
  const definition = new Definition(node, binding, frame);
  for (const statement of dropDocumentation(node.body)) {
    const comments = takeComments(frame, statement.span.start);
    const member = lowerMember(statement, info, body, definition, before, after);
    if (member !== null) {
      members.push(...member.map((one, i) => (i === 0 ? attachComments(one, comments) : one)));
      continue;
    }
    const [first, ...rest] = lowerStatement(statement, body);
    if (first) after.push(attachComments(first, comments), ...rest);
  }
  return {
    before,
    superClass,
    members: [...definition.block(), ...declareFields(info, frame), ...members],
    after: settleComments([
      ...body.declareTemps(),
      ...declareVariables(scope?.bindings.values() ?? [], body),
      ...after,
      ...nameDescriptors(node, frame),
    ]),
  };
}

/** Descriptors learn their names when the class is complete; only where some class wants to know. */
function nameDescriptors(node: ClassDef, frame: Frame): Statement[] {
  const { facts } = frame.module.analysis.context;
  const wanted = facts.dunders.has("__set_name__");
  return wanted ? [js.expressionStatement(js.rtCall("setNames", classVariable(node, frame)))] : [];
}

/** What `define` is told about a class. */
class Definition {
  readonly attrs: [string, Expression][] = [];
  readonly methods: [string, Expression][] = [];
  readonly statics: [string, Expression][] = [];
  readonly classmethods: [string, Expression][] = [];
  readonly blocking: Expression[] = [];
  /** Names of methods of the ES class, in order. */
  readonly members: string[] = [];
  /** Whether an attribute was set after the class: later ones must follow it. */
  readonly done = new Set<string>();

  constructor(
    readonly node: ClassDef,
    readonly binding: Binding,
    readonly frame: Frame,
  ) {}

  /** In programs that may look at the order of names (`dir`, `__dict__`), unless it is clear. */
  private order(): string[] | null {
    const { analysis, snippet } = this.frame.module;
    if (snippet === null && !analysis.context.facts.showsMembers) return null;
    const names = [...(analysis.scopes.get(this.node)?.bindings.keys() ?? [])];
    return names.every((name, at) => name === this.members[at]) ? null : names;
  }

  block(): TargetNode[] {
    const entries: [string, Expression][] = [];
    const isNamed = this.binding.jsName === this.node.name && this.node.decorator_list.length === 0;
    if (!isNamed) entries.push(["name", js.literal(this.node.name)]);
    const module = moduleName(this.frame);
    if (module !== null) entries.push(["module", module]);
    for (const key of ["attrs", "methods", "statics", "classmethods"] as const) {
      if (this[key].length > 0) entries.push([key, js.object(this[key])]);
    }
    const order = this.order();
    if (order !== null) entries.push(["order", js.array(order.map((name) => js.literal(name)))]);
    if (this.blocking.length > 0) entries.push(["blocking", js.array(this.blocking)]);
    const options = entries.length === 0 ? [] : [js.object(entries)];
    return [
      js.staticBlock([
        js.expressionStatement(js.rtCall("define", { type: "ThisExpression" }, ...options)),
      ]),
    ];
  }
}

/** `C.__module__`, in programs that may ask for it; null in others. */
function moduleName({ module }: Frame): Expression | null {
  const { closedWorld, loadedAttributes } = module.analysis.context.facts;
  if (module.snippet !== null) return js.member(js.id(GLOBALS), "__name__");
  const isRead = loadedAttributes.has("__module__") || loadedAttributes.has("__dict__");
  return module.facts && closedWorld && !isRead ? null : js.literal(module.name);
}

/** A member of the ES class, none where the statement must run after it, [] where it is in `define`. */
function lowerMember(
  statement: Stmt,
  info: ClassInfo,
  frame: Frame,
  definition: Definition,
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
  definition: Definition,
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
  const shape = functionShape(null, lowered);
  if (isAccessor) {
    const kind = method.kind === "property" ? "get" : "set";
    const { returns: _, ...setter } = shape;
    return [
      docComment(js.method(name, kind === "get" ? shape : setter, { kind }), node.body, frame),
    ];
  }
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

function lowerBases(node: ClassDef, info: ClassInfo, frame: Frame): Expression {
  const [first] = node.bases;
  if (node.keywords.length > 0 && node.bases.length === 0) return js.rt("PyObject");
  if (first === undefined) return js.rt("PyObject");
  if (node.bases.length > 1) {
    return js.rtCall("mixin", ...node.bases.map((base) => lowerExpression(base, frame)));
  }
  const base = info.bases[0] as BaseInfo;
  const lowered = lowerExpression(first, frame);
  switch (base.kind) {
    case "class":
      return breaksBase(info, frame) ? js.rtCall("reshaped", lowered) : lowered;
    case "object":
      return lowered;
    case "runtime-class": {
      // Some types of modules are functions, as the builtin types are.
      const isFunction =
        base.module !== null && frame.module.kindOf(base.module, base.name) !== "class";
      if (isFunction) return js.rtCall("subclassable", lowered);
      return breaksBase(info, frame) ? js.rtCall("reshaped", lowered) : lowered;
    }
    case "builtin-type":
    case "unknown":
      return js.rtCall("subclassable", lowered);
  }
}

/** `declare pin: any;` for the fields that methods set, so that the type checker knows them. */
function declareFields(info: ClassInfo, frame: Frame): TargetNode[] {
  const { shown } = frame.module.analysis.context.facts;
  return declaredFields(info, frame).map((name) =>
    js.declareField(name, typeNode(shown.field(info.node, name), frame)),
  );
}

/** The class docstring is kept as a comment. */
function dropDocumentation(body: readonly Stmt[]): readonly Stmt[] {
  return body.filter(
    (statement) => !(statement.kind === "Expr" && statement.value.kind === "Constant"),
  );
}
