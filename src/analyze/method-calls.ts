/**
 * Proves that `o.m(...)` may be a plain JS method call: every object that can stand before the dot
 * either has `m` as an ordinary method or raises as Python would. Called by `calls.ts`.
 */
import type { Call, ClassDef, Expr } from "../parser/ast.js";
import type { DefNode } from "./analysis.js";
import { isTransparentDecorator, methodDecorator } from "./decorators.js";
import type { ScannedDef } from "./facts/scan.js";
import type { ProgramFacts } from "./program-facts.js";
import { type Fit, fitArguments, signatureOf } from "./signature.js";
import { NATIVE_METHODS, RUNTIME_METHODS } from "./tables/native-methods.js";
import { isRuntimeMethod } from "./tables/runtime-modules.js";

export interface MethodCall {
  readonly native: boolean;
  readonly candidates: readonly DefNode[];
  /** Null where the arguments do not suit all candidates alike. */
  readonly fit: Fit | null;
}

export interface Receiver {
  readonly node: Expr;
  /** It is `self` of a method of this class. */
  readonly selfOf: ClassDef | null;
  /** Known to be an instance of these classes or of subclasses (or None). */
  readonly instanceOf: readonly ClassDef[] | null;
  /** `cls`, `type(x)`, `x.__class__` and the like. */
  readonly mayBeClass: boolean;
  readonly mayBeModule: boolean;
}

export function methodCall(
  call: Call,
  name: string,
  receiver: Receiver,
  facts: ProgramFacts,
): MethodCall {
  const families = receiver.selfOf === null ? receiver.instanceOf : [receiver.selfOf];
  const defs =
    families === null
      ? (facts.methods.get(name) ?? [])
      : [...new Set(families.flatMap((family) => familyMethods(family, name, facts)))];
  const candidates = defs.map((def) => def.node);
  const fit = commonFit(call, defs);
  const native =
    fit !== null &&
    facts.closedWorld &&
    !facts.dynamicStores &&
    !facts.storedAttributes.has(name) &&
    defs.every((def) => isOrdinary(def)) &&
    (families !== null
      ? families.every(
          (family) => facts.hierarchy.method(family, name) !== null && basesAreKnown(family, facts),
        )
      : isSafeOnAnything(name, receiver, facts));
  return { native, candidates, fit };
}

/** What `m` can be for instances of a class: its own, inherited, or of a subclass. */
function familyMethods(node: ClassDef, name: string, facts: ProgramFacts): readonly ScannedDef[] {
  const family = new Set<ClassDef>(facts.hierarchy.chain(node));
  for (const subclass of facts.hierarchy.subclasses(node)) {
    for (const one of facts.hierarchy.chain(subclass)) {
      family.add(one);
    }
  }
  return (facts.methods.get(name) ?? []).filter(
    (def) => def.class !== null && family.has(def.class),
  );
}

/** No base that nothing is known about may put its method before the one that was found. */
function basesAreKnown(node: ClassDef, facts: ProgramFacts): boolean {
  return [node, ...facts.hierarchy.subclasses(node)].every(
    (one) =>
      !facts.hierarchy.hasUnknownBase(one) ||
      (facts.hierarchy.classes.get(one)?.bases.length ?? 0) < 2,
  );
}

function isSafeOnAnything(name: string, receiver: Receiver, facts: ProgramFacts): boolean {
  return (
    !receiver.mayBeClass &&
    !receiver.mayBeModule &&
    (facts.methods.get(name)?.length ?? 0) > 0 &&
    !NATIVE_METHODS.has(name) &&
    !RUNTIME_METHODS.has(name) &&
    !isRuntimeMethod(name) &&
    !facts.dunders.has("__getattr__") &&
    !facts.modulesEscape &&
    !facts.escapedClassMethods.has(name)
  );
}

/** A def that lands on the prototype as it is (or as a static). */
function isOrdinary({ node }: ScannedDef): boolean {
  return node.decorator_list.every(isTransparentDecorator);
}

function commonFit(call: Call, defs: readonly ScannedDef[]): Fit | null {
  let common: Fit | null = null;
  for (const { node } of defs) {
    const isStatic = node.decorator_list.some(
      (decorator) => methodDecorator(decorator, () => true)?.kind === "staticmethod",
    );
    const fit = fitArguments(call, signatureOf(node.args, !isStatic));
    if (fit === null || (!isStatic && node.args.args.length === 0)) {
      return null;
    }
    if (common !== null && !sameOrder(common, fit)) {
      return null;
    }
    common = fit;
  }
  return common;
}

function sameOrder(a: Fit, b: Fit): boolean {
  if (a.order === null || b.order === null) {
    return a.order === b.order;
  }
  return a.order.length === b.order.length && a.order.every((arg, i) => arg === b.order?.[i]);
}
