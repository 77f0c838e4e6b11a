/** What the description of calls goes by, and what its parts share: `calls.ts` and the files around it. */
import type { Call, ClassDef, FunctionNode } from "../parser/ast.js";
import type { CallInfo, ClassInfo, DefNode, FunctionInfo } from "./analysis.js";
import type { ModuleView } from "./module-view.js";
import type { ProgramFacts } from "./program-facts.js";
import { type Fit, fitArguments, parseSignature } from "./signature.js";

export interface CallContext {
  readonly view: ModuleView;
  readonly facts: ProgramFacts;
  readonly functions: ReadonlyMap<FunctionNode, FunctionInfo>;
  readonly classes: ReadonlyMap<ClassDef, ClassInfo>;
}

/** What one kind of callee tells of a call. */
export type PartialCall = Pick<CallInfo, "callee" | "mayBlock" | "returnsValue"> & {
  readonly fit: Fit | null;
};

export function returns(node: DefNode, facts: ProgramFacts): CallInfo["returnsValue"] {
  return facts.ends.get(node)?.returnsValue ?? "sometimes";
}

/**
 * Of a callee of the runtime, whose signature is written down. Where ports have others, they follow it
 * ("a=, b= | a=, /"): the call must suit them all, so that none has to look at it when it runs.
 */
export function fitText(call: Call, signature: string | null): Fit | null {
  if (signature === null) return null;
  const [fit = null, ...ofPorts] = signature
    .split(" | ")
    .map((text) => fitArguments(call, parseSignature(heeded(text, call))));
  return ofPorts.includes(null) ? null : fit;
}

/** Without what is in brackets, where the call gives nothing of that. */
function heeded(text: string, { args, keywords }: Call): string {
  const [before = "", within] = text.split("[");
  const nameless = (before.split("/")[0] ?? "").split(",").filter((part) => part.trim() !== "");
  const isAlone = keywords.length === 0 && args.length === nameless.length;
  return within !== undefined && isAlone ? before.replace(/,\s*$/, "") : text;
}
