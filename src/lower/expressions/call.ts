/**
 * Lowers calls: directly where analysis has proven what is called and that the arguments suit it,
 * else through the runtime, which binds and checks them.
 */

import type { CallInfo, DefNode } from "../../analyze/analysis.js";
import { propertyName } from "../../analyze/js-names.js";
import { swallowsExit } from "../../analyze/swallows-exit.js";
import * as js from "../../emit/build.js";
import type { Expression } from "../../emit/tree.js";
import type { Attribute, Call } from "../../parser/ast.js";
import { lowerArguments, lowerKeywords, orderedArguments } from "../arguments.js";
import { constArgument } from "../const-call.js";
import { mayRunCode } from "../effects.js";
import { lowerExpression } from "../expression.js";
import type { Frame } from "../frame.js";
import { receiver } from "./attribute.js";
import { lowerBuiltinCall } from "./builtin-call.js";
import { lowerSuperCall, lowerUnboundCall } from "./super-call.js";
import { lowerTextFormat } from "./text-format.js";
import { lowerTypeMethod } from "./type-method.js";

const UNKNOWN: CallInfo = {
  callee: { kind: "unknown" },
  fits: false,
  order: null,
  reorders: false,
  mayBlock: "no",
  returnsValue: "always",
};

/**
 * ```py
 * f(1, 2)             # a def of the program
 * Motor(pin)          # a class of the program
 * queue.put(x)        # only classes of the program have `put`
 * lcd.refresh()       # likewise, and it waits for something
 * callback(x, k=1)    # anything
 * ```
 * ```ts
 * f(1, 2)
 * new Motor(pin)
 * queue.put(x)
 * yield* waiting(lcd).refresh()
 * apply(callback, [x], { k: 1 })
 * ```
 */
export function lowerCall(node: Call, frame: Frame): Expression {
  const call = lowerCallOnly(node, frame, true);
  // A function that ends without `return` gives JavaScript's undefined: Python's None.
  return mayBeUndefined(node, frame) && isDirect(call) ? js.logical(call, "??", js.nil()) : call;
}

/** The call itself: what a function gives that ends without `return` is not made None. */
export function lowerCallOnly(node: Call, frame: Frame, isUsed: boolean): Expression {
  const constant = constArgument(node, frame);
  if (constant !== null) return lowerExpression(constant, frame);
  const text = lowerTextFormat(node, frame);
  if (text !== null) return text;
  const method = lowerTypeMethod(node, frame, isUsed);
  if (method !== null) return method;
  const info = frame.module.analysis.calls.get(node) ?? UNKNOWN;
  const suspends = frame.suspends && info.mayBlock !== "no";
  return (
    lowerKnown(node, info, frame, suspends) ??
    (suspends ? js.yieldAll(lowerAny(node, frame, "Wait")) : lowerAny(node, frame, ""))
  );
}

/** Whether the call gives a generator. */
export function returnsGenerator(node: Call, frame: Frame): boolean {
  return givesGenerator(node, frame, isGeneratorDef);
}

/** Whether the call gives a generator that `yield*` can delegate to as it is. */
export function givesDelegate(node: Call, frame: Frame): boolean {
  return givesGenerator(node, frame, (def) => isGeneratorDef(def, frame) && !swallowsExit(def));
}

function givesGenerator(
  node: Call,
  frame: Frame,
  suits: (def: DefNode, frame: Frame) => boolean,
): boolean {
  const { callee, fits, mayBlock } = frame.module.analysis.calls.get(node) ?? UNKNOWN;
  if (!fits || mayBlock !== "no") return false;
  switch (callee.kind) {
    case "function":
    case "static-method":
    case "unbound-method":
      return suits(callee.node, frame);
    case "method-by-name":
      return (
        callee.native &&
        (callee.coroutine === true ||
          (callee.candidates.length > 0 &&
            callee.candidates.every((candidate) => suits(candidate, frame))))
      );
    case "module-function":
      return frame.module.kindOf(callee.module, callee.name) === "coroutine";
    default:
      return false;
  }
}

function isGeneratorDef(node: DefNode, frame: Frame): boolean {
  const flavour = frame.module.analysis.context.facts.flavours.get(node);
  return flavour === "coroutine" || flavour === "generator";
}

/** Each of them is a function that blocks. */
function allBlock(nodes: readonly DefNode[], frame: Frame): boolean {
  const { colours } = frame.module.analysis.context.facts;
  return nodes.every((node) => colours.functions.has(node));
}

function mayBeUndefined(node: Call, frame: Frame): boolean {
  const info = frame.module.analysis.calls.get(node);
  return info !== undefined && info.returnsValue !== "always" && !returnsGenerator(node, frame);
}

/** Calls through the runtime already give None. */
function isDirect(call: Expression): boolean {
  const inner = call.type === "YieldExpression" ? call.argument : call;
  return inner.type === "CallExpression" && inner.callee.imported?.from !== js.RUNTIME;
}

