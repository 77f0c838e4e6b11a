/** Lowers `def` and `async def`. */
import type { Binding, FunctionInfo } from "../../analyze/analysis.js";
import { isReserved } from "../../analyze/js-names.js";
import { signatureOf, signatureText } from "../../analyze/signature.js";
import * as js from "../../emit/build.js";
import type { Expression, Statement } from "../../emit/tree.js";
import type { AsyncFunctionDef, FunctionDef } from "../../parser/ast.js";
import { declarationAt } from "../declaration.js";
import { decoration } from "../decorators.js";
import { docComment } from "../docstring.js";
import type { Frame } from "../frame.js";
import { type LoweredFunction, lowerFunction } from "../function.js";
import { mentioned } from "../mentions.js";
import { needsSignature } from "../signature.js";
import { storeInClass } from "../target.js";
import { variable } from "../variable.js";

/**
 * ```py
 * def area(w, h=1): return w * h
 * async def blink(led): await sleep_ms(5)
 * ```
 * ```ts
 * function area(w: any, h: any = 1) { return mul(w, h); }
 * def(area, "w, h=");
 * function* blink(led: any): Generator<any, any, any> { yield* sleep_ms(5); }
 * ```
 */
export function lowerFunctionDef(node: FunctionDef | AsyncFunctionDef, frame: Frame): Statement[] {
  const info = frame.module.analysis.functions.get(node) as FunctionInfo;
  const binding = frame.module.analysis.bindingOf.get(node) as Binding;
  const lowered = lowerFunction(node, info, frame, { method: false, inClass: null });
  if (binding.constantFunction === node && isDeclaredHere(binding)) {
    return lowerConstant(node, info, binding, lowered, frame);
  }
  // In an ES class `@property` and the like are forms of their own; here they are calls.
  const decorators = node.decorator_list.filter((one) => !info.transparentDecorators.includes(one));
  const { before, apply } = decoration(decorators, { first: lowered.kept.length > 0, frame });
  const value = apply(functionValue(node, info, lowered, frame));
  const statements: Statement[] = [...before, ...keepDefaults(lowered)];
  if (frame.classValue !== null && binding.kind === "class") {
    const store = storeInClass(node.name, value, frame.classValue());
    return [...statements, docComment(store, node.body, frame)];
  }
  const kind = declarationAt(binding, node);
  return [
    ...statements,
    docComment(
      kind !== null
        ? js.declare(
            kind,
            kind === "const" ? js.id(binding.jsName) : js.typed(binding.jsName, js.anyType()),
            value,
          )
        : js.expressionStatement(js.assign(variable(binding, frame), value)),
      node.body,
      frame,
    ),
  ];
}

/** A local that is read before its `def` is a variable, which says so. */
const isDeclaredHere = ({ kind, declareAt }: Binding): boolean =>
  kind !== "class" && declareAt !== "top";

/** A function that never changes: a declaration. */
function lowerConstant(
  node: FunctionDef | AsyncFunctionDef,
  info: FunctionInfo,
  binding: Binding,
  lowered: LoweredFunction,
  frame: Frame,
): Statement[] {
  const name = binding.jsName;
  // The name of a function expression would hide the blocking function that is made of it.
  const isNameless = info.blocking && mentioned(node.name, node.body);
  const renamed = name === node.name && !isNameless ? [] : [js.literal(node.name)];
  const shape = functionShape(isNameless ? null : name, lowered);
  const described =
    needsSignature(info, frame) || renamed.length > 0
      ? [
          js.expressionStatement(
            js.rtCall("def", js.id(name), js.literal(plainSignature(node)), ...renamed),
          ),
        ]
      : [];
  const declaration = info.blocking
    ? js.declare("const", js.id(name), js.rtCall("blocking", js.functionExpression(shape)))
    : js.functionDeclaration(shape);
  return [...keepDefaults(lowered), docComment(declaration, node.body, frame), ...described];
}

/** The function as an expression. */
function functionValue(
  node: FunctionDef | AsyncFunctionDef,
  info: FunctionInfo,
  lowered: LoweredFunction,
  frame: Frame,
): Expression {
  // Named after itself, unless it would then see itself instead of the variable of that name.
  const named = mentioned(node.name, node.body) || isReserved(node.name) ? null : node.name;
  let value: Expression = js.functionExpression(functionShape(named, lowered));
  if (info.blocking) value = js.rtCall("blocking", value);
  if (named === null || needsSignature(info, frame)) {
    value = js.rtCall(
      "def",
      value,
      js.literal(plainSignature(node)),
      ...(named === null ? [js.literal(node.name)] : []),
    );
  }
  return value;
}

/** With the first parameter, whatever it is: a plain function has no `this`. */
const plainSignature = (node: FunctionDef | AsyncFunctionDef): string =>
  signatureText(signatureOf(node.args, false));

export const functionShape = (name: string | null, lowered: LoweredFunction): js.FunctionShape => ({
  name,
  params: lowered.params,
  body: lowered.body,
  generator: lowered.generator,
  returns: lowered.returns,
});

/** `const f$items: any[] = [];`: defaults are evaluated once, where the def stands. */
export function keepDefaults(lowered: LoweredFunction): Statement[] {
  return lowered.kept.map(({ name, value }) => {
    const isBare = value.type === "ArrayExpression" && value.elements.length === 0;
    return js.declare(
      "const",
      isBare ? js.typed(name, js.arrayType(js.anyType())) : js.id(name),
      value,
    );
  });
}
