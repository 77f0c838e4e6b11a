/** Lowers names: variables, `this`, builtins, imported names. */
import type { Binding, NameUse } from "../../analyze/analysis.js";
import { isBootedModule } from "../../analyze/tables/booted-modules.js";
import { isOptional } from "../../analyze/tables/builtins.js";
import * as js from "../../emit/build.js";
import type { Expression } from "../../emit/tree.js";
import type { Name } from "../../parser/ast.js";
import type { Frame } from "../frame.js";
import { importedValue } from "../import-binding.js";
import { runtimeName } from "../runtime-name.js";
import { entry, GLOBALS, isEntry, variable } from "../variable.js";

/**
 * ```py
 * count; self; len; undefined_name
 * ```
 * ```ts
 * count; this; len; lookup($module, "undefined_name")
 * ```
 */
export function lowerName(node: Name, frame: Frame): Expression {
  const use = frame.module.analysis.nameUses.get(node);
  if (!use || use.resolved === "unknown") return lookup(node.id, frame);
  if (use.binding === null) return builtin(node.id, frame);
  const value = readBinding(use.binding, frame);
  if (use.resolved === "class") return readClassName(node, use, frame);
  if (isEntry(use.binding, frame)) return value;
  const isGlobal = use.resolved === "global";
  // Any call may run the `del` of another function.
  const isDeleted = use.binding.deletes.length > 0 && (isGlobal || use.binding.captured);
  if (!use.mayBeUnbound && !isDeleted) return value;
  // Behind an unbound global of that name stands the builtin.
  if (isGlobal && runtimeName(node.id) !== null) return lookup(node.id, frame);
  return js.rtCall(isGlobal ? "bound" : "assigned", value, js.literal(node.id));
}

/** The variable that holds a binding, without asking whether it is bound. */
export function readBinding(binding: Binding, frame: Frame): Expression {
  if (binding.name === frame.self && isSelf(binding, frame)) return js.self();
  return importedValue(binding, frame) ?? variable(binding, frame);
}

/** Where a store to this name goes. */
export function storeName(node: Name, frame: Frame): Expression {
  const binding = frame.module.analysis.nameUses.get(node)?.binding;
  return binding ? variable(binding, frame) : js.id(node.id);
}

/**
 * ```py
 * machine.freq()                            # without `import machine`: a Pico has it in `__main__`
 * ```
 * ```ts
 * lookup($module, "machine", machine)       // beside `import * as machine from "mpy2ts/modules/machine"`
 * ```
 */
function lookup(name: string, frame: Frame): Expression {
  if (frame.module.snippet !== null && !isDynamicClass(frame)) return entry(name, frame);
  const booted = isBootedModule(name) ? [js.imported(`module:${name}`, "*")] : [];
  return js.rtCall("lookup", place(frame), js.literal(name), ...booted);
}

/** A class body that runs text, and so may have given itself any name. */
function isDynamicClass({ classValue, scope }: Frame): boolean {
  return classValue !== null && scope.usesDynamicNames;
}

const modulePlace = ({ module }: Frame): Expression =>
  js.id(module.snippet === null ? "$module" : GLOBALS);

/** Where code stands, for what finds names at run time: the module, or a class body in it. */
export function place(frame: Frame): Expression {
  const { classValue } = frame;
  const module = modulePlace(frame);
  return classValue && isDynamicClass(frame) ? js.rtCall("within", module, classValue()) : module;
}

/**
 * `__name__` and `__file__` belong to the module, everything else to the runtime.
 *
 * ```py
 * return NotImplemented                     # which an ESP8266 has not
 * ```
 * ```ts
 * return present("NotImplemented", NotImplemented);
 * ```
 */
function builtin(name: string, frame: Frame): Expression {
  const isFixed = frame.module.snippet === null && !isDynamicClass(frame);
  const exported = isFixed ? runtimeName(name) : null;
  if (exported === null) return lookup(name, frame);
  const value = js.rt(exported);
  return isOptional(name) ? js.rtCall("present", js.literal(name), value) : value;
}

function isSelf(binding: Binding, frame: Frame): boolean {
  let scope = frame.info?.scope ?? null;
  while (scope) {
    if (scope === binding.scope) return true;
    scope = scope.kind === "function" ? null : scope.parent;
  }
  return false;
}

/**
 * A name of the class body around: by now an attribute of the class. Where the body may not have set
 * it, it means a global or a builtin, never a variable of a function around or what a base has.
 */
function readClassName(node: Name, use: NameUse, frame: Frame): Expression {
  const { classValue } = frame;
  if (classValue === null) return js.id((use.binding as Binding).jsName);
  const name = js.literal(node.id);
  return use.mayBeUnbound
    ? js.rtCall("lookup", js.rtCall("within", modulePlace(frame), classValue()), name)
    : js.rtCall("getattr", classValue(), name);
}