function lowerKnown(
  node: Call,
  info: CallInfo,
  frame: Frame,
  suspends: boolean,
): Expression | null {
  const { callee } = info;
  if (callee.kind === "builtin") return lowerBuiltinCall(node, callee.name, info, frame, suspends);
  if (callee.kind === "super-method") return lowerSuperCall(node, callee, info, frame, suspends);
  if (callee.kind === "unbound-method")
    return lowerUnboundCall(node, callee, info, frame, suspends);
  if (!info.fits) return null;
  const args = orderedArguments(node, info, frame);
  if (args === null) return null;
  switch (callee.kind) {
    case "function":
      return direct(lowerExpression(node.func, frame), args, suspends);
    case "class":
      return construct(lowerExpression(node.func, frame), node, args, frame, suspends);
    case "module-function": {
      const target = lowerExpression(node.func, frame);
      const kind = frame.module.kindOf(callee.module, callee.name);
      if (kind === null || kind === "constant") return null;
      if (kind === "class") return construct(target, node, args, frame, suspends);
      return direct(target, args, suspends && kind === "blocking");
    }
    case "method-by-name": {
      if (!callee.native || node.func.kind !== "Attribute") return null;
      const { value } = node.func;
      // As TypeScript sees it, one that blocks gives what it waits for; and no generator has it.
      const isMistyped = value.kind === "Call" && returnsGenerator(value, frame);
      const waits = suspends && callee.candidates.length > 0 && allBlock(callee.candidates, frame);
      if ((info.mayBlock !== "no" && !waits) || isMistyped) return null;
      const object = receiver(lowerExpression(value, frame), value, callee.name, frame);
      const target = js.member(
        waits ? js.rtCall("waiting", object) : object,
        propertyName(callee.name),
      );
      target.property.loc = frame.location(node.func.attrSpan);
      const call = js.call(target, args);
      return waits ? js.yieldAll(call) : call;
    }
    case "static-method": {
      if (node.func.kind !== "Attribute") return null;
      const target = js.member(
        lowerExpression(node.func.value, frame),
        propertyName(callee.node.name),
      );
      return suspends ? null : js.call(target, args);
    }
    case "unknown":
      return null;
  }
}

/** `new C(...)`, or `yield* newWait(C, [...], { ... })`, which binds the arguments itself. */
function construct(
  target: Expression,
  node: Call,
  ordered: readonly Expression[],
  frame: Frame,
  suspends: boolean,
): Expression {
  if (!suspends) return js.construct(target, ordered);
  const args = js.array(lowerArguments(node.args, frame));
  const keywords = node.keywords.length === 0 ? [] : [lowerKeywords(node.keywords, frame)];
  return js.yieldAll(js.rtCall("newWait", target, args, ...keywords));
}

/** `f(...)`, or `yield* f.wait(...)` where it may wait. */
function direct(target: Expression, args: readonly Expression[], suspends: boolean): Expression {
  return suspends ? js.yieldAll(js.call(js.member(target, "wait"), args)) : js.call(target, args);
}

/**
 * `invoke(o, "m", ...)` looks the method up after its arguments, Python before. That shows only
 * where an argument runs code and the lookup does too, or finds what the argument has changed.
 */
function isMethodCall(func: Attribute, node: Call, frame: Frame): boolean {
  const { attributes, context } = frame.module.analysis;
  const info = attributes.get(func);
  // A field that holds something to call: `call(this.done, x)`.
  if (info?.moduleMember || info?.native) return false;
  const { facts } = context;
  const isFixed =
    frame.module.facts &&
    facts.closedWorld &&
    !facts.dynamicStores &&
    !facts.storedAttributes.has(func.attr) &&
    !facts.dunders.has("__getattr__") &&
    !(facts.methods.get(func.attr) ?? []).some(({ node: def }) => def.decorator_list.length > 0);
  return isFixed || ![...node.args, ...node.keywords.map(({ value }) => value)].some(mayRunCode);
}

/** A call through the runtime; `suffix` "Wait" gives the forms that may suspend. */
function lowerAny(node: Call, frame: Frame, suffix: "" | "Wait"): Expression {
  const { func } = node;
  const isPlain = node.keywords.length === 0;
  const args = lowerArguments(node.args, frame);
  const keywords = lowerKeywords(node.keywords, frame);
  if (func.kind === "Attribute" && isMethodCall(func, node, frame)) {
    const receiver = [lowerExpression(func.value, frame), js.literal(func.attr)];
    return isPlain
      ? js.rtCall(`invoke${suffix}`, ...receiver, ...args)
      : js.rtCall(`applyMethod${suffix}`, ...receiver, js.array(args), keywords);
  }
  const target = lowerExpression(func, frame);
  return isPlain
    ? js.rtCall(`call${suffix}`, target, ...args)
    : js.rtCall(`apply${suffix}`, target, js.array(args), keywords);
}
