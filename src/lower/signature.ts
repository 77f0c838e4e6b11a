/**
 * Decides where a function must carry its signature at run time. A function without one has only
 * required positional parameters, which its `length` counts, and cannot be called by keyword.
 */
import type { FunctionInfo } from "../analyze/analysis.js";
import * as js from "../emit/build.js";
import type { Expression } from "../emit/tree.js";
import type { Frame } from "./frame.js";

/** Whether some call of the program may need the names or kinds of the parameters at run time. */
export function needsSignature(info: FunctionInfo, frame: Frame): boolean {
  if (!info.simple) return true;
  const names = info.signature === "" ? [] : info.signature.split(", ");
  if (names.length === 0) return false;
  const { facts } = frame.module.analysis.context;
  return (
    !frame.module.facts ||
    !facts.closedWorld ||
    facts.dynamicKeywords ||
    names.some((name) => facts.keywordNames.has(name))
  );
}

/** `def(fn, "a, b=")`, with a name where JavaScript would not give it that name. */
export function withSignature(
  fn: Expression,
  info: FunctionInfo,
  frame: Frame,
  name: string | null = null,
): Expression {
  if (!needsSignature(info, frame) && (name === null || name === "<lambda>")) return fn;
  const args = [fn, js.literal(info.signature)];
  return js.rtCall("def", ...args, ...(name === null ? [] : [js.literal(name)]));
}
