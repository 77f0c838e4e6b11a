/**
 * Python's import statement. Emitted code loads files by ES imports; these run them: a module's body
 * once, at its first import, its packages first.
 */

import { sourceAt } from "../../vfs/source-file.js";
import { runToEnd, type Waiting } from "../blocking/blocking.js";
import { call } from "../call/call.js";
import { getattr, load } from "../class/attributes.js";
import { isGenerator } from "../class/type.js";
import type { Dict } from "../container/dict.js";
import { type Context, current, perContext } from "../context.js";
import { ImportError, RuntimeError } from "../exception/exceptions.js";
import { asArray } from "../iteration/iteration.js";
import { asText } from "../text/strings.js";
import { SAVE, type Value } from "../values.js";
import { FileModule, type ModuleSource } from "./file-module.js";
import { loadedModules } from "./loaded-modules.js";
import { BuiltinsModule, ProjectModule, PyModule, RuntimeModule } from "./module.js";
import { replacedBuiltins } from "./replaced-builtins.js";
import { type Place, scopeOf } from "./scope.js";

/** A module of the program: its body has run, or runs already, when this returns. */
export function imported(module: ProjectModule): PyModule {
  return runToEnd(importProject(module));
}
imported.wait = importProject;

function* importProject(module: ProjectModule): Waiting<PyModule> {
  const { modules } = current();
  const known = modules.get(module.name);
  // A program may put any object into `sys.modules`; what is MicroPython's stays beside the file.
  if (known !== undefined && !(known instanceof RuntimeModule)) return known;
  const dot = module.name.lastIndexOf(".");
  const parent = dot < 0 ? undefined : yield* importParent(module.name.slice(0, dot));
  modules.set(module.name, module);
  try {
    yield* runBody(module);
  } catch (error) {
    modules.delete(module.name);
    throw error;
  }
  parent?.adopt(module.name.slice(dot + 1), module);
  return module;
}

/** Whether another program runs that has the module's globals. */
export function isTaken({ owner }: ProjectModule, context: Context | null): boolean {
  return owner !== undefined && owner !== context && owner.ended !== true;
}

/** Runs the statements of a module. */
export function* runBody(module: ProjectModule): Waiting {
  const context = current();
  if (isTaken(module, context)) {
    throw new RuntimeError(`another program that runs has the module '${module.name}'`);
  }
  module.owner = context;
  const { locals } = context;
  context.locals = module.namespace();
  try {
    const running = module.body();
    return isGenerator(running) ? yield* running : running;
  } finally {
    context.locals = locals;
  }
}

/** The package that a module is in: known from its own import, or found by the loader. */
function* importParent(name: string): Waiting<PyModule | undefined> {
  const { modules, findModule } = current();
  const known = modules.get(name) ?? findModule?.(name) ?? findBuiltin(name);
  return known instanceof ProjectModule ? yield* importProject(known) : known;
}

/** A module of the runtime, if this board has it; or whatever the loader finds under the name. */
export function importing(name: string, exports?: Readonly<Record<string, Value>>): PyModule {
  return runToEnd(importNamed(name, exports));
}
importing.wait = importNamed;

function* importNamed(name: string, exports?: Readonly<Record<string, Value>>): Waiting<PyModule> {
  const context = current();
  // An empty path asks for the builtin, even if a file of that name has been imported.
  const onlyBuiltins = exports === undefined && asArray(context.sysPath).length === 0;
  const known = context.modules.get(name);
  const isOther = (exports !== undefined || onlyBuiltins) && isNamesake(known, name);
  if (known !== undefined && !isOther) return known;
  if (exports !== undefined && context.hasModule(name)) return asModule(exports, name);
  return exports === undefined ? yield* findAndImport(name, onlyBuiltins) : yield* importFile(name);
}

/** MicroPython's order: fixed builtins, files, builtins that files extend. */
function* findAndImport(name: string, onlyBuiltins: boolean): Waiting<PyModule> {
  const { findModule, isExtensible } = current();
  const found = onlyBuiltins ? undefined : findModule?.(name);
  if (found instanceof ProjectModule) return yield* importProject(found);
  const isHidden = !onlyBuiltins && isExtensible?.(name) === true;
  const builtin = found ?? (isHidden ? undefined : findBuiltin(name));
  return builtin ?? (yield* importFile(name));
}

/** A module whose text only the running program can find: on `sys.path`, or in its package. */
function* importFile(name: string): Waiting<PyModule> {
  const { modules } = current();
  const dot = name.lastIndexOf(".");
  const parent = dot < 0 ? undefined : yield* importNamed(name.slice(0, dot));
  const source = findSource(name, parent);
  if (source === undefined) {
    const builtin = findBuiltin(name);
    if (builtin !== undefined) return builtin;
    throw new ImportError(`no module named '${name}'`);
  }
  const module = new FileModule(name, source);
  modules.set(name, module);
  try {
    yield* module.body();
  } catch (error) {
    modules.delete(name);
    throw error;
  }
  parent?.adopt(name.slice(dot + 1), module);
  return module;
}

