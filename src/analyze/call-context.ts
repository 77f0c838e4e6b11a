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

/** Of a callee of the runtime, whose signature is written down. */
export function fitText(call: Call, signature: string | null): Fit | null {
  return signature === null ? null : fitArguments(call, parseSignature(signature));
}
