/**
 * Lowers imports to calls of `__import__`, as MicroPython's bytecode makes them: in programs that
 * replace it, and in text compiled at run time, which may belong to such a program. Called by
 * `statements/import.ts`.
 */
import * as js from "../../emit/build.js";
import type { Expression, Statement } from "../../emit/tree.js";
import type { Import, ImportFrom } from "../../parser/ast.js";
import { place } from "../expressions/name.js";
import type { Frame } from "../frame.js";
import { LOCALS } from "../variable.js";

/** Imports call whatever `__import__` is at that moment. */
export function hooksImports({ module }: Frame): boolean {
  return module.snippet !== null || module.analysis.context.facts.replacesImport;
}

/**
 * ```py
 * import a.b
 * import a.b as c
 * ```
 * ```ts
 * a = importStatement($module, "a.b");
 * c = getattr(importStatement($module, "a.b"), "b");
 * ```
 */
export function hookedImport({ names }: Import, frame: Frame): Expression[] {
  return names.map(({ name, asname }) => {
    const [, ...inner] = asname === null ? [] : name.split(".");
    return inner.reduce(
      (value, part) => js.rtCall("getattr", value, js.literal(part)),
      runStatement(frame, [js.literal(name)]),
    );
  });
}

/** What `from ... import` stores, one value for each name, and what must come before. */
export interface HookedFrom {
  readonly before: readonly Statement[];
  readonly values: readonly Expression[];
}

/**
 * ```py
 * from .a import x, y
 * from a import *
 * ```
 * ```ts
 * t$ = importStatement($module, "a", tup("x", "y"), 1);
 * x = importFrom(t$, "x");
 * y = importFrom(t$, "y");
 * importStar($module, importStatement($module, "a", tup("*")));
 * ```
 */
export function hookedImportFrom({ module, names, level }: ImportFrom, frame: Frame): HookedFrom {
  const written = names.map(({ name }) => js.literal(name));
  const run = runStatement(frame, [
    js.literal(module ?? ""),
    js.rtCall("tup", ...written),
    ...(level === 0 ? [] : [js.literal(level)]),
  ]);
  if (names[0]?.name === "*") {
    const into = js.id(frame.module.snippet === null ? "$module" : LOCALS);
    return { before: [js.expressionStatement(js.rtCall("importStar", into, run))], values: [] };
  }
  if (written.length === 1) {
    return { before: [], values: written.map((name) => js.rtCall("importFrom", run, name)) };
  }
  const temp = frame.temp();
  return {
    before: [js.expressionStatement(js.assign(js.id(temp), run))],
    values: written.map((name) => js.rtCall("importFrom", js.id(temp), name)),
  };
}

function runStatement(frame: Frame, args: readonly Expression[]): Expression {
  const all = [place(frame), ...args];
  return frame.suspends
    ? js.yieldAll(js.call(js.member(js.rt("importStatement"), "wait"), all))
    : js.rtCall("importStatement", ...all);
}