function findSource(name: string, parent: PyModule | undefined): ModuleSource | undefined {
  const context = current();
  const known = context.findSource?.(name);
  if (known !== undefined) return known;
  const last = name.slice(name.lastIndexOf(".") + 1);
  const folders = parent === undefined ? asArray(context.sysPath) : [parent.get("__path__")];
  for (const folder of folders) {
    if (typeof folder !== "string") continue;
    const found = sourceAt(folder === "" ? last : `${folder}/${last}`);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** An import with leading dots that the compiler could not follow: `from .name import x`. */
export function importRelative(place: Place, level: number, name: string): PyModule {
  return runToEnd(importRelativeTo(scopeOf(place).globals, level, name));
}
importRelative.wait = (place: Place, level: number, name: string): Waiting<PyModule> =>
  importRelativeTo(scopeOf(place).globals, level, name);

function* importRelativeTo(globals: Dict, level: number, name: string): Waiting<PyModule> {
  return yield* importNamed(absoluteName(globals, level, name));
}

/** The name without leading dots, as `py/builtinimport.c` makes it from the importing module's. */
export function absoluteName(globals: Dict, level: number, name: string): string {
  const own: string = globals.get("__name__");
  const parts = own.split(".");
  const up = globals.has("__path__") ? level - 1 : level;
  if (up >= parts.length) throw new ImportError("can't perform relative import");
  const base = parts.slice(0, parts.length - up);
  return (name === "" ? base : [...base, name]).join(".");
}

/**
 * A file of the program in place of one of MicroPython's modules: `lib/io.py`, which may itself
 * `from uio import *`.
 */
function isNamesake(module: Value, name: string): boolean {
  return (module instanceof ProjectModule || module instanceof FileModule) && module.name === name;
}

/** Module objects by ES namespace: `io` and `uio` are one. */
const runtimeModules = perContext(() => new Map<object, RuntimeModule>());

function findBuiltin(name: string): PyModule | undefined {
  if (name === "__main__") return current().main;
  return loadedModules().get(name) ?? current().findBuiltin?.(name);
}

/** The Python module object of a runtime module's ES namespace. */
export function asModule(exports: Readonly<Record<string, Value>>, name: string): PyModule {
  const { modules } = current();
  const found = modules.get(name);
  if (found !== undefined && !isNamesake(found, name)) return found;
  let module = runtimeModules().get(exports);
  if (module === undefined) {
    const { $package: parent } = exports;
    if (parent !== undefined) asModule(parent, name.slice(0, name.lastIndexOf(".")));
    module = new (name === "builtins" ? BuiltinsModule : RuntimeModule)(name, exports);
    runtimeModules().set(exports, module);
  }
  loadedModules().set(name, module);
  // As in MicroPython, `sys.modules` has what was loaded, not what is in read-only memory.
  if (found === undefined && !module.isReadOnly) modules.set(name, module);
  return module;
}

/** `from module import name` */
export function importFrom(module: Value, name: string): Value {
  const value = load(module, name);
  if (value !== undefined) return value;
  // A program may put any object into `sys.modules`.
  if (!(module instanceof PyModule)) throw new ImportError(`can't import name ${name}`);
  const replaced = replacedBuiltins().get("__import__");
  if (replaced !== undefined && module.get("__path__") !== undefined) {
    return call(replaced, `${module.name}.${name}`, module.namespace(), null, true, 0);
  }
  const { modules, findModule } = current();
  const submodule = `${module.name}.${name}`;
  const found = modules.get(submodule) ?? findModule?.(submodule) ?? findBuiltin(submodule);
  if (found instanceof ProjectModule) return imported(found);
  if (found !== undefined) return found;
  if (module.get("__path__") === undefined) throw new ImportError(`can't import name ${name}`);
  return runToEnd(importFile(submodule));
}

/** `from module import *` */
export function importStar(target: Value, module: Value): void {
  const all = getattr(module, "__all__", null);
  if (all === null) {
    for (const name of publicNames(module)) target[SAVE](name, importFrom(module, name));
    return;
  }
  for (const name of asArray(all)) target[SAVE](name, getattr(module, asText(name)));
}

function publicNames(module: Value): string[] {
  const names: string[] =
    module instanceof PyModule ? module.names() : [...getattr(module, "__dict__").keys()];
  return names.filter((name) => !name.startsWith("_"));
}

/** `import a.b.c` binds `a`. */
export function importTop(module: PyModule, name: string): PyModule {
  const top = name.split(".")[0] as string;
  return current().modules.get(top) ?? findBuiltin(top) ?? module;
}

/** `globals()` in that module. */
export function globals(module: PyModule): Value {
  return module.namespace();
}
