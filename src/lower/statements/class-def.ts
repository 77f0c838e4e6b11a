/** Lowers classes to ES classes. */

import type { BaseInfo, Binding, ClassInfo } from "../../analyze/analysis.js";
import * as js from "../../emit/build.js";
import type { Expression, Statement, TargetNode } from "../../emit/tree.js";
import type { ClassDef, Stmt } from "../../parser/ast.js";
import { ClassDefinition } from "../class-definition.js";
import { lowerMember } from "../class-member.js";
import { breaksBase, declaredFields } from "../class-shape.js";
import { attachComments, takeComments } from "../comments.js";
import { declarationAt } from "../declaration.js";
import { decoration } from "../decorators.js";
import { docComment } from "../docstring.js";
import { lowerExpression } from "../expression.js";
import { Frame } from "../frame.js";
import { declareVariables } from "../function.js";
import { lowerStatement, settleComments } from "../statement.js";
import { storeInClass } from "../target.js";
import { heldType } from "../types.js";
import { classVariable, hasOwnVariable, variable } from "../variable.js";

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
  const { before, apply } = decoration(node.decorator_list, { first: true, frame });
  const lowered = lowerClass(node, frame);
  const name = binding.jsName;
  if (binding.constantClass === node && isDeclared(node, binding, frame)) {
    const declaration = js.classNode("ClassDeclaration", name, lowered.superClass, lowered.members);
    return [...lowered.before, docComment(declaration, node.body, frame), ...lowered.after];
  }
  const own = classVariable(node, frame);
  if (frame.classValue !== null && binding.kind === "class") {
    // A class in a class body: declared first, so that its own attributes can be set on it.
    const { superClass, members } = lowered;
    return [
      ...before,
      ...lowered.before,
      docComment(js.classNode("ClassDeclaration", own.name, superClass, members), node.body, frame),
      ...lowered.after,
      storeInClass(node.name, apply(complete(own, frame)), frame.classValue()),
    ];
  }
  const named = node.decorator_list.length === 0 ? name : null;
  const expression = js.classNode("ClassExpression", named, lowered.superClass, lowered.members);
  const store = (value: Expression): Statement =>
    declarationAt(binding, node) !== null
      ? js.declare("let", js.typed(name, js.anyType()), value)
      : js.expressionStatement(js.assign(variable(binding, frame), value));
  if (hasOwnVariable(node, frame)) {
    // Its methods know it by a variable of their own: what the name means may change.
    return [
      ...before,
      ...lowered.before,
      docComment(js.declare("const", own, expression), node.body, frame),
      ...lowered.after,
      store(apply(complete(own, frame))),
    ];
  }
  const decorations =
    node.decorator_list.length === 0
      ? []
      : [js.expressionStatement(js.assign(js.id(name), apply(js.id(name))))];
  return [
    ...before,
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
  const definition = new ClassDefinition(node, binding, frame);
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

function lowerBases(node: ClassDef, info: ClassInfo, frame: Frame): Expression {
  const [first] = node.bases;
  if (node.keywords.length > 0 && node.bases.length === 0) return js.rt("PyObject");
  if (first === undefined) return js.rt("PyObject");
  if (node.bases.length > 1 || first.kind === "Starred") {
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
    js.declareField(name, heldType(shown.field(info.node, name), frame)),
  );
}

/** The class docstring is kept as a comment. */
function dropDocumentation(body: readonly Stmt[]): readonly Stmt[] {
  return body.filter(
    (statement) => !(statement.kind === "Expr" && statement.value.kind === "Constant"),
  );
}
