/** Lowers calls of builtins: plain calls of the runtime's functions, but for the few special ones. */
import type { CallInfo } from "../../analyze/analysis.js";
import { CONSUMERS } from "../../analyze/facts/iterates.js";
import { BUILTINS } from "../../analyze/tables/builtins.js";
import * as js from "../../emit/build.js";
import type { Expression } from "../../emit/tree.js";
import type { Call, Expr } from "../../parser/ast.js";
import { isOrderFree, lowerArguments, orderedArguments } from "../arguments.js";
import { lowerExpression } from "../expression.js";
import type { Frame } from "../frame.js";
import { nativeLength, nativeTest } from "../native.js";
import { runtimeName } from "../runtime-name.js";
import { isBoolean } from "../static-type.js";
import { itemsWait } from "../waits.js";
import { place } from "./name.js";
import { superObject } from "./super-call.js";

type Lowering = (node: Call, frame: Frame) => Expression | null;

/** Builtins that need more than their arguments. */
const SPECIAL: Readonly<Record<string, Lowering>> = {
  print: (node, frame) => withOptions("print", "printTo", node, frame),
  min: (node, frame) => withOptions("min", "minBy", node, frame),
  max: (node, frame) => withOptions("max", "maxBy", node, frame),
  globals: (node) => (takesNothing(node) ? moduleGlobals() : null),
  locals: (node, frame) => (takesNothing(node) ? localNames(frame) : null),
  dir: (node, frame) => (takesNothing(node) ? js.rtCall("list", localNames(frame)) : null),
  // `dict([...])` is a display.
  dict: (node, frame) =>
    takesOne(node) ? js.rtCall("dictOf", ...lowerArguments(node.args, frame)) : null,
  bool: (node, frame) => (takesOne(node) ? asBoolean(node.args[0] as Expr, frame) : null),
  super: (node, frame) => (takesNothing(node) ? superObject(frame) : null),
};

/** `bool(n)` as `n !== 0`; null where JavaScript has no such test. */
function asBoolean(node: Expr, frame: Frame): Expression | null {
  const value = lowerExpression(node, frame);
  if (isBoolean(node, frame)) return value;
  const test = nativeTest(node, value, frame);
  return test?.type === "BinaryExpression" ? test : null;
}

const moduleGlobals = (): Expression => js.rtCall("globals", js.id("$module"));

/** Functions have no dict of their own: they see that of whatever runs at the outermost level. */
function localNames(frame: Frame): Expression {
  return frame.scope.kind === "module" ? moduleGlobals() : js.rtCall("locals", place(frame));
}

/** Builtins that need to know which module they are called in. */
const RUNNING = {
  exec: "execute",
  eval: "evaluate",
  execfile: "executeFile",
  __import__: "importByName",
} as const;

/**
 * ```py
 * exec("x = 1")
 * __import__(name, None, None, True, 1)
 * ```
 * ```ts
 * execute($module, "x = 1")
 * importByName($module, name, null, null, true, 1)
 * ```
 */
function lowerRunning(
  name: keyof typeof RUNNING,
  args: readonly Expression[],
  frame: Frame,
  suspends: boolean,
): Expression {
  const run = js.rt(RUNNING[name]);
  return suspends
    ? js.yieldAll(js.call(js.member(run, "wait"), [place(frame), ...args]))
    : js.call(run, [place(frame), ...args]);
}

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
  if (!info.fits) return null;
  const args = orderedArguments(node, info, frame);
  if (args === null) return null;
  const [only] = node.args;
  const takesItems = name === "next" || (node.args.length === 1 && CONSUMERS.has(name));
  if (takesItems && only && args[0] && itemsWait(only, frame)) {
    if (name === "next") return js.yieldAll(js.rtCall("nextWait", ...args));
    args[0] = js.yieldAll(js.rtCall("gathered", args[0]));
  }
  if (name === "len" && only && args[0]) {
    const length = nativeLength(only, args[0], frame);
    if (length !== null) return length;
  }
  if (isRunning(name)) return lowerRunning(name, args, frame, suspends);
  const exported = runtimeName(name);
  if (exported === null) return null;
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
  if (
    names.some((arg) => arg === null || !allowed.includes(arg)) ||
    new Set(names).size < names.length
  ) {
    return null;
  }
  // Python evaluates the arguments first.
  const isFree = node.keywords.every(({ value }) => isOrderFree(value));
  if (!isFree && !node.args.every(isOrderFree)) return null;
  const options = js.object(
    node.keywords.map(({ arg, value }) => [arg as string, lowerExpression(value, frame)]),
  );
  return js.rtCall(optioned, options, ...lowerArguments(node.args, frame));
}

const isRunning = (name: string): name is keyof typeof RUNNING => Object.hasOwn(RUNNING, name);

const takesNothing = (node: Call): boolean => node.args.length === 0 && node.keywords.length === 0;

const takesOne = (node: Call): boolean =>
  node.args.length === 1 && node.args[0]?.kind !== "Starred" && node.keywords.length === 0;
