/** Lowers `super().m(...)` and `Base.m(self, ...)`: calls of a method of a base class. */

import type { Callee, CallInfo } from "../../analyze/analysis.js";
import { propertyName } from "../../analyze/js-names.js";
import * as js from "../../emit/build.js";
import type { Expression } from "../../emit/tree.js";
import type { Call, ClassDef, Name } from "../../parser/ast.js";
import { lowerArguments, lowerKeywords, orderedArguments } from "../arguments.js";
import { lowerExpression } from "../expression.js";
import type { Frame } from "../frame.js";
import { classVariable } from "../variable.js";

/**
 * ```py
 * super().__init__(pin)
 * ```
 * ```ts
 * super.__init__(pin)
 * ```
 */
export function lowerSuperCall(
  node: Call,
  callee: Extract<Callee, { kind: "super-method" }>,
  info: CallInfo,
  frame: Frame,
  suspends: boolean,
): Expression | null {
  const args = info.fits && callee.native ? orderedArguments(node, info, frame) : null;
  if (args !== null && frame.nativeSuper && !suspends) {
    const target = js.superMember(propertyName(callee.name));
    target.loc = frame.location(node.span);
    return js.call(target, args);
  }
  // `super(C, self)` says itself where to begin.
  const receiver = hasArguments(node) ? null : superObject(frame);
  if (receiver === null) return null;
  const suffix = suspends ? "Wait" : "";
  const call =
    node.keywords.length === 0
      ? js.rtCall(
          `invoke${suffix}`,
          receiver,
          js.literal(callee.name),
          ...lowerArguments(node.args, frame),
        )
      : js.rtCall(
          `applyMethod${suffix}`,
          receiver,
          js.literal(callee.name),
          js.array(lowerArguments(node.args, frame)),
          lowerKeywords(node.keywords, frame),
        );
  return suspends ? js.yieldAll(call) : call;
}

function hasArguments({ func }: Call): boolean {
  return func.kind === "Attribute" && func.value.kind === "Call" && func.value.args.length > 0;
}

/** `super()` as a value: `superOf(C, this)`; null outside of methods. */
export function superObject(frame: Frame): Expression | null {
  const self = selfValue(frame);
  const value = frame.inClass && classVariable(frame.inClass, frame);
  return self && value ? js.rtCall("superOf", value, self) : null;
}

function selfValue(frame: Frame): Expression | null {
  if (frame.self !== null) return js.self();
  for (let current: Frame | null = frame; current; current = current.parent) {
    const { info } = current;
    if (info?.isMethodOf && info.node.kind !== "Lambda") {
      const first = info.node.args.args[0];
      const binding = first && frame.module.analysis.bindingOf.get(first);
      return binding ? js.id(binding.jsName) : null;
    }
  }
  return null;
}

/**
 * ```py
 * Base.__init__(self, pin)
 * ```
 * ```ts
 * super.__init__(pin)                            // Base is the only base
 * Base.prototype.__init__.call(this, pin)        // else
 * ```
 */
export function lowerUnboundCall(
  node: Call,
  callee: Extract<Callee, { kind: "unbound-method" }>,
  info: CallInfo,
  frame: Frame,
  suspends: boolean,
): Expression | null {
  const [self, ...others] = node.args;
  if (suspends || !info.fits || info.order !== null || node.keywords.length > 0) return null;
  if (
    self === undefined ||
    node.func.kind !== "Attribute" ||
    node.args.some((a) => a.kind === "Starred")
  ) {
    return null;
  }
  const args = lowerArguments(others, frame);
  const name = propertyName(callee.node.name);
  if (
    frame.nativeSuper &&
    frame.inClass &&
    isThis(self as Name, frame) &&
    isOnlyBase(callee.class, frame)
  ) {
    const target = js.superMember(name);
    target.loc = frame.location(node.span);
    return js.call(target, args);
  }
  const base = lowerExpression(node.func.value, frame);
  const method = js.member(js.member(base, "prototype"), name);
  return js.call(js.member(method, "call"), [lowerExpression(self, frame), ...args]);
}

const isThis = (node: Name, frame: Frame): boolean =>
  node.kind === "Name" && frame.self !== null && node.id === frame.self;

function isOnlyBase(base: ClassDef, frame: Frame): boolean {
  const bases = frame.inClass ? frame.module.analysis.classes.get(frame.inClass)?.bases : undefined;
  const [only] = bases ?? [];
  return bases?.length === 1 && only?.kind === "class" && only.node === base;
}
