/** Calls through a class: `C(...)`, `C.m(...)` and `super().m(...)`. Called by `calls.ts`. */
import type { Call, ClassDef, Expr } from "../parser/ast.js";
import type { Callee, DefNode } from "./analysis.js";
import { type CallContext, fitText, type PartialCall, returns } from "./call-context.js";
import { enclosingClass, type Target } from "./callee.js";
import { methodDecorator } from "./decorators.js";
import { isFunctionProperty } from "./js-names.js";
import type { ProgramFacts } from "./program-facts.js";
import { selfClass } from "./receiver.js";
import { type Fit, fitArguments, signatureOf } from "./signature.js";
import { builtin } from "./tables/builtins.js";
import { runtimeExport } from "./tables/runtime-modules.js";

/** The arguments of `C(...)` against what the class takes. */
export function fitClass(
  call: Call,
  node: ClassDef,
  init: DefNode | null,
  facts: ProgramFacts,
): Fit | null {
  if (
    !facts.closedWorld ||
    facts.dunders.has("__new__") ||
    facts.storedAttributes.has("__init__")
  ) {
    return null;
  }
  if (init !== null) {
    return init.decorator_list.length > 0 || facts.hierarchy.hasUnknownBase(node)
      ? null
      : fitArguments(call, signatureOf(init.args, true));
  }
  const bases = facts.hierarchy
    .chain(node)
    .flatMap((one) => facts.hierarchy.classes.get(one)?.bases ?? []);
  const roots = bases.filter((base) => base.kind !== "class" && base.kind !== "object");
  const [root, ...others] = roots;
  if (root === undefined) {
    return fitArguments(call, []);
  }
  // An exception class without `__init__` takes whatever it is given.
  return others.length === 0 && root.kind === "runtime-class" && root.module === null
    ? fitText(call, builtin(root.name)?.signature ?? null)
    : null;
}

/** `C.m(...)` with a class known statically. */
export function classMember(
  call: Call,
  target: Extract<Target, { kind: "class-member" }>,
  { facts }: CallContext,
): PartialCall {
  const node = facts.hierarchy.method(target.class, target.name);
  const isStored = facts.storedAttributes.has(target.name) || facts.dynamicStores;
  const known = node !== null && facts.closedWorld;
  const decorator =
    node?.decorator_list.length === 1
      ? methodDecorator(node.decorator_list[0] as Expr, () => true)
      : null;
  const isStatic = decorator?.kind === "staticmethod" || decorator?.kind === "classmethod";
  const mayBlock = node !== null && facts.colours.functions.has(node) ? "maybe" : "no";
  if (known && isStatic && onlyDecorated(target.name, facts) && !isFunctionProperty(target.name)) {
    const dropFirst = decorator.kind === "classmethod";
    return {
      callee: { kind: "static-method", module: target.module, class: target.class, node },
      fit: fitArguments(call, signatureOf(node.args, dropFirst)),
      mayBlock,
      returnsValue: returns(node, facts),
    };
  }
  if (known && node.decorator_list.length === 0 && !isStored && call.args.length > 0) {
    return {
      callee: { kind: "unbound-method", module: target.module, class: target.class, node },
      fit: node.args.args.length > 0 ? fitArguments(call, signatureOf(node.args, false)) : null,
      mayBlock,
      returnsValue: returns(node, facts),
    };
  }
  return {
    callee: { kind: "unknown" },
    fit: null,
    mayBlock: facts.colours.methods.has(target.name) || facts.colours.escapes ? "maybe" : "no",
    returnsValue: "always",
  };
}

/** Nothing but decorated defs puts this name on a class. */
function onlyDecorated(name: string, facts: ProgramFacts): boolean {
  return (
    !facts.dynamicStores &&
    !facts.plainStores.has(name) &&
    (facts.methods.get(name) ?? []).every((def) => def.node.decorator_list.length === 1)
  );
}

export function superMethod(
  call: Call,
  name: string,
  /** A class of the runtime that some class of the program extends has a method of that name that blocks. */
  blocks: boolean,
  context: CallContext,
): PartialCall {
  const { facts } = context;
  const node = isOwnSuper(call, context) ? enclosingClass(call, context.view) : null;
  const bases = node === null ? [] : (facts.hierarchy.classes.get(node)?.bases ?? []);
  const mayBlock = facts.colours.methods.has(name) || blocks ? "maybe" : "no";
  const [base] = bases;
  const callee = (native: boolean): Callee => ({ kind: "super-method", name, native });
  const unknown = { fit: null, mayBlock, returnsValue: "always" } as const;
  const own = base?.kind === "runtime-class" && name === "__init__" ? base : null;
  if (bases.length === 1 && own !== null && facts.closedWorld && !facts.dynamicStores) {
    // Of the runtime's classes only those that describe their `__init__` have one of their own.
    const row = own.module === null ? builtin(own.name) : runtimeExport(own.module, own.name);
    const fit = row?.kind === "class" ? fitText(call, row.signature) : null;
    if (fit !== null && !facts.storedAttributes.has(name)) {
      return { callee: callee(true), fit, mayBlock: "no", returnsValue: "always" };
    }
  }
  if (bases.length !== 1 || base?.kind !== "class" || !facts.closedWorld || facts.dynamicStores) {
    return { callee: callee(false), ...unknown };
  }
  const found = facts.hierarchy.method(base.node, name);
  if (found === null || found.decorator_list.length > 0 || facts.storedAttributes.has(name)) {
    return { callee: callee(false), ...unknown };
  }
  const fit = fitArguments(call, signatureOf(found.args, true));
  return {
    callee: callee(fit !== null),
    fit,
    mayBlock: facts.colours.functions.has(found) ? "maybe" : "no",
    returnsValue: returns(found, facts),
  };
}

/** `super()` or `super(C, self)` with the class that the code stands in. */
function isOwnSuper(call: Call, context: CallContext): boolean {
  const { func } = call;
  if (func.kind !== "Attribute" || func.value.kind !== "Call") {
    return false;
  }
  const [cls, ...rest] = func.value.args;
  return (
    cls === undefined ||
    (cls.kind === "Name" &&
      rest.length === 1 &&
      cls.id === enclosingClass(call, context.view)?.name &&
      selfClass(rest[0] as Expr, context) !== null)
  );
}
