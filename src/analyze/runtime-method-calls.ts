/** Calls of methods that objects have from a class of the runtime. Called by `calls.ts`. */
import type { Call, ClassDef, Expr } from "../parser/ast.js";
import { type CallContext, fitText, type PartialCall } from "./call-context.js";
import type { Receiver } from "./method-calls.js";
import type { ProgramFacts } from "./program-facts.js";
import type { Fit } from "./signature.js";
import { type RuntimeMethod, runtimeMethod, splitPath } from "./tables/runtime-modules.js";
import { isRuntimeClass } from "./types/type.js";

/** A method of an object that is known to be an instance of a class of the runtime. */
export function runtimeMethodCall(
  call: Call,
  name: string,
  context: CallContext,
): PartialCall | null {
  const { facts } = context;
  const { value } = call.func as Extract<Expr, { kind: "Attribute" }>;
  const instance = runtimeInstance(value, context);
  const row = instance === null ? null : runtimeMethod(instance[0], instance[1], name);
  if (row === null || facts.dynamicStores || facts.plainStores.has(name) || !facts.closedWorld) {
    return null;
  }
  return callOf(name, row, fitText(call, row.signature));
}

/** A method that instances of a class of the program have from a base of the runtime. */
export function inheritedCall(
  call: Call,
  name: string,
  receiver: Receiver,
  { facts }: CallContext,
): PartialCall | null {
  const families = receiver.selfOf === null ? receiver.instanceOf : [receiver.selfOf];
  const isStored =
    facts.dynamicStores || facts.storedAttributes.has(name) || facts.methods.has(name);
  if (families === null || isStored || !facts.closedWorld || facts.dunders.has("__getattr__")) {
    return null;
  }
  const bases = families.map((family) => runtimeBase(family, facts));
  const [base] = bases;
  if (!base || bases.some((other) => other !== base)) return null;
  const { module, name: cls } = splitPath(base);
  const row = runtimeMethod(module, cls, name);
  const fit = row === null ? null : fitText(call, row.signature);
  return row === null || fit === null ? null : callOf(name, row, fit);
}

function callOf(name: string, row: RuntimeMethod, fit: Fit | null): PartialCall {
  const coroutine = row.coroutine === true;
  return {
    callee: { kind: "method-by-name", name, native: fit !== null, candidates: [], coroutine },
    fit,
    mayBlock: row.blocking === true ? "maybe" : "no",
    returnsValue: "always",
  };
}

/** The only base that is not of the program, "module.Class"; null: there is none, or there are more. */
function runtimeBase(node: ClassDef, { hierarchy }: ProgramFacts): string | null {
  const bases = hierarchy
    .chain(node)
    .flatMap((one) => hierarchy.classes.get(one)?.bases ?? [])
    .filter(({ kind }) => kind !== "class" && kind !== "object");
  const [base] = bases;
  return bases.length === 1 && base?.kind === "runtime-class" && base.module !== null
    ? `${base.module}.${base.name}`
    : null;
}

/** The class of a runtime module that the value is an instance of (or it is None); else null. */
function runtimeInstance(
  node: Expr,
  { view, facts }: CallContext,
): readonly [string, string] | null {
  const type = facts.typeOf(node, view.ast);
  const [atom, ...others] = [...(type ?? [])].filter((one) => one !== "None");
  if (atom === undefined || others.length > 0 || !isRuntimeClass(atom)) {
    return null;
  }
  const { module, name } = splitPath(atom);
  return [module, name];
}
