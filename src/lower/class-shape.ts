/**
 * What TypeScript must be told so that a class fits its base: Python lets a subclass change the
 * shape of anything it inherits, TypeScript does not. Called by `statements/class-def.ts` and where
 * members of `this` are read.
 */
import type { BaseInfo, ClassInfo, DefNode, FunctionInfo } from "../analyze/analysis.js";
import { ownMethod } from "../analyze/callee.js";
import { hasOtherShape, shownResult } from "../analyze/shown-signature.js";
import { ownSignature, signatureOf } from "../analyze/signature.js";
import {
  runtimeMember as memberOfRuntime,
  type RuntimeMember,
} from "../analyze/tables/runtime-modules.js";
import { isJust } from "../analyze/types/type.js";
import type { ClassDef, FunctionNode } from "../parser/ast.js";
import type { Frame } from "./frame.js";
import { shownDef } from "./types.js";

/** Accessors and fields of the runtime's exception classes, which a field cannot redeclare. */
const EXCEPTION_FIELDS = new Set(["args", "value", "errno", "strerror"]);

/** Whether the class redefines something inherited as another kind of member. */
export function breaksBase(info: ClassInfo, frame: Frame): boolean {
  return (
    breaksRuntimeBase(info, frame) ||
    (info.bases[0]?.kind === "class" && breaksProgramBase(info, frame))
  );
}

/** A method in the place of a field, a field or a property in that of a method, another kind of method. */
function breaksRuntimeBase(info: ClassInfo, frame: Frame): boolean {
  const isBroken = ({ name, kind, node }: FunctionInfo): boolean => {
    const inherited = name === "__init__" ? null : runtimeMember(info, name, frame);
    // What the methods of the runtime give is of its own types.
    return (
      inherited !== null && (isField(inherited) || isAccessor(kind) || isGenerator(node, frame))
    );
  };
  const isMethod = (name: string): boolean => {
    const inherited = runtimeMember(info, name, frame);
    return inherited !== null && !isField(inherited);
  };
  return (
    [...info.methods.values()].some(isBroken) ||
    [...info.attributes.keys(), ...info.fields.keys()].some(isMethod)
  );
}

function breaksProgramBase(info: ClassInfo, frame: Frame): boolean {
  const { facts } = frame.module.analysis.context;
  // What returns nothing may be overridden by anything.
  const changesKind = [...info.methods.values()].some(({ name, node }) =>
    facts.hierarchy.chain(info.node).some((one) => {
      const other = one === info.node ? null : ownMethod(one, name);
      return (
        other !== null &&
        isGenerator(other, frame) !== isGenerator(node, frame) &&
        (isGenerator(other, frame) || !isVoid(other, one, frame))
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

/** Whether its TypeScript says that it returns nothing. */
function isVoid(node: DefNode, owner: ClassDef, { module }: Frame): boolean {
  const { facts } = module.analysis.context;
  if (facts.ends.get(node)?.returnsValue !== "never") return false;
  const home = facts.hierarchy.classes.get(owner)?.module ?? module.name;
  const result = shownResult({ node, owner, module: home }, facts);
  return result === null || isJust(result, "None");
}

function isGenerator(node: FunctionNode, { module }: Frame): boolean {
  const { facts } = module.analysis.context;
  return facts.flavours.get(node) !== "plain" || facts.colours.functions.has(node);
}

const isField = ({ signature }: RuntimeMember): boolean => signature === null;

const isAccessor = (kind: FunctionInfo["kind"]): boolean =>
  kind === "property" || kind === "setter";

/** What the class inherits under the name from a class of the runtime; null: nothing. */
function runtimeMember({ node }: ClassInfo, name: string, { module }: Frame): RuntimeMember | null {
  const { hierarchy } = module.analysis.context.facts;
  const members = hierarchy
    .runtimeBases(node)
    .map((base) => memberOfRuntime(base.module, base.name, name));
  return members.find((member) => member !== null) ?? null;
}

/** Whether a base has the method with other parameters, which this one must suit. */
export function overrides(info: ClassInfo, method: FunctionInfo, frame: Frame): boolean {
  const def = shownDef(method, frame);
  if (def === null) return false;
  const { facts } = frame.module.analysis.context;
  return (
    (info.bases.some(({ kind }) => kind === "class") && hasOtherShape(def, facts)) ||
    takesMore(def.node, runtimeMember(info, method.name, frame))
  );
}

/** Whether a method demands more than the one of the runtime can take. */
function takesMore({ args }: DefNode, inherited: RuntimeMember | null): boolean {
  if (inherited === null || inherited.signature === null) return false;
  const required = signatureOf(args, true).filter((parameter) => parameter.required);
  return required.length > ownSignature(inherited.signature).length;
}

/** The fields to declare: those that neither a method nor a base brings already. */
export function declaredFields(info: ClassInfo, frame: Frame): readonly string[] {
  const [base] = info.bases;
  return [...info.fields.keys()].filter((name) => {
    if (info.methods.has(name) || name === "constructor" || name === "__proto__") return false;
    if (base === undefined || base.kind === "object") return true;
    if (base.kind === "class") return !inheritsMember(base, name, frame);
    const inherited = runtimeMember(info, name, frame);
    return (inherited === null || !isField(inherited)) && !EXCEPTION_FIELDS.has(name);
  });
}

/** Whether TypeScript knows the member of `this` in a method of the class. */
export function knowsMember(info: ClassInfo, name: string, frame: Frame): boolean {
  if (info.methods.has(name)) return true;
  if (declaredFields(info, frame).includes(name)) return true;
  if (runtimeMember(info, name, frame) !== null) return true;
  const [base] = info.bases;
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
