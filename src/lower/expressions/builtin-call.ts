/** Lowers calls of builtins: plain calls of the runtime's functions, but for the few special ones. */
import type { CallInfo } from "../../analyze/analysis.js";
import { BUILTINS } from "../../analyze/tables/builtins.js";
import * as js from "../../emit/build.js";
import type { Expression } from "../../emit/tree.js";
import type { Call } from "../../parser/ast.js";
import { lowerArguments, orderedArguments } from "../arguments.js";
import { lowerExpression } from "../expression.js";
import type { Frame } from "../frame.js";
import { runtimeName } from "../runtime-name.js";
import { superObject } from "./super-call.js";

type Lowering = (node: Call, frame: Frame) => Expression | null;

/** Builtins that need more than their arguments. */
const SPECIAL: Readonly<Record<string, Lowering>> = {
  print: (node, frame) => withOptions("print", "printTo", node, frame),
  min: (node, frame) => withOptions("min", "minBy", node, frame),
  max: (node, frame) => withOptions("max", "maxBy", node, frame),
  globals: (node) => (takesNothing(node) ? moduleGlobals() : null),
  // MicroPython's functions have no dict of their own: `locals()` is the module's.
  locals: (node) => (takesNothing(node) ? moduleGlobals() : null),
  dir: (node) => (takesNothing(node) ? js.rtCall("list", moduleGlobals()) : null),
  super: (node, frame) => (takesNothing(node) ? superObject(frame) : null),
};

const moduleGlobals = (): Expression => js.rtCall("globals", js.id("$module"));

const OPTIONS: Readonly<Record<string, readonly string[]>> = {
  print: ["sep", "end", "file"],
  min: ["key", "default"],
  max: ["key", "default"],
};

/** Null: call it as any value. */
export function lowerBuiltinCall(
  node: Call,
  name: string,
  info: CallInfo,
  frame: Frame,
  suspends: boolean,
): Expression | null {
  const special = Object.hasOwn(SPECIAL, name) ? SPECIAL[name] : undefined;
  const lowered = special?.(node, frame) ?? null;
  if (lowered !== null) return lowered;
  const exported = runtimeName(name);
  if (!info.fits || exported === null) return null;
  const args = orderedArguments(node, info, frame);
  if (args === null) return null;
  if (BUILTINS[name as keyof typeof BUILTINS].kind === "class") {
    return js.construct(js.rt(exported), args);
  }
  return suspends
    ? js.yieldAll(js.call(js.member(js.rt(exported), "wait"), args))
    : js.call(js.rt(exported), args);
}

/**
 * ```py
 * print(a, b, end="")
 * ```
 * ```ts
 * printTo({ end: "" }, a, b)
 * ```
 */
function withOptions(
  name: string,
  optioned: "printTo" | "minBy" | "maxBy",
  node: Call,
  frame: Frame,
): Expression | null {
  if (node.keywords.length === 0) {
    return js.call(js.rt(name as "print"), lowerArguments(node.args, frame));
  }
  const allowed = OPTIONS[name] ?? [];
  const names = node.keywords.map(({ arg }) => arg);
  if (names.some((arg) => arg === null || !allowed.includes(arg)) || new Set(names).size < names.length) {
    return null;
  }
  const options = js.object(
    node.keywords.map(({ arg, value }) => [arg as string, lowerExpression(value, frame)]),
  );
  return js.rtCall(optioned, options, ...lowerArguments(node.args, frame));
}

const takesNothing = (node: Call): boolean => node.args.length === 0 && node.keywords.length === 0;
