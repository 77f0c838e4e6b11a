/**
 * What TypeScript must be told so that a class fits its base: Python lets a subclass change the
 * shape of anything it inherits, TypeScript does not. Called by `statements/class-def.ts` and where
 * members of `this` are read.
 */
import type { BaseInfo, ClassInfo, FunctionInfo } from "../analyze/analysis.js";
import { ownMethod } from "../analyze/callee.js";
import { hasOtherShape } from "../analyze/shown-signature.js";
import { runtimeMethod } from "../analyze/tables/runtime-modules.js";
import type { FunctionNode } from "../parser/ast.js";
import type { Frame } from "./frame.js";
import { shownDef } from "./types.js";

/** Accessors and fields of the runtime's exception classes, which a field cannot redeclare. */
const EXCEPTION_FIELDS = new Set(["args", "value", "errno", "strerror"]);

/** Whether the class redefines something inherited as another kind of member. */
export function breaksBase(info: ClassInfo, frame: Frame): boolean {
  const [base] = info.bases;
  const { facts } = frame.module.analysis.context;
  const isGenerator = (node: FunctionNode): boolean =>
    facts.flavours.get(node) !== "plain" || facts.colours.functions.has(node);
  if (base?.kind === "runtime-class" && base.module !== null) {
    const { module, name: cls } = base;
    // What its methods give is of the runtime's own types.
    return [...info.methods].some(
      ([name, { node }]) => isGenerator(node) && runtimeMethod(module, cls, name) !== null,
    );
  }
  if (base?.kind !== "class") return false;
  // What returns nothing may be overridden by anything.
  const changesKind = [...info.methods.values()].some(({ name, node }) =>
    facts.hierarchy.chain(info.node).some((one) => {
      const other = one === info.node ? null : ownMethod(one, name);
      return (
        other !== null &&
        isGenerator(other) !== isGenerator(node) &&
        (isGenerator(other) || facts.ends.get(other)?.returnsValue !== "never")
      );
    }),
  );
  const accessors = [...info.methods.values()].filter(({ kind }) => kind !== "method");
  return (
    changesKind ||
    [...info.methods.keys()].some((name) => facts.storedAttributes.has(name)) ||
    [...info.attributes.keys(), ...info.fields.keys()].some((name) => facts.methods.has(name)) ||
    accessors.some(({ name }) => (facts.methods.get(name)?.length ?? 0) > 1)
  );
}

/** Whether a base of the program has the method with other parameters, which this one must suit. */
export function overrides(info: ClassInfo, method: FunctionInfo, frame: Frame): boolean {
  const def = shownDef(method, frame);
  return (
    info.bases.some(({ kind }) => kind === "class") &&
    def !== null &&
    hasOtherShape(def, frame.module.analysis.context.facts)
  );
}

/** The fields to declare: those that neither a method nor a base brings already. */
export function declaredFields(info: ClassInfo, frame: Frame): readonly string[] {
  const [base] = info.bases;
  return [...info.fields.keys()].filter((name) => {
    if (info.methods.has(name) || name === "constructor" || name === "__proto__") return false;
    if (base === undefined || base.kind === "object") return true;
    return base.kind === "class" ? !inheritsMember(base, name, frame) : !EXCEPTION_FIELDS.has(name);
  });
}

/** Whether TypeScript knows the member of `this` in a method of the class. */
export function knowsMember(info: ClassInfo, name: string, frame: Frame): boolean {
  if (info.methods.has(name)) return true;
  if (declaredFields(info, frame).includes(name)) return true;
  const [base] = info.bases;
  if (base?.kind === "runtime-class" && base.module !== null) {
    return runtimeMethod(base.module, base.name, name) !== null;
  }
  return base?.kind === "class" && inheritsMember(base, name, frame);
}

function inheritsMember(
  base: Extract<BaseInfo, { kind: "class" }>,
  name: string,
  frame: Frame,
): boolean {
  const info = frame.module.classInfo(base.node);
  return info !== null && knowsMember(info, name, frame);
}
