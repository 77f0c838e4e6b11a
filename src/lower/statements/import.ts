/** Lowers imports. ES imports only load code; these statements are what Python's import does. */
import type { ImportInfo, ImportTarget } from "../../analyze/analysis.js";
import { isPartial } from "../../analyze/tables/runtime-modules.js";
import * as js from "../../emit/build.js";
import type { Expression, Statement } from "../../emit/tree.js";
import type { Import, ImportFrom } from "../../parser/ast.js";
import { declarationAt } from "../declaration.js";
import { place } from "../expressions/name.js";
import type { Frame } from "../frame.js";
import { isDirectImport } from "../import-binding.js";
import { storeInClass } from "../target.js";
import { variable } from "../variable.js";
import { hookedImport, hookedImportFrom, hooksImports } from "./hooked-import.js";

/**
 * ```py
 * import time
 * import config
 * import maybe_missing
 * ```
 * ```ts
 * importing("time");                        // beside `import * as time from "mpy2ts/modules/time"`
 * imported($config);
 * maybe_missing = importing("maybe_missing");
 * ```
 */
export function lowerImport(node: Import, frame: Frame): Statement[] {
  if (hooksImports(frame)) {
    const values = hookedImport(node, frame);
    return infos(node, frame).map((info, i) => store(info, values[i] as Expression, frame));
  }
  return infos(node, frame).map((info) => {
    const isDotted = info.alias.asname === null && info.alias.name.includes(".");
    const adopted = isDotted ? adoption(info, frame) : null;
    if (adopted !== null) return store(info, adopted, frame);
    const value = isDotted
      ? js.rtCall("importTop", runImport(info.target, frame), js.literal(info.alias.name))
      : runImport(info.target, frame);
    return store(info, value, frame);
  });
}

/**
 * ```py
 * import usr.uasyncio      # `usr` is a folder of the project, its `uasyncio` the runtime's
 * ```
 * ```ts
 * setattr(imported($usr), "uasyncio", importing("asyncio", asyncio));
 * ```
 */
function adoption({ alias, binding, target }: ImportInfo, frame: Frame): Expression | null {
  const [, name, ...deeper] = alias.name.split(".");
  const top = binding?.imported?.target;
  if (name === undefined || deeper.length > 0 || target.kind !== "runtime") return null;
  if (top?.kind !== "project") return null;
  return js.rtCall("setattr", runImport(top, frame), js.literal(name), runImport(target, frame));
}

/**
 * ```py
 * from machine import Pin
 * from config import settings
 * from machine import TouchPad              # which only some boards have
 * from helpers import *
 * ```
 * ```ts
 * importing("machine");                     // beside `import { Pin } from "mpy2ts/modules/machine"`
 * settings = importFrom(imported($config), "settings");
 * importFrom(importing("machine", machine), "TouchPad");
 * importStar($module, imported($helpers));
 * ```
 */
export function lowerImportFrom(node: ImportFrom, frame: Frame): Statement[] {
  const all = infos(node, frame);
  const [first] = all;
  if (first === undefined) return [];
  if (hooksImports(frame)) {
    const { before, values } = hookedImportFrom(node, frame);
    return [...before, ...values.map((value, i) => store(all[i] as ImportInfo, value, frame))];
  }
  if (first.name === "*") {
    return [
      js.expressionStatement(
        js.rtCall("importStar", js.id("$module"), runImport(first.target, frame)),
      ),
    ];
  }
  const direct = all.filter((info) => info.binding && isDirectImport(info.binding, frame.module));
  const others = all.filter((info) => !direct.includes(info));
  const statements = new Map<string, Statement>();
  for (const { target, binding, name } of direct) {
    // The package, and the submodule that the name means.
    for (const run of [target, binding?.imported?.target ?? target]) {
      statements.set(`${run.kind}:${run.module}`, js.expressionStatement(runImport(run, frame)));
    }
    if (name === null || target.kind !== "runtime" || !isPartial(target.module, name)) continue;
    // Whether the board has the name is known when the program runs.
    const tried = js.rtCall("importFrom", runImport(target, frame), js.literal(name));
    statements.set(`name:${name}`, js.expressionStatement(tried));
  }
  return [
    ...statements.values(),
    ...others.map((info) =>
      store(
        info,
        info.name === null
          ? runImport(info.target, frame)
          : js.rtCall("importFrom", runImport(info.target, frame), js.literal(info.name)),
        frame,
      ),
    ),
  ];
}

function infos(node: Import | ImportFrom, frame: Frame): ImportInfo[] {
  return frame.module.analysis.imports.filter((info) => info.node === node);
}

/** Runs the import and gives the module. */
export function runImport(target: ImportTarget, frame: Frame): Expression {
  const { name, args } = importCall(target, frame);
  const blocks = frame.suspends && target.kind === "project" && frame.module.blocks(target.module);
  return blocks
    ? js.yieldAll(js.call(js.member(js.rt(name), "wait"), args))
    : js.rtCall(name, ...args);
}

type ImportCall = {
  readonly name: "imported" | "importing" | "importRelative";
  readonly args: Expression[];
};

/**
 * ```py
 * from .drivers import led      # in a program that has no such package when it is compiled
 * ```
 * ```ts
 * importRelative($module, 1, "drivers")
 * ```
 */
function importCall({ kind, module }: ImportTarget, frame: Frame): ImportCall {
  if (kind === "project")
    return { name: "imported", args: [js.imported(`project:${module}`, "default")] };
  const [dots = ""] = /^\.*/.exec(module) ?? [];
  if (dots !== "") {
    const written = js.literal(module.slice(dots.length));
    return { name: "importRelative", args: [place(frame), js.literal(dots.length), written] };
  }
  const loaded = kind === "runtime" ? [js.imported(`module:${module}`, "*")] : [];
  return { name: "importing", args: [js.literal(module), ...loaded] };
}

function store({ binding, node }: ImportInfo, value: Expression, frame: Frame): Statement {
  if (binding === null || isDirectImport(binding, frame.module))
    return js.expressionStatement(value);
  if (frame.classValue !== null && binding.kind === "class") {
    return storeInClass(binding.name, value, frame.classValue());
  }
  const kind = declarationAt(binding, node);
  return kind === null
    ? js.expressionStatement(js.assign(variable(binding, frame), value))
    : js.declare(kind, js.typed(binding.jsName, js.anyType()), value);
}
