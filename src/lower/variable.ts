/**
 * Where a variable of the program lives in JavaScript: an identifier, but for the globals of code
 * that is compiled at run time (`exec`), which are the entries of a dict, and for those that boot.py and
 * main.py have in common. Asked by everything that reads or sets a variable.
 */
import type { Binding } from "../analyze/analysis.js";
import * as js from "../emit/build.js";
import type { Expression } from "../emit/tree.js";
import type { ClassDef } from "../parser/ast.js";
import type { Frame } from "./frame.js";

/** The objects through which a snippet reads and sets its names; parameters of the emitted code. */
export const LOCALS = "$locals";
export const GLOBALS = "$globals";

export function variable(binding: Binding, frame: Frame): Expression {
  return isEntry(binding, frame) ? entry(binding.name, frame) : js.id(binding.jsName);
}

/** Whether the variable is an entry of the dict that a snippet, or boot.py and main.py, run in. */
export function isEntry(binding: Binding, frame: Frame): boolean {
  return binding.kind === "global" && (frame.module.snippet !== null || isCommon(binding, frame));
}

/** Whether boot.py and main.py share the variable. */
export function isCommon({ kind, name }: Binding, { module }: Frame): boolean {
  return kind === "global" && module.analysis.context.facts.isCommon(module.name, name);
}

/**
 * ```py
 * count
 * ```
 * ```ts
 * $locals.count      // in the snippet itself, where `exec(text, globals, locals)` may tell them apart
 * $globals.count     // in its functions, classes and comprehensions
 * mainGlobals.count  // where boot.py and main.py both set it
 * ```
 */
export function entry(name: string, frame: Frame): Expression {
  if (frame.module.snippet === null) return js.member(js.rt("mainGlobals"), name);
  return js.member(js.id(frame.scope.kind === "module" ? LOCALS : GLOBALS), name);
}

/**
 * A class as its own body and methods know it, whatever its name comes to mean.
 *
 * ```py
 * class Radio:
 *     class Mode: ...
 * ```
 * ```ts
 * class Radio$Mode extends PyObject { ... }
 * ```
 */
export function classVariable(node: ClassDef, frame: Frame): Expression {
  const name = className(node, frame);
  return js.id(hasOwnVariable(node, frame) ? `${name}$${node.span.start}` : name);
}

/** The name of a class in a class body is no variable: others may have one of that name. */
function className(node: ClassDef, frame: Frame): string {
  const { bindingOf } = frame.module.analysis;
  const binding = bindingOf.get(node);
  if (binding === undefined) return node.name;
  const outer = binding.scope.node;
  if (binding.kind !== "class" || outer.kind !== "ClassDef") return binding.jsName;
  const isOnly = binding.stores.length === 1 && bindingOf.get(outer)?.stores.length === 1;
  return `${className(outer, frame)}$${node.name}${isOnly ? "" : `$${node.span.start}`}`;
}

/** The name of the class may come to mean something else than the class. */
export function hasOwnVariable(node: ClassDef, frame: Frame): boolean {
  const { bindingOf, context } = frame.module.analysis;
  const binding = bindingOf.get(node);
  return binding !== undefined && (isEntry(binding, frame) || context.facts.replacesClasses);
}
